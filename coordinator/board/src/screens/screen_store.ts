// What a screen knows: the meeting as the coordinator says it, the coordinator's clock, and how the
// connection is. Nothing is kept but the language.
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Command, Language, Role, Token, WireMessage, WireReplay, WireWelcome } from "@protocol";
import { dateOf, dated, wallTime, wallTimeSeconds } from "../domain/format";
import { applyUpdate, modelOf, NOTHING, type Model } from "../domain/model";
import { Commands } from "../net/commands";
import { Connection, newInstance, type ConnectionState } from "../net/connection";
import { remembered } from "../state/remembered";
import { Time } from "../state/time";
import type { ScreenDictionary } from "./words/dictionary";
import { en } from "./words/en";
import { vi } from "./words/vi";

const DICTIONARIES: Readonly<Record<Language, ScreenDictionary>> = { vi, en };

/** Who opens it: a display link by its token, or somebody who has signed in. */
export interface Opener {
  readonly role: Role;
  readonly token?: Token;
}

export class ScreenStore {
  readonly language = remembered<Language>("diemcau.language", ["vi", "en"]);
  readonly words: ReadonlySignal<ScreenDictionary> = computed(() => DICTIONARIES[this.language.value]);
  readonly time = new Time();
  readonly received = signal<Model | undefined>(undefined);
  readonly model: ReadonlySignal<Model> = computed(() => this.received.value ?? NOTHING);
  readonly link = signal<ConnectionState>({ phase: "connecting" });
  readonly live = computed(() => this.link.value.phase === "live");
  /** By the wall clock, when the coordinator was last heard; undefined before. */
  readonly heard = signal<number | undefined>(undefined);
  readonly replay = signal<WireReplay | undefined>(undefined);
  /** Why the last command was not done, in the coordinator's words. */
  readonly refused = signal("");
  private readonly instance = newInstance();
  private readonly commands: Commands;
  private connection: Connection | undefined;

  constructor() {
    this.commands = new Commands(this.instance, (message) => this.live.peek() && (this.connection?.send(message) ?? false),
      ({ answer }) => { this.refused.value = answer.text; });
  }

  open({ role, token }: Opener): void {
    this.connection?.close();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.connection = new Connection(`${scheme}://${location.host}/ws`, this.instance, role, () => this.language.peek(), this.time.clock, {
      state: (state) => { this.link.value = state; },
      welcome: (welcome) => this.welcomed(welcome),
      message: (message) => this.told(message),
      frame: () => undefined,
    }, token);
    this.connection.open();
  }

  give(command: Command): void {
    this.refused.value = "";
    this.commands.give(command, this.model.peek().seq);
  }

  close(): void {
    this.connection?.close();
    batch(() => {
      this.received.value = undefined;
      this.commands.forget();
    });
  }

  /** HH:MM at the place of the meeting, with its day where that is another than today. */
  timeOf(instant: number): string {
    const { utc_offset } = this.model.value.meeting;
    const stamp = this.time.wallOf(instant);
    const today = dateOf(this.time.wallOf(this.time.clock.now()), utc_offset);
    return dated(wallTime(stamp, utc_offset), dateOf(stamp, utc_offset), today);
  }

  clockText(): string {
    return wallTimeSeconds(this.time.wallOf(this.time.now()), this.model.value.meeting.utc_offset);
  }

  private welcomed(welcome: WireWelcome): void {
    batch(() => {
      this.time.sampled();
      this.replay.value = undefined;
      this.heard.value = welcome.wall;
      this.received.value = welcome.snapshot && modelOf(welcome.snapshot);
      this.commands.repeat();
    });
  }

  private told(message: WireMessage): void {
    batch(() => {
      this.time.sampled();
      this.heard.value = this.time.clock.wallOf(this.time.clock.now());
      if (message.type === "update" && this.received.peek()) {
        this.received.value = applyUpdate(this.model.peek(), message);
      } else if (message.type === "accepted" || message.type === "refused") {
        this.commands.answered(message);
      } else if (message.type === "replay") {
        this.replay.value = message;
      }
    });
  }
}
