// What is open and selected on this one board: nobody else's business, and never sent.
import { batch, signal } from "@preact/signals";
import type { Instant, ItemId, SiteId, TurnId, VoteId } from "@protocol";
import { remembered } from "./remembered";

export type Dialog = "help" | "search" | "scene" | "confirm" | "approve" | "past" | "documents" | "present" | "edit_turn" | "edit_item" | "edit_meeting"
  | "import" | "tell_speaker" | "displays" | "votes" | "new_vote" | "count_vote" | "opinions";
export type PanelName = "speaking" | "sites" | "programme" | "alarms" | "feed";
export type FeedTab = "log" | "messages";

/** Whom a message goes to: no id of a site begins so. */
export const TO_STAFF = "@staff";
export const TO_ALL_SITES = "@sites";

export interface Toast {
  readonly id: number;
  readonly kind: "refused" | "note";
  readonly title: string;
  readonly text: string;
  readonly code: string | undefined;
}

export interface Question {
  readonly text: string;
  /** What it is about, where the text alone does not say. */
  readonly detail: string;
  readonly answer: () => void;
}

const TOASTS_SHOWN = 4;
const TOAST_MS = 7000;

export class Console {
  readonly language = remembered("diemcau.language", ["vi", "en"]);
  readonly theme = remembered("diemcau.theme", ["dark", "light"]);
  /** By hand; without it the keys mean the turn that is next. */
  readonly selectedTurn = signal<TurnId | undefined>(undefined);
  readonly drawerSite = signal<SiteId | undefined>(undefined);
  readonly dialog = signal<Dialog | undefined>(undefined);
  readonly question = signal<Question | undefined>(undefined);
  /** The very turn that the approving box is about, whatever is selected meanwhile. */
  readonly approving = signal<TurnId | undefined>(undefined);
  /** What the open form puts right; undefined: what it proposes. */
  readonly editedTurn = signal<TurnId | undefined>(undefined);
  readonly editedItem = signal<ItemId | undefined>(undefined);
  /** The site of the roll whose fault is being noted. */
  readonly faultyOf = signal<SiteId | undefined>(undefined);
  /** The vote whose counts are entered. */
  readonly countedVote = signal<VoteId | undefined>(undefined);
  readonly tab = signal<FeedTab>("log");
  /** A site, all, or the inner line, which harms nobody: it is what stands there unasked. */
  readonly messageTo = signal<SiteId>(TO_STAFF);
  /** When the latest message came that was in view. */
  readonly messagesRead = signal<Instant>(-1);
  readonly toasts = signal<readonly Toast[]>([]);
  private toastCount = 0;

  toast(kind: Toast["kind"], title: string, text: string, code?: string): void {
    this.toastCount += 1;
    const id = this.toastCount;
    this.toasts.value = [...this.toasts.peek(), { id, kind, title, text, code }].slice(-TOASTS_SHOWN);
    setTimeout(() => this.dismissToast(id), TOAST_MS);
  }

  dismissToast(id: number): void {
    this.toasts.value = this.toasts.peek().filter((one) => one.id !== id);
  }

  ask(text: string, detail: string, answer: () => void): void {
    batch(() => {
      this.question.value = { text, detail, answer };
      this.dialog.value = "confirm";
    });
  }

  /** For how long is asked there, and then it is given. */
  askAllowance(turn: TurnId): void {
    batch(() => {
      this.approving.value = turn;
      this.dialog.value = "approve";
    });
  }

  editTurn(turn: TurnId | undefined): void {
    batch(() => {
      this.editedTurn.value = turn;
      this.dialog.value = "edit_turn";
    });
  }

  editItem(item: ItemId | undefined): void {
    batch(() => {
      this.editedItem.value = item;
      this.dialog.value = "edit_item";
    });
  }

  countVote(vote: VoteId): void {
    batch(() => {
      this.countedVote.value = vote;
      this.dialog.value = "count_vote";
    });
  }

  closeDialog(): void {
    batch(() => {
      this.dialog.value = this.question.value = this.approving.value = undefined;
    });
  }

  /** Another meeting: nothing that is open, selected or read here is of it. */
  beginAnew(): void {
    batch(() => {
      this.closeDialog();
      this.selectedTurn.value = this.editedTurn.value = this.editedItem.value = this.drawerSite.value = this.faultyOf.value = undefined;
      this.messageTo.value = TO_STAFF;
      this.messagesRead.value = -1;
    });
  }

  openSite(site: SiteId): void {
    this.drawerSite.value = site;
  }

  writeTo(to: SiteId): void {
    batch(() => {
      this.tab.value = "messages";
      this.messageTo.value = to;
    });
    requestAnimationFrame(() => document.getElementById("message-text")?.focus());
  }
}
