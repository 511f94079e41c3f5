// The way to the coordinator and back: messages become what is shown, commands go out.
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type {
  Command, CommandName, EventName, InstanceId, Role, SiteId, SiteNumber, WireCertificate, WireEvent, WireGuessedAccount, WireMessage, WirePresent, WireReplay, WireSiteTelemetry,
  WireSteer, WireWelcome, Who,
} from "@protocol";
import { actionOf } from "../domain/actions";
import { mergedLog } from "../domain/event_log";
import { applyUpdate, modelOf, withSeq, type Model } from "../domain/model";
import { mayCommand, maySee } from "../domain/rights";
import type { Dictionary } from "../i18n/dictionary";
import { Commands, type Answered, type Refusal } from "../net/commands";
import { Connection, newInstance, type ConnectionState } from "../net/connection";
import { missedEvents } from "../net/history";
import { readThumbnailFrame } from "../net/thumbnail_frame";
import type { Console } from "./console";
import type { Meeting } from "./meeting";
import { perKey, untold, type SignalPerKey } from "./steady";
import type { Time } from "./time";

interface Parts {
  readonly console: Console;
  readonly words: ReadonlySignal<Dictionary>;
  readonly time: Time;
  readonly meeting: Meeting;
}

export class Server {
  readonly session = signal<Who | undefined>(undefined);
  readonly role: ReadonlySignal<Role | undefined> = computed(() => this.session.value?.role);
  readonly link = signal<ConnectionState>({ phase: "connecting" });
  readonly live = computed(() => this.link.value.phase === "live");
  readonly log = signal<readonly WireEvent[]>([]);
  /** What is the matter with the server's certificates. */
  readonly certificate = signal<WireCertificate | undefined>(undefined);
  /** At whose passwords somebody guesses. */
  readonly guessing = signal<readonly WireGuessedAccount[]>([]);
  /** Who of the centre is on; not for viewers. */
  readonly present = signal<WirePresent | undefined>(undefined);
  /** Of these, the accounts that whoever sits here has taken note of; "" for names that nobody has. */
  readonly guessingNoted = signal<ReadonlySet<string>>(new Set());
  /** Instant of the latest word from the server: how old the picture is when the link is lost. */
  readonly heardAt = signal<number | undefined>(undefined);
  readonly standby = signal(false);
  /** The meeting is not held but played, and how; undefined where it is held. */
  readonly replay = signal<WireReplay | undefined>(undefined);
  /** Many, quick, and dear to nobody when one is lost: beside the meeting, each site with its own watchers. */
  readonly figures: SignalPerKey<SiteId, WireSiteTelemetry> = perKey(untold<WireSiteTelemetry>);
  readonly thumbnails: SignalPerKey<SiteNumber, Blob> = perKey(untold<Blob>);
  readonly commands: Commands;
  private readonly instance = newInstance();
  private connection: Connection | undefined;
  private boot: InstanceId | undefined;

  constructor(private readonly parts: Parts) {
    this.commands = new Commands(this.instance, (message) => this.live.peek() && (this.connection?.send(message) ?? false),
      (refusal) => this.refused(refusal));
  }

  mayCommand(name: CommandName): boolean {
    return this.replay.value === undefined && mayCommand(this.role.value, name);
  }

  maySee(name: EventName): boolean {
    return maySee(this.role.value, name);
  }

  /** Where a replay shall go on, or how fast. */
  steer(steering: Omit<WireSteer, "type">): void {
    if (!this.live.peek() || !this.connection?.send({ type: "steer", ...steering })) {
      const { console, words } = this.parts;
      console.toast("note", words.peek().replay.heading, words.peek().connection.offline);
    }
  }

  /** Give a command with what was seen. False when nobody hears it, which is said. `answered` hears what became of it. */
  give(command: Command, answered?: Answered): boolean {
    const { console, words, meeting } = this.parts;
    const seen = meeting.received.peek();
    const heard = seen !== undefined && this.commands.give(command, seen.seq, answered);
    if (!heard) {
      console.toast("note", this.titleOf(command.name), words.peek().connection.offline);
    }
    return heard;
  }

  connect(who: Who): void {
    this.connection?.close();
    if (this.session.peek()?.account !== who.account) {
      this.forgetCommands();
    }
    this.session.value = who;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.connection = new Connection(`${scheme}://${location.host}/ws`, this.instance, who.role,
      () => this.parts.console.language.peek(), this.parts.time.clock, {
        state: (state) => this.linkChanged(state),
        welcome: (welcome) => this.welcomed(welcome),
        message: (message) => this.received(message),
        frame: (frame) => this.framed(frame),
      });
    this.connection.open();
  }

  retryNow(): void {
    this.connection?.open();
  }

  /** Nothing more is heard: what is shown stays. */
  hangUp(): void {
    this.connection?.close();
  }

  disconnect(): void {
    this.hangUp();
    this.connection = undefined;
    batch(() => {
      this.forgetCommands();
      this.session.value = undefined;
      this.present.value = undefined;
      this.replay.value = undefined;
      this.parts.meeting.received.value = undefined;
      this.log.value = [];
    });
  }

  noteGuessing(account: string): void {
    this.guessingNoted.value = new Set([...this.guessingNoted.peek(), account]);
  }

  private welcomed(welcome: WireWelcome): void {
    batch(() => {
      this.parts.time.sampled();
      if (welcome.boot !== this.boot) {
        this.boot = welcome.boot;
        this.replay.value = undefined;
      }
      this.standby.value = welcome.spare;
      this.heardAt.value = welcome.at;
      this.guessed([]); // what there is follows
      this.certificate.value = undefined;
      if (welcome.snapshot) {
        this.begin(modelOf(welcome.snapshot));
      }
    });
    void this.recall(welcome.seq);
  }

  /** What is shown of another meeting, or of one that was put back, is not of this one: its events are numbered anew. */
  private begin(model: Model): void {
    const { console, meeting } = this.parts;
    const before = meeting.received.peek();
    const isOther = before !== undefined && before.meeting.meeting !== model.meeting.meeting;
    if (isOther || model.seq < (this.log.peek().at(-1)?.seq ?? 0)) {
      this.log.value = [];
    }
    if (isOther) {
      this.forgetCommands();
      console.beginAnew();
    }
    meeting.received.value = model;
  }

  private received(message: WireMessage): void {
    batch(() => this.take(message));
  }

  private linkChanged(state: ConnectionState): void {
    const { console, words } = this.parts;
    const wasLive = this.live.peek();
    this.link.value = state;
    if (state.phase === "live") {
      this.commands.repeat();
    } else if (wasLive) {
      for (const command of this.commands.pending.peek().values()) {
        console.toast("note", this.titleOf(command.name), words.peek().connection.unanswered);
      }
    }
  }

  private take(message: WireMessage): void {
    const { meeting, time } = this.parts;
    switch (message.type) {
      case "update":
        this.heardAt.value = message.at;
        meeting.change((model) => applyUpdate(model, message));
        break;
      case "event":
        meeting.change((model) => withSeq(model, message.seq));
        this.log.value = mergedLog(this.log.peek(), [message]);
        break;
      case "passed":
        meeting.change((model) => withSeq(model, message.seq));
        break;
      case "pong":
        time.sampled();
        this.heardAt.value = message.at;
        break;
      case "accepted":
      case "refused":
        this.commands.answered(message);
        break;
      case "guessing":
        this.guessed(message.accounts);
        break;
      case "replay":
        time.sampled();
        this.heardAt.value = message.at;
        this.replay.value = message;
        break;
      case "present":
        this.present.value = message;
        break;
      case "certificate":
        this.certificate.value = message.state === "valid" ? undefined : message;
        break;
      case "telemetry":
        for (const site of message.sites) {
          this.figures(site.site).value = site;
        }
        break;
      default:
        break;
    }
  }

  /** What happened before this page was open, or while it was cut off. */
  private async recall(seq: number): Promise<void> {
    const meeting = this.parts.meeting.info.peek().meeting;
    const missed = await missedEvents(this.log.peek(), seq);
    if (this.parts.meeting.info.peek().meeting === meeting) {
      const latest = this.parts.meeting.seq.peek(); // of a replay that went back meanwhile, not what came after
      this.log.value = mergedLog(this.log.peek(), missed.filter((event) => event.seq <= latest));
    }
  }

  private framed(buffer: ArrayBuffer): void {
    const frame = readThumbnailFrame(buffer);
    if (frame) {
      this.thumbnails(frame.number).value = frame.jpeg;
    }
  }

  /** What has ended is news when it begins again. */
  private guessed(accounts: readonly WireGuessedAccount[]): void {
    const names = accounts.map((one) => one.account ?? "");
    const noted = this.guessingNoted.peek();
    this.guessing.value = accounts;
    this.guessingNoted.value = new Set(names.filter((name) => noted.has(name)));
  }

  /** What one person asked for is not asked again in the name of the next. */
  private forgetCommands(): void {
    for (const command of this.commands.forget()) {
      this.parts.console.toast("note", this.titleOf(command.name), this.parts.words.peek().connection.forgotten);
    }
  }

  private refused({ command, answer }: Refusal): void {
    const words = this.parts.words.peek();
    const detail = answer.field === undefined ? "" : ` (${answer.field})`;
    this.parts.console.toast("refused", command === undefined ? words.refusedBecause : this.titleOf(command),
      words.refusal[answer.code] + detail, answer.code);
  }

  /** What the person asked for, in the words of its button. */
  private titleOf(name: Command["name"]): string {
    const words = this.parts.words.peek();
    const action = actionOf(name);
    return action ? words.actions[action.id] : siteActions(words)[name] ?? words.refusedBecause;
  }
}

/** What has its button in a site's details only. */
function siteActions({ site }: Dictionary): Partial<Record<Command["name"], string>> {
  return {
    "site.bar": site.bar, "site.sign": site.sign, "site.promote": site.promote,
    "content.show": site.showContent, "turn.add": site.addTurn, "site.edit": site.edit, "site.remove": site.remove,
    "site.make_main": site.makeMain, "site.add": site.bringBack,
  };
}
