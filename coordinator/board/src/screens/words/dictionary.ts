// What the screens say: few words, read from far.
import type { ItemState, Language } from "@protocol";

export interface ScreenDictionary {
  readonly language: Language;
  readonly otherLanguage: string;
  readonly titles: Readonly<Record<"hall" | "speaker" | "watcher" | "run_sheet" | "chair", string>>;
  readonly rehearsal: string;
  readonly replay: string;

  /** Of the connection. */
  readonly connecting: string;
  readonly lost: (time: string) => string;
  readonly removed: string;
  readonly removedMore: string;
  readonly noLink: string;
  readonly noLinkMore: string;

  readonly login: { readonly heading: string; readonly account: string; readonly password: string; readonly enter: string; readonly wrong: string; readonly slow: string; readonly failed: string; readonly leave: string };

  readonly beginsIn: string;
  readonly opensIn: string;
  readonly resumesIn: string;
  readonly timeLeft: string;
  readonly over: string;
  readonly soonOver: string;
  readonly noLimit: string;
  readonly interrupted: string;
  readonly speaking: string;
  readonly nobody: string;
  readonly next: string;
  readonly nobodyNext: string;
  readonly now: string;
  readonly programme: string;
  readonly expectedEnd: string;
  readonly notBegun: string;
  readonly ended: string;
  readonly adjourned: string;
  readonly waitForNext: string;
  readonly more: (items: number) => string;
  readonly progress: (done: number, of: number) => string;
  readonly item: Readonly<Record<ItemState, string>>;
  readonly by: string;
  readonly onTime: string;
  readonly late: (time: string) => string;
  readonly early: (time: string) => string;

  readonly sheet: {
    readonly number: string; readonly planned: string; readonly content: string; readonly by: string; readonly actual: string;
    readonly state: (time: string) => string; readonly print: string; readonly list: string; readonly expected: (time: string) => string; readonly place: string; readonly chairs: string;
  };

  readonly chair: {
    readonly requests: string; readonly none: string; readonly approve: string; readonly decline: string; readonly sure: string;
    readonly minutes: (minutes: number) => string; readonly refused: (why: string) => string; readonly onlyChair: string; readonly nextThree: string; readonly topic: string;
  };
}
