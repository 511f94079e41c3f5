// What the site page says besides the words of the protocol.
import type { BellReason, ItemState, Language, OpinionState, PanelAction, Refusal, Sign, SiteFault, Tally, TurnState, VoteFault } from "@protocol";
import type { RegistrationWords } from "../../registration/words/dictionary";

/** A fact as it should be, and as it should not. */
export type Fact = readonly [good: string, bad: string];

export interface SiteDictionary {
  readonly language: Language;
  readonly tally: Readonly<Record<Tally, string>>;
  readonly signs: Readonly<Record<Sign, string>>;
  readonly faults: Readonly<Record<SiteFault, string>>;
  readonly refusals: Readonly<Record<Refusal, string>>;
  readonly opinionStates: Readonly<Record<OpinionState, string>>;
  readonly voteFaults: Readonly<Record<VoteFault, string>>;

  readonly other: string;
  readonly rehearsal: string;
  readonly skip: string;
  /** The page's link to the program, and the program's to the centre. */
  readonly lost: string; readonly lostCentre: string;
  /** Under the tally. */
  readonly more: {
    soon(time: string): string; forecast(time: string): string;
    readonly standby: string; readonly next: string; readonly ready: string; readonly onAir: string; readonly interrupted: string;
    readonly muted: string; readonly locked: string;
  };
  /** Instead of all that, where another machine is on. */
  readonly spare: string; readonly spareMore: string;
  /** Voices before the opening: what is going on, and what to do. */
  readonly talkback: {
    readonly called: string; readonly calledMore: string; readonly calledPrivately: string;
    readonly toAll: string; readonly toAllMore: string; other(name: string): string; readonly otherMore: string;
    readonly venueToAll: string; venueCalls(name: string): string; venuePrivately(name: string): string; readonly venueMore: string;
    readonly muted: string; readonly locked: string; readonly heardPrivately: string;
  };
  /** A turn by telephone; the other site is named. */
  readonly telephone: { speaks(name: string): string; carries(name: string): string };
  /** A reception or a break, and its bell. */
  readonly pause: {
    readonly opensIn: string; readonly resumesIn: string; readonly bellIn: string; readonly rings: Readonly<Record<BellReason, string>>;
  };
  /** The ready check. */
  readonly ready: {
    readonly asked: string; left(seconds: number): string; readonly answer: string; readonly answered: string; readonly answeredMore: string;
  };
  readonly lineTest: {
    readonly heading: string; readonly measuring: string; readonly asked: string; readonly heard: string; readonly unheard: string;
    readonly confirmed: string;
  };
  minutes(minutes: number): string;
  hours(hours: number, minutes: number): string;
  readonly acknowledge: string;
  readonly clock: { readonly own: string; readonly other: string; readonly none: string };
  readonly over: string; readonly noLimit: string;
  onAir(name: string): string;
  readonly nobody: string;
  unit(name: string): string;
  readonly factsHeading: string;
  readonly facts: {
    readonly connected: Fact; readonly media: Fact; readonly camera: Fact; readonly voice: Fact; readonly seen: Fact; readonly heard: Fact;
  };
  meter(dbfs: number): string;
  readonly requests: string; readonly mute: string; readonly unmute: string; readonly locked: string; readonly ducked: string;
  readonly raise: string; readonly lower: string;
  readonly messages: string; readonly noMessage: string; readonly write: string; readonly send: string;
  readonly debrief: { readonly heading: string; readonly more: string };
  readonly opinion: {
    readonly heading: string; readonly text: string; readonly unit: string; readonly send: string; left(n: number): string;
  };
  readonly reading: {
    unread(n: number): string; readonly read: string; readonly notice: string; readonly understood: string;
    readonly written: string; readonly readThere: string; readonly unreadThere: string;
    /** Where the plan has none. */
    readonly phrases: readonly string[]; readonly phrasesHeading: string;
  };
  /** What became of a press. */
  readonly sending: string; readonly kept: string; readonly handSent: string; readonly unsent: string;
  refused(why: string): string;
  readonly done: Readonly<Partial<Record<PanelAction, string>>>;
  readonly signsHeading: string;

  /** What the site says of itself: the button, and the button that takes it back. */
  readonly own: Readonly<Record<"registered" | "seated" | "content", { readonly label: string; readonly undo: string }>>;
  readonly post: { readonly label: string; readonly undo: string };
  readonly registration: RegistrationWords;
  readonly checklist: { readonly heading: string; readonly note: string };
  readonly papers: {
    readonly heading: string; readonly handouts: string; readonly owed: string;
    /** Of a file that is handed out. */
    coming(percent: number): string; open(name: string): string;
    /** Of one that is owed. */
    due(day: string): string; received(name: string): string; readonly bring: string; readonly bringAgain: string;
    readonly keeping: string; readonly notKept: string; onItsWay(name: string, percent: number): string; notTaken(name: string, why: string): string;
  };
  readonly speech: { readonly heading: string; readonly text: string; readonly unit: string; readonly speaker: string; readonly minutes: string; readonly reply: string };
  readonly handsClosed: string;
  /** Of one's own turn, and once more to be sure. */
  readonly finish: string; readonly finishSure: string;
  readonly vote: {
    readonly heading: string; readonly present: string; readonly cast: string; readonly spoilt: string; readonly send: string; readonly sendAgain: string;
    readonly counted: string; readonly voter: string; readonly choice: string; ballots(n: number): string;
    readonly problem: string; readonly problemText: string; readonly report: string;
  };
  readonly earlier: string;
  readonly programme: string; readonly list: string;
  readonly itemStates: Readonly<Record<ItemState, string>>;
  readonly turnStates: Readonly<Record<TurnState, string>>;
  planned(time: string): string;
  place(ahead: number): string;
  readonly placeUnapproved: string; readonly noPlace: string;
}
