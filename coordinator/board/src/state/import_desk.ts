// A programme of an office that is being taken in on this board: the file, the cells that were put right, what the
// coordinator says of it, and giving what it asks for. It outlives its box, and a link that breaks.
import { batch, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Command, ImportChange, ImportPreview, WireAccepted, WireRefused } from "@protocol";
import { asksTheSame, correctionsOf } from "../domain/import_cells";
import type { Dictionary } from "../i18n/dictionary";
import { bringProgramme } from "../net/bring_file";
import { previewOf } from "../net/import_preview";
import type { Meeting } from "./meeting";
import type { Server } from "./server";

interface Parts {
  readonly words: ReadonlySignal<Dictionary>;
  readonly meeting: Meeting;
  readonly server: Server;
}

export type ImportWork = "bringing" | "looking" | "giving";

/** What became of a change that was given: accepted, or the sentence of its refusal. */
export type Outcome = "accepted" | { readonly refused: string };

export class ImportDesk {
  readonly file = signal<File | undefined>(undefined);
  /** What cells are to say, by their names. */
  readonly cells = signal<ReadonlyMap<string, string>>(new Map());
  readonly preview = signal<ImportPreview | undefined>(undefined);
  readonly work = signal<ImportWork | undefined>(undefined);
  /** How much of the file has come, 0 to 1. */
  readonly share = signal(0);
  /** What there is to say of the whole; undefined: nothing. */
  readonly said = signal<string | undefined>(undefined);
  /** Of the changes that are shown, by their place. */
  readonly outcomes = signal<ReadonlyMap<number, Outcome>>(new Map());
  private upload: string | undefined;
  /** Counts files and corrections: an answer to an earlier question is not shown. */
  private turn = 0;

  constructor(private readonly parts: Parts) {
    let meeting: string | undefined;
    effect(() => {
      const now = this.parts.meeting.received.value?.meeting.meeting;
      if (meeting !== undefined && now !== undefined && now !== meeting) {
        this.clear();
      }
      meeting = now ?? meeting;
    });
    effect(() => {
      if (this.parts.server.session.value === undefined && this.work.peek() === "giving") {
        this.work.value = undefined; // what was asked for is not asked again for the next
      }
    });
  }

  clear(): void {
    this.turn += 1;
    this.upload = undefined;
    batch(() => {
      this.file.value = this.preview.value = this.work.value = this.said.value = undefined;
      this.cells.value = this.outcomes.value = new Map();
    });
  }

  async choose(file: File): Promise<void> {
    this.clear();
    this.file.value = file;
    await this.look();
  }

  /** The coordinator looks again: what a cell means is not decided here. */
  async correct(cell: string, text: string): Promise<void> {
    this.cells.value = new Map(this.cells.peek()).set(cell, text);
    await this.look();
  }

  /** As the file has it. */
  async takeBack(cell: string): Promise<void> {
    const cells = new Map(this.cells.peek());
    cells.delete(cell);
    this.cells.value = cells;
    await this.look();
  }

  async look(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    const looked = await this.ask(false);
    if (turn === this.turn) {
      this.show(looked);
    }
  }

  /** Gives what is shown, if it is still what the file asks for. */
  async apply(): Promise<void> {
    const shown = this.preview.peek();
    if (shown === undefined || this.work.peek() !== undefined) {
      return;
    }
    this.turn += 1;
    const turn = this.turn;
    const looked = await this.ask(false);
    if (turn !== this.turn) {
      return;
    }
    if ("refused" in looked || !asksTheSame(shown, looked)) {
      this.show(looked);
      this.said.value = "refused" in looked ? looked.refused : this.words.office.moved;
      return;
    }
    this.work.value = "giving";
    const all = await this.giveAll(looked.changes);
    if (turn === this.turn) {
      this.work.value = undefined;
      this.said.value = all ? undefined : this.words.office.stopped;
      await (all ? this.settle(turn) : undefined);
    }
  }

  private get words(): Dictionary {
    return this.parts.words.peek();
  }

  /** Where nothing is left to ask for, the meeting keeps the programme as its plan. */
  private async settle(turn: number): Promise<void> {
    const looked = await this.ask(true);
    if (turn === this.turn) {
      const outcomes = this.outcomes.peek();
      this.show(looked);
      this.said.value = "refused" in looked ? looked.refused
        : this.words.office.given([...outcomes.values()].filter((one) => one === "accepted").length, looked.changes.length);
    }
  }

  private show(looked: ImportPreview | { refused: string }): void {
    batch(() => {
      this.work.value = undefined;
      if ("refused" in looked) {
        this.said.value = looked.refused;
      } else {
        this.preview.value = looked;
        this.said.value = looked.fault;
        this.outcomes.value = new Map();
      }
    });
  }

  private async bring(): Promise<{ refused: string } | undefined> {
    const file = this.file.peek();
    if (file === undefined || this.upload !== undefined) {
      return undefined;
    }
    const turn = this.turn;
    this.work.value = "bringing";
    this.share.value = 0;
    const { language, documents } = this.words;
    const brought = await bringProgramme(file, language, documents.failed, (share) => { this.share.value = share; });
    if (turn === this.turn && "upload" in brought) {
      this.upload = brought.upload;
    }
    return "refused" in brought ? brought : undefined;
  }

  /** A file that the coordinator has no more is brought once again: this board has it. */
  private async ask(keep: boolean): Promise<ImportPreview | { refused: string }> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const cut = await this.bring();
      if (cut !== undefined || this.upload === undefined) {
        return cut ?? { refused: this.words.office.failed };
      }
      this.work.value = "looking";
      const corrections = correctionsOf(this.cells.peek());
      const looked = await previewOf(this.upload, { ...(corrections.length === 0 ? {} : { corrections }), ...(keep ? { keep } : {}) },
        this.words.language, this.words.office.failed);
      if (looked !== "unknown_upload") {
        return looked;
      }
      this.upload = undefined;
    }
    return { refused: this.words.office.failed };
  }

  /** One after the other, up to the first that is refused; those that would be are left out. */
  private async giveAll(changes: readonly ImportChange[]): Promise<boolean> {
    for (const [place, change] of changes.entries()) {
      if (change.refusal !== undefined) {
        continue;
      }
      const answer = await this.give(change.command);
      const outcome: Outcome = answer?.type === "accepted" ? "accepted" : { refused: this.reasonOf(answer) };
      this.outcomes.value = new Map(this.outcomes.peek()).set(place, outcome);
      if (answer?.type !== "accepted") {
        return false;
      }
      await this.seen(answer.seq);
    }
    return true;
  }

  private reasonOf(answer: WireRefused | undefined): string {
    const { words } = this;
    return answer === undefined ? words.connection.offline : words.refusal[answer.code];
  }

  /** Undefined: nobody hears it. One that got no answer is asked again once the link is back. */
  private give(command: Command): Promise<WireAccepted | WireRefused | undefined> {
    return new Promise((done) => {
      if (!this.parts.server.give(command, (_, answer) => done(answer))) {
        done(undefined);
      }
    });
  }

  /** The next command is given by who has seen what this one did. */
  private seen(seq: number): Promise<void> {
    return new Promise((done) => {
      const stop = this.parts.meeting.seq.subscribe((now) => {
        if (now >= seq) {
          queueMicrotask(() => stop());
          done();
        }
      });
    });
  }
}
