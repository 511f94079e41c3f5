// What the site page shows: the state that the program behind it sent last, whole each time, and what
// became of the last press.
import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { CheckId, PanelAction, PanelRequest, PanelState, ToldMessage } from "@protocol";
import { remembered } from "../state/remembered";
import { ticking } from "../state/ticks";
import { PanelLink } from "./panel_link";
import type { SiteDictionary } from "./words/dictionary";
import { en } from "./words/en";
import { vi } from "./words/vi";

const DICTIONARIES = { vi, en };
const PERIOD_MS = 200;
export const SPEECH_MINUTES_MAX = 60;

export class PageState {
  readonly language = remembered("language", ["vi", "en"]);
  readonly words = computed<SiteDictionary>(() => DICTIONARIES[this.language.value]);
  readonly told = signal<PanelState | undefined>(undefined);
  /** Nothing is called lost before it was tried. */
  readonly cutOff = signal(false);
  /** The program could not be told of the last press. */
  readonly unsent = signal(false);
  readonly pressed = signal<PanelAction | undefined>(undefined);
  /** In the field of the message. */
  readonly draft = signal("");
  /** What the hand is raised for; each may stay empty. */
  readonly speech = { text: signal(""), unit: signal(""), speaker: signal("") };
  readonly opinion = { text: signal(""), unit: signal("") };
  readonly speechMinutes = signal("");
  readonly isReply = signal(false);
  /** Beside lines of the checklist, until they are ticked. */
  private readonly notes = signal<ReadonlyMap<CheckId, string>>(new Map());
  /** Kept until the centre has it: what was refused is written again by nobody. */
  private written = "";
  private toldAt = 0;
  private readonly ticks = ticking(PERIOD_MS);
  private readonly link = new PanelLink({
    open: () => { this.cutOff.value = false; },
    state: (state) => batch(() => this.take(state)),
    lost: () => { this.cutOff.value = true; },
  });

  connect(): void {
    this.link.open();
  }

  /** Time left now of the turn on air; negative in overtime. */
  left(): number | undefined {
    const told = this.told.value;
    if (told?.left === undefined || !told.running) {
      return told?.left;
    }
    void this.ticks.value;
    return told.left - (performance.now() - this.toldAt);
  }

  /** What is left now of a pause, or until the bell of it. */
  leftOfPause(of: "left" | "bell"): number | undefined {
    const told = this.told.value?.pause?.[of];
    void this.ticks.value;
    return told === undefined ? undefined : told - (performance.now() - this.toldAt);
  }

  /** One request a press. */
  press(request: PanelRequest): boolean {
    const sent = this.link.send(request);
    batch(() => {
      this.pressed.value = request.action;
      this.unsent.value = !sent;
    });
    return sent;
  }

  raiseHand(): void {
    const request: { -readonly [Member in keyof PanelRequest]: PanelRequest[Member] } = { action: "raise_hand" };
    for (const name of ["text", "unit", "speaker"] as const) {
      const said = this.speech[name].peek().trim();
      if (said !== "") {
        request[name] = said;
      }
    }
    const minutes = Number.parseInt(this.speechMinutes.peek(), 10);
    if (minutes >= 1 && minutes <= SPEECH_MINUTES_MAX) {
      request.minutes = minutes;
    }
    if (this.isReply.peek()) {
      request.reply = true;
    }
    this.press(request);
  }

  noteOf(check: CheckId): string {
    return this.notes.value.get(check) ?? "";
  }

  noteDown(check: CheckId, text: string): void {
    this.notes.value = new Map(this.notes.peek()).set(check, text);
  }

  tick(check: CheckId, done: boolean): void {
    const text = this.noteOf(check).trim();
    const request: PanelRequest = { action: done ? "tick" : "untick", check, ...(text === "" ? {} : { text }) };
    if (this.press(request)) {
      this.noteDown(check, "");
    }
  }

  write(): void {
    const text = this.draft.peek().trim();
    if (text !== "" && this.press({ action: "send_message", text })) {
      this.written = text;
      this.draft.value = "";
    }
  }

  giveOpinion(): void {
    const opinion = this.opinion.text.peek().trim(), unit = this.opinion.unit.peek().trim();
    if (opinion !== "") {
      this.press({ action: "give_opinion", opinion, ...(unit === "" ? {} : { unit }) });
    }
  }

  /** A person has: the program behind the page reads nothing by itself. */
  read({ message }: ToldMessage): void {
    if (message !== undefined) {
      this.press({ action: "read_message", message });
    }
  }

  private take(state: PanelState): void {
    const before = this.told.peek();
    if (before?.tally !== state.tally || before.locked !== state.locked || before.meeting !== state.meeting) {
      this.unsent.value = false; // of a moment that is over
    }
    this.told.value = state;
    this.toldAt = performance.now();
    if (state.waiting === 0 && state.answered === "raise_hand" && !state.refusal) {
      Object.values(this.speech).forEach((field) => { field.value = ""; });
      this.speechMinutes.value = "";
      this.isReply.value = false;
    }
    if (state.waiting === 0 && state.answered === "give_opinion" && !state.refusal) {
      this.opinion.text.value = "";
    }
    if (state.waiting > 0 || state.answered !== "send_message") {
      return;
    }
    if (state.refusal && this.draft.peek() === "") {
      this.draft.value = this.written;
    }
    this.written = "";
  }
}

export const PageContext = createContext<PageState | undefined>(undefined);

export function usePage(): PageState {
  const page = useContext(PageContext);
  if (!page) {
    throw new Error("a component of the site page outside of PageContext");
  }
  return page;
}
