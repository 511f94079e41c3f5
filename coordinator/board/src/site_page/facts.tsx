// What works and what does not.
import type { PanelState } from "@protocol";
import { levelShare } from "../domain/format";
import { usePage } from "./page_state";
import type { SiteDictionary } from "./words/dictionary";

const FACTS = ["connected", "media", "camera", "voice", "seen", "heard"] as const;
/** The others are of the machine that is on. */
const FACTS_OF_A_SPARE = ["connected", "camera", "voice"] as const;

function factText(name: typeof FACTS[number], state: PanelState, words: SiteDictionary): string {
  return name === "heard" && state.heard && state.talkback?.private === true
    ? words.talkback.heardPrivately : words.facts[name][state[name] ? 0 : 1];
}

function Meter({ dbfs }: { dbfs: number }) {
  const words = usePage().words.value;
  return (
    <div id="meter" role="img" aria-label={words.meter(dbfs)}><span style={{ width: `${100 * levelShare(dbfs)}%` }} /></div>
  );
}

export function Facts({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value;
  return (
    <section id="facts" aria-label={words.factsHeading}>
      <ul>
        {(state?.spare ? FACTS_OF_A_SPARE : FACTS).map((name) => state
          ? <li key={name} id={`fact-${name}`} data-good={String(state[name])}>{factText(name, state, words)}</li>
          : <li key={name} id={`fact-${name}`} />)}
      </ul>
      {state ? <Meter dbfs={state.level_dbfs} /> : <div id="meter" role="img"><span /></div>}
    </section>
  );
}

/** What a technician at the site should see to. */
export function Signs({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value;
  const texts = state
    ? [...state.signs.map((sign) => words.signs[sign]), ...state.faults.map((fault) => words.faults[fault]), ...state.fault === undefined ? [] : [state.fault]]
    : [];
  return (
    <section id="signs" aria-labelledby="signs-title" hidden={texts.length === 0}>
      <h2 id="signs-title">{words.signsHeading}</h2>
      <ul id="sign-list">{texts.map((text) => <li key={text}>{text}</li>)}</ul>
    </section>
  );
}
