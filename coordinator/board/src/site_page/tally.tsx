// Whether it is this site's turn, and what to do about it.
import type { PanelState } from "@protocol";
import { usePage } from "./page_state";
import type { SiteDictionary } from "./words/dictionary";

const MINUTE_MS = 60_000;

/** A forecast is no clock: whole minutes. */
function inMinutes(span: number, words: SiteDictionary): string {
  const minutes = Math.max(1, Math.round(span / MINUTE_MS));
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}

/** Whose doing it is that nobody hears this site decides who can end it. */
function unheard(state: PanelState, { more }: SiteDictionary): string | undefined {
  if (state.telephone?.part === "speaks") {
    return undefined; // heard from elsewhere
  }
  return state.locked ? more.locked : state.muted ? more.muted : undefined;
}

function onAirText(state: PanelState, words: SiteDictionary): string {
  return unheard(state, words) ?? (state.own_clock && !state.running ? words.more.interrupted : words.more.onAir);
}

type Talkback = NonNullable<PanelState["talkback"]>;

function talkbackWord({ part, private: alone, name }: Talkback, { talkback: words }: SiteDictionary): string {
  switch (part) {
    case "called":
      return words.called;
    case "listener":
      return name === undefined ? words.toAll : words.other(name);
    case "venue":
      return name === undefined ? words.venueToAll : alone ? words.venuePrivately(name) : words.venueCalls(name);
  }
}

/** Who is to speak and cannot be heard. */
function talkbackTrouble(state: PanelState, { talkback: words }: SiteDictionary): string | undefined {
  if (state.talkback === undefined || state.talkback.part === "listener") {
    return undefined;
  }
  return state.locked ? words.locked : state.muted ? words.muted : undefined;
}

function talkbackMore(state: PanelState, talkback: Talkback, words: SiteDictionary): string {
  const trouble = talkbackTrouble(state, words);
  if (trouble !== undefined) {
    return trouble;
  }
  switch (talkback.part) {
    case "called":
      return talkback.private ? words.talkback.calledPrivately : words.talkback.calledMore;
    case "listener":
      return talkback.name === undefined ? words.talkback.toAllMore : words.talkback.otherMore;
    case "venue":
      return words.talkback.venueMore;
  }
}

/** Before the opening: who is called, in place of whose turn it is. */
function TalkbackTally({ state, talkback }: { state: PanelState; talkback: Talkback }) {
  const words = usePage().words.value;
  return (
    <section id="tally" aria-live="assertive" aria-atomic="true" data-tally={state.tally} data-talkback={talkback.part}
      data-alarm={String(talkbackTrouble(state, words) !== undefined)}>
      <p id="tally-word">{tallyWord(state, words)}</p>
      <p id="tally-more">{talkbackMore(state, talkback, words)}</p>
    </section>
  );
}

/** A turn by telephone: whose microphone it is, and whose turn. */
function telephoneText({ telephone }: PanelState, { telephone: words }: SiteDictionary): string | undefined {
  return telephone && (telephone.part === "speaks" ? words.speaks(telephone.name) : words.carries(telephone.name));
}

function moreText(state: PanelState, words: SiteDictionary): string {
  const { more } = words;
  const forecast = state.until_turn !== undefined && state.until_turn > 0 ? inMinutes(state.until_turn, words) : undefined;
  if (state.spare) {
    return words.spareMore;
  }
  const telephone = telephoneText(state, words);
  switch (state.tally) {
    case "on_air":
      return unheard(state, words) ?? telephone ?? onAirText(state, words);
    case "next":
      return [telephone, state.acknowledged ? more.ready : more.next].filter((part) => part !== undefined).join(" ");
    case "standby":
      return telephone ?? more.standby;
    case "soon":
      return forecast === undefined ? "" : more.soon(forecast);
    case "off":
      return forecast === undefined ? "" : more.forecast(forecast);
  }
}

/**
 * In large words: whose turn it is, or who is called before there are turns. Both are of the machine that is on: a spare waits,
 * whatever the site's turn.
 */
export function tallyWord(state: PanelState, words: SiteDictionary): string {
  if (state.spare) {
    return words.spare;
  }
  return state.talkback ? talkbackWord(state.talkback, words) : words.tally[state.tally];
}

export function Tally({ state }: { state: PanelState | undefined }) {
  return state?.talkback && !state.spare
    ? <TalkbackTally state={state} talkback={state.talkback} /> : <TurnTally state={state} />;
}

function TurnTally({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const tally = state && !state.spare ? state.tally : "off";
  const alarm = state !== undefined && tally === "on_air" && unheard(state, words) !== undefined;
  return (
    <section id="tally" aria-live="assertive" aria-atomic="true" data-tally={tally} data-alarm={String(alarm)}>
      <p id="tally-word">{state ? tallyWord(state, words) : ""}</p>
      <p id="tally-more">{state ? moreText(state, words) : ""}</p>
      <button id="acknowledge" type="button" hidden={tally !== "next" || state?.acknowledged === true}
        onClick={() => page.press({ action: "acknowledge" })}>{words.acknowledge}</button>
    </section>
  );
}
