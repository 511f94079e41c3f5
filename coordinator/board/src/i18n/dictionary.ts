// What the board says, by key. A word that a language lacks, or an event the protocol gained, fails the
// build of that language.
import type { CertificateState, DisplayView, DocumentForm, EventName, Language, ReadinessStep, RowFate } from "@protocol";
import type { ActionId } from "../domain/actions";
import type { LogKind } from "../domain/event_log";
import type { Obstacle } from "../domain/obstacles";
import type { EnumWords } from "./enum_words";
import type { RegistrationWords } from "../registration/words/dictionary";

/** Names an event's sentence may need, already looked up. */
export interface EventNames {
  readonly site: string;
  readonly turn: string;
  readonly item: string;
  readonly detail: string;
}

export interface Dictionary extends EnumWords {
  readonly language: Language;
  readonly languageName: string;
  readonly otherLanguage: string;
  readonly product: string;
  readonly boardTitle: string;

  readonly login: {
    readonly title: string; readonly account: string; readonly password: string; readonly enter: string;
    readonly wrong: string; readonly slow: string; readonly failed: string; readonly logout: string; readonly again: string;
  };

  readonly connection: {
    readonly connecting: string; readonly live: string; readonly refused: string;
    lost(time: string): string;
    retry(seconds: number): string;
    /** What goes on without this link. */
    readonly mediaGoesOn: string;
    readonly never: string; readonly now: string; readonly offline: string;
    /** Of a command on its way when the link broke; when somebody else signs in, or nobody. */
    readonly unanswered: string; readonly forgotten: string;
  };

  /** How long, in words. */
  readonly duration: {
    seconds(n: number): string; minutes(n: number): string; hours(hours: number, minutes: number): string;
  };

  readonly header: {
    readonly adjourned: string;
    readonly sitesOnline: string; readonly relay: string; readonly relayUp: string;
    /** Without a time: it never came. */
    relayDown(since: string | undefined): string;
    readonly onTime: string; readonly forecastEnd: string; readonly rehearsal: string; readonly spare: string;
    behind(by: string): string; ahead(by: string): string; speed(times: number): string;
    readonly themeDark: string; readonly themeLight: string; readonly placeTime: string;
    readonly allLocked: string; readonly venueOpen: string; readonly minutes: string;
  };

  /** The meetings that were held before. */
  readonly documents: {
    readonly heading: string; readonly nothingOwed: string; readonly nothingOut: string;
    readonly state: (received: number, missing: number) => string;
    readonly receipts: (sites: number, fetched: number, opened: number) => string;
    readonly discard: string; readonly enter: string; readonly forWhom: string; readonly handouts: string; readonly withdraw: string;
    readonly whoHasIt: string; readonly toAll: string; readonly toSome: (sites: number) => string; readonly title: string; readonly handOut: string; readonly coming: (percent: number) => string;
    readonly came: (name: string) => string; readonly failed: string;
  };
  /** A programme or list as the office has it, taken in. */
  readonly office: {
    readonly drop: string; readonly choose: string; readonly other: string; readonly again: string; readonly forget: string; readonly kinds: string;
    bringing(percent: number): string; readonly looking: string; readonly failed: string;
    readonly row: string; readonly what: string; readonly more: string;
    readonly fate: Readonly<Record<RowFate, string>>;
    /** In the summary above a table. */
    counted(fate: RowFate, rows: number): string;
    leftOut(rows: number): string; readonly unknownTable: string;
    correct(cell: string): string; readonly corrected: string; readonly takeBack: string;
    readonly before: string; readonly empty: string; readonly gone: string; readonly faults: string; readonly changes: string; readonly nothing: string; readonly faultsFirst: string; readonly kept: string;
    give(commands: number): string; readonly giving: string; readonly accepted: string; readonly wouldBeRefused: string;
    given(commands: number, left: number): string; readonly moved: string; readonly stopped: string;
  };
  /** A closed meeting that is played. */
  readonly replay: {
    readonly heading: string; readonly goOn: string; readonly pause: string; readonly time: string; readonly item: string;
    readonly beforeItems: string; readonly speed: string; readonly nothingThere: string;
  };
  readonly past: { readonly heading: string; readonly served: string; readonly asking: string; readonly failed: string;
    readonly papers: Readonly<Record<"minutes" | "invitation" | "programme" | "technical-record" | "notice", string>> };

  readonly program: {
    readonly heading: string; readonly onAir: string; readonly nobody: string; readonly slate: string;
    readonly left: string; readonly overtime: string; readonly spoken: string; readonly allowance: string;
    readonly venueOnAir: string; readonly stopped: string; readonly overridden: string;
    readonly mutedLocally: string; readonly scene: string;
    readonly choose: string; readonly follow: string; readonly interrupted: string; readonly backAgain: string;
    readonly noLimit: string; until(time: string): string;
    /** Before those who chair together. */
    readonly chairs: string;
  };

  readonly speaking: {
    readonly heading: string; readonly empty: string; readonly noItem: string; byTelephone(at: string): string; readonly upNext: string;
    readonly acknowledged: string; readonly unacknowledged: string; readonly requested: string;
    readonly nobodyCued: string;
    left(n: number, of: number): string;
    /** Of who asks to speak: what its site and its unit have spoken before. */
    spokenBefore(site: string, unit: string): string; readonly notSpoken: string; readonly handsClosed: string;
    approveFor(time: string): string; readonly approveUnlimited: string;
  };

  readonly programme: {
    readonly heading: string; readonly planned: string; readonly actual: string; readonly forecast: string;
    readonly empty: string; readonly until: string;
    /** Of a meeting that has a hard end. */
    mustCut(time: string): string; cutGain(time: string): string; cutEnough(time: string): string;
  };

  readonly sites: {
    readonly heading: string; readonly none: string; readonly ready: string;
    readonly hand: string; readonly locked: string; readonly muted: string; readonly heard: string;
    readonly seen: string; readonly barred: string; readonly spare: string; readonly level: string;
    readonly mainVenue: string; readonly hasContent: string; readonly alarm: string;
    readonly neverCame: string; readonly smallPicture: string; readonly lockedByCentre: string; readonly unmeasured: string;
    online(n: number, of: number): string; steps(n: number, of: number): string;
    lostFor(time: string): string;
  };

  /** Voices before the opening. */
  readonly talkback: {
    readonly heading: string;
    /** While none is open. */
    readonly none: string;
    readonly toAll: string; readonly called: string; readonly private: string;
    readonly unmarked: string;
    next(site: string): string; readonly nobodyNext: string;
    counted(heard: number, faults: number, of: number): string;
    /** The roll goes on from here. */
    callRegion(region: string): string;
    /** A fault of the called site, for the record; may stay empty. */
    fault(site: string): string; readonly markFault: string;
    /** What keeps the main venue from being heard. */
    venue(trouble: string): string;
    /** In the readiness ledger, of a site that was heard. */
    readonly evidence: string;
    readonly call: string; readonly callPrivately: string;
  };

  readonly ceremony: {
    readonly awards: string; readonly signing: string;
    counted(over: number, total: number): string;
    /** Before the first act, behind the last. */
    readonly notBegun: string; readonly over: string;
    readonly next: string; readonly nothingNext: string;
    readonly forward: string; readonly back: string; readonly passOver: string;
    by(giver: string): string;
  };

  /** The lines of all sites are tested at once. */
  readonly lineTest: {
    counted(passed: number, of: number): string;
    reported(n: number, of: number): string;
    notPassed(name: string, findings: string): string; more(n: number): string; readonly all: string;
    readonly heard: string; readonly unheard: string; readonly heading: string; readonly before: string;
    readonly roundTrip: string; readonly clock: string; readonly up: string; readonly down: string;
    readonly picture: string; readonly microphone: string; readonly echo: string; readonly loudspeaker: string; readonly unmeasured: string;
    readonly passed: string;
  };

  /** The speaker's screen, as the operator sees it. */
  readonly lectern: {
    readonly heading: string; readonly text: string; readonly tell: string; readonly clear: string; readonly cleared: string;
    readonly shown: (text: string) => string; readonly dark: string; readonly more: string; readonly phrases: readonly string[];
  };
  /** Links by which screens open a view. */
  readonly displays: {
    readonly heading: string; readonly asking: string; readonly failed: string; readonly none: string; readonly name: string; readonly view: string;
    readonly make: string; readonly remove: string; readonly once: string; readonly copy: string; readonly copied: string;
    readonly open: (screens: number) => string; readonly seen: (time: string) => string; readonly never: string; readonly notMade: string;
    readonly views: Readonly<Record<DisplayView, string>>;
  };
  /** Pauses, and the bell that ends them. */
  readonly bell: {
    readonly heading: string; readonly left: string; readonly held: string;
    /** The time left follows. */
    next(reason: string): string;
    rung(at: string, reason: string): string;
    heard(n: number, of: number): string;
  };

  /** All sites are asked whether they are ready. */
  readonly ready: {
    readonly heading: string;
    counted(ready: number, of: number): string;
    /** While it is open. */
    left(time: string): string;
    ended(time: string, cause: string): string;
    waiting(names: string, more: number): string; readonly all: string;
    readonly answerFor: string;
  };

  readonly votes: {
    readonly heading: string; readonly all: string; readonly none: string;
    readonly open: string; readonly close: string; readonly cancel: string; readonly count: string; readonly correct: string; readonly add: string;
    /** Beside 61/64. */
    readonly sites: string;
    cast(cast: number, present: number, spoilt: number): string;
    /** `more`: beyond those that are named. */
    missing(names: string, more: number): string;
    withoutSites(n: number): string;
    readonly site: string; readonly present: string; readonly castColumn: string; readonly spoilt: string;
    readonly voter: string; readonly choice: string; readonly corrected: string; readonly reason: string;
    readonly question: string; readonly options: string; readonly method: string;
    /** What stands in the form of a new one. */
    readonly usualOptions: string;
  };

  readonly direction: {
    readonly heading: string; readonly nobody: string; directs(account: string, time: string): string; readonly gone: string;
    lost(account: string): string; offers(account: string, to: string): string; offered(to: string): string;
    readonly to: string; readonly note: string; readonly offer: string; readonly accept: string; readonly decline: string; readonly withdraw: string;
    readonly reason: string; readonly take: string; readonly nobodyElse: string;
  };

  /** After the closing. */
  readonly debrief: {
    readonly heading: string; readonly what: string; readonly silent: string; readonly end: string; readonly endDetail: string;
    readonly incident: string; readonly note: string; readonly save: string; readonly noIncidents: string;
  };

  readonly opinions: {
    readonly heading: string; unread(n: number): string; all(n: number): string; readonly none: string;
    readonly read: string; readonly answered: string;
    /** What is said to it, for its site; may stay empty. */
    readonly note: string; said(note: string): string;
  };

  /** The film of an item. */
  readonly film: { readonly noPlayer: string; readonly opening: string };

  readonly alarms: { readonly heading: string; readonly none: string; readonly acknowledged: string; readonly note: string; open(n: number): string;
    /** Sees to all of a kind. */
    all(n: number): string;
    readonly guessing: string;
    /** Without an account: names that nobody has. */
    guessed(account: string | undefined, attempts: number, addresses: number): string;
    readonly certificate: string;
    /** What is the matter with the server's certificates, and what to do; "" where nothing is. */
    certificates(state: CertificateState, day: string, days: number): string;
  };
  readonly log: {
    readonly heading: string; readonly empty: string; readonly whole: string; readonly nothingElse: string;
    hidden(n: number): string;
    readonly kinds: Readonly<Record<LogKind, string>>;
  };
  /** Parts of the log's sentences. */
  readonly happened: {
    readonly signed: string; readonly unsigned: string; readonly unmuted: string;
    readonly waits: string; readonly gone: string; over(what: string): string;
    readonly ticked: string; readonly unticked: string; readonly posted: string; readonly unposted: string;
    readonly taskDone: string; readonly taskOpen: string;
    /** A turn is to be spoken from there. */
    byTelephone(at: string): string; readonly hungUp: string; fromSite(site: string): string;
    /** Of alarms of a kind. */
    all(kind: string): string;
    /** The state of a link, where nothing else says that it is one. */
    link(state: string): string;
    /** Of a message: of the site, of the centre. */
    readonly readAtCentre: string; readonly readThere: string;
    /** Of media that nobody measures since then. */
    unmeasured(since: string): string;
  };
  readonly messages: {
    readonly heading: string; readonly empty: string; readonly write: string; readonly send: string;
    readonly toAll: string; readonly inside: string; readonly staff: string; readonly sendInside: string; readonly sendAll: string;
    allSites(n: number): string;
    readonly to: string; readonly centre: string; readonly reply: string;
    unread(n: number): string;
    /** Who has read what: sites; somebody at the centre. */
    readBy(read: number, of: number): string; acknowledged(read: number, of: number): string;
    /** Before the names of those who have not; `more`: beyond those that are named. */
    readonly missing: string; more(n: number): string; readonly toldBy: string;
    readHere(who: string, time: string): string; readonly markRead: string;
    /** Of a notice to halls. */
    readonly wantsAnswer: string;
    /** Where the plan has none. */
    readonly phrases: readonly string[]; readonly phrasesHeading: string;
  };

  readonly site: {
    readonly details: string; readonly link: string; readonly media: string; readonly address: string;
    readonly roundTrip: string; readonly loss: string; readonly rate: string; readonly converged: string;
    readonly yes: string; readonly no: string; readonly spoken: string; readonly readiness: string;
    readonly sign: string; readonly unsign: string; readonly signs: string;
    readonly tally: string; readonly number: string;
    readonly bar: string; readonly unbar: string; readonly lock: string;
    readonly unlock: string; readonly promote: string; readonly showContent: string; readonly hideContent: string;
    readonly addTurn: string; readonly addTurnUnit: string; readonly addTurnMinutes: string;
    readonly message: string; readonly showCamera: string;
    due(day: string): string;
    readonly checklist: string; readonly tick: string; readonly untick: string;
    readonly posted: string; readonly notPosted: string; readonly post: string; readonly unpost: string;
    /** Whom to ring at the site. */
    readonly name: string; readonly code: string; readonly region: string; readonly venue: string; readonly chair: string;
    readonly contact: string; readonly notKnown: string; readonly documentsDue: string; readonly owed: string;
    readonly edit: string; readonly save: string; readonly remove: string; removeDetail(turns: number): string;
    readonly makeMain: string; readonly makeMainDetail: string; readonly removed: string; readonly bringBack: string;
    ring(contact: string): string; readonly noContact: string;
    unmeasured(since: string, before: string): string;
  };

  /** Before the opening: what is ready, and what is to be done. */
  readonly registration: RegistrationWords;
  readonly registrations: {
    readonly heading: string; there(there: number, expected: number): string; sites(registered: number, attended: number, all: number): string;
    reached(quorum: number): string; notReached(quorum: number): string; readonly late: string; readonly forgotten: string; readonly files: string;
  };
  readonly preparation: {
    readonly heading: string; ready(ready: number, expected: number): string; readonly unready: string; readonly posted: string;
    /** What a site does not have yet. */
    readonly lacks: Readonly<Record<ReadinessStep, string>>;
    readonly tasks: string; readonly late: string; readonly finish: string; readonly reopen: string;
    by(time: string): string;
  };

  readonly present: {
    readonly heading: string; readonly you: string; readonly nobodyDirected: string;
    summary(n: number, director: string | undefined): string; since(time: string): string;
    connections(n: number): string; viewers(n: number): string; directed(account: string, time: string): string;
  };

  readonly scene: {
    readonly heading: string; readonly slate: string; readonly venue: string; readonly selected: string;
    readonly venueAndSelected: string; readonly content: string;
  };

  /** The forms that put right what was written: names of their fields. */
  readonly edit: {
    readonly save: string; readonly turn: string; readonly site: string; readonly unit: string; readonly speaker: string; readonly office: string;
    readonly topic: string; readonly removeTurn: string; readonly telephone: string; readonly noTelephone: string; readonly onTheLine: string; readonly item: string; readonly title: string; readonly kind: string; readonly by: string; readonly film: string;
    readonly start: string; readonly minutes: string; readonly fixedEnd: string; readonly lists: string; readonly listTitle: string;
    readonly newItem: string; readonly before: string; readonly atEnd: string; readonly removeItem: string; readonly name: string; readonly host: string; readonly place: string; readonly date: string;
    readonly chairs: string; readonly titleLines: string; readonly hardEnd: string; readonly handMinutes: string; readonly form: string; readonly forms: Readonly<Record<DocumentForm, string>>; readonly superior: string;
    readonly number: string; readonly symbol: string; readonly locality: string; readonly secretary: string; readonly recipients: string;
  };

  readonly search: { readonly heading: string; readonly placeholder: string; readonly none: string };
  readonly help: { readonly heading: string; readonly moveTurn: string; readonly moveTile: string; readonly panels: string;
    readonly close: string; readonly note: string };
  readonly confirm: { readonly heading: string; readonly yes: string; readonly no: string; itemsLeft(n: number): string };
  readonly close: string;
  readonly notNow: string;
  /** Why an action cannot be done now, and what to do first. */
  readonly obstacle: Readonly<Record<Obstacle, string>>;
  readonly awaiting: string;
  readonly dialogOpen: string;
  readonly noSuchKey: string;
  readonly unknownKey: { readonly heading: string; readonly text: string };
  readonly notPermitted: string;
  readonly refusedBecause: string;

  readonly actions: Readonly<Record<ActionId, string>>;
  /** For the small buttons under the speaking list. */
  readonly short: Readonly<Partial<Record<ActionId, string>>>;
  readonly event: Readonly<Record<EventName, (names: EventNames) => string>>;
}
