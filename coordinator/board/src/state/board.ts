// The board's one place where messages become what is shown: connection in, model out.
import type { Command, Role, WireEvent, WireGuessedAccount, WireMessage, WireWelcome, Who } from "@protocol";
import { ACTIONS } from "../domain/actions";
import { ServerClock } from "../domain/clock";
import { Commands, type Refusal } from "../net/commands";
import { Connection, newInstance, type ConnectionState } from "../net/connection";
import { consoleState, toast } from "./console";
import type { Dictionary } from "../i18n/dictionary";
import { mergedLog, missedEvents } from "../net/history";
import { applyUpdate, modelOf, withSeq, type Model } from "../domain/model";
import { observable } from "./observable";
import { PerSite, readFrame, type Figures, type Thumbnails } from "../net/telemetry";
import { words } from "./words";

export const session = observable<Who | undefined>(undefined);
export const model = observable<Model | undefined>(undefined);
export const link = observable<ConnectionState>({ phase: "connecting" });
export const log = observable<readonly WireEvent[]>([]);
/** At whose passwords somebody guesses. */
export const guessing = observable<readonly WireGuessedAccount[]>([]);
/** Of these, the accounts that whoever sits here has taken note of; "" for names that nobody has. */
export const guessingNoted = observable<ReadonlySet<string>>(new Set());
/** Instant of the latest word from the server: how old the picture is when the link is lost. */
export const heardAt = observable<number | undefined>(undefined);
export const standby = observable(false);
export const figures: Figures = new PerSite();
export const thumbnails: Thumbnails = new PerSite();
export const clock = new ServerClock(() => performance.now());

const instance = newInstance();
let connection: Connection | undefined;

export const commands = new Commands(
  instance,
  (message) => link.get().phase === "live" && (connection?.send(message) ?? false),
  refuse,
);

export function role(): Role | undefined {
  return session.get()?.role;
}

/** Give a command with what was seen. False when nobody hears it, which is said. */
export function give(command: Command): boolean {
  const seen = model.get();
  const heard = seen !== undefined && commands.give(command, seen.seq);
  if (!heard) {
    toast("note", titleOf(command.name, words()), words().connection.offline);
  }
  return heard;
}

export function connect(who: Who): void {
  connection?.close();
  if (session.get()?.account !== who.account) {
    forgetCommands();
  }
  session.set(who);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  connection = new Connection(`${scheme}://${location.host}/ws`, instance, who.role,
    () => consoleState.get().language, clock,
    { state: linkChanged, welcome: welcomed, message: received, frame: framed });
  connection.open();
}

export function retryNow(): void {
  connection?.open();
}

/** Nothing more is heard: what is shown stays. */
export function hangUp(): void {
  connection?.close();
}

export function disconnect(): void {
  hangUp();
  connection = undefined;
  forgetCommands();
  session.set(undefined);
  model.set(undefined);
  log.set([]);
}

/** What one person asked for is not asked again in the name of the next. */
function forgetCommands(): void {
  for (const command of commands.forget()) {
    toast("note", titleOf(command.name, words()), words().connection.forgotten);
  }
}

function refuse(refusal: Refusal): void {
  const dictionary = words();
  const code = refusal.answer.code;
  const detail = refusal.answer.field === undefined ? "" : ` (${refusal.answer.field})`;
  toast("refused", refusal.command === undefined ? dictionary.refusedBecause : titleOf(refusal.command, dictionary), dictionary.refusal[code] + detail, code);
}

/** What the person asked for, in the words of its button. */
function titleOf(name: Command["name"], dictionary: Dictionary): string {
  const action = ACTIONS.find((one) => one.name === name);
  return action ? dictionary.actions[action.id] : siteDeeds(dictionary)[name] ?? dictionary.refusedBecause;
}

/** What has its button in a site's details only. */
function siteDeeds({ site }: Dictionary): Partial<Record<Command["name"], string>> {
  return {
    "site.bar": site.bar, "site.sign": site.sign, "site.promote": site.promote,
    "content.show": site.showContent, "turn.add": site.addTurn,
  };
}

function linkChanged(state: ConnectionState): void {
  const wasLive = link.get().phase === "live";
  link.set(state);
  if (state.phase === "live") {
    commands.repeat();
  } else if (wasLive) {
    for (const command of commands.pending.get().values()) {
      toast("note", titleOf(command.name, words()), words().connection.unanswered);
    }
  }
}

function welcomed(welcome: WireWelcome): void {
  standby.set(welcome.spare);
  heardAt.set(welcome.at);
  guessed([]); // what there is follows
  if (welcome.snapshot) {
    model.set(modelOf(welcome.snapshot));
  }
  void recall(welcome.seq);
}

/** What happened before this page was open, or while it was cut off. */
async function recall(seq: number): Promise<void> {
  const missed = await missedEvents(log.get(), seq);
  log.update((now) => mergedLog(now, missed));
}

function framed(buffer: ArrayBuffer): void {
  const frame = readFrame(buffer);
  if (frame) {
    thumbnails.of(frame.number).set(frame.jpeg);
  }
}

/** What has ended is news when it begins again. */
function guessed(accounts: readonly WireGuessedAccount[]): void {
  const names = accounts.map((one) => one.account ?? "");
  guessing.set(accounts);
  guessingNoted.update((noted) => new Set(names.filter((name) => noted.has(name))));
}

function seen(seq: number): void {
  model.update((now) => now && withSeq(now, seq));
}

function received(message: WireMessage): void {
  switch (message.type) {
    case "update":
      heardAt.set(message.at);
      model.update((now) => now && applyUpdate(now, message));
      break;
    case "event":
      seen(message.seq);
      log.update((now) => mergedLog(now, [message]));
      break;
    case "passed":
      seen(message.seq);
      break;
    case "pong":
      heardAt.set(message.at);
      break;
    case "accepted":
    case "refused":
      commands.answered(message);
      break;
    case "guessing":
      guessed(message.accounts);
      break;
    case "telemetry":
      for (const site of message.sites) {
        figures.of(site.site).set(site);
      }
      break;
    default:
      break;
  }
}
