// Who speaks, and the time left.
import type { PanelState } from "@protocol";
import { countdown } from "../domain/format";
import { useDerived } from "../state/derived";
import { usePage } from "./page_state";
import type { SiteDictionary } from "./words/dictionary";

interface Reading { readonly text: string; readonly over: boolean }

function read(left: number | undefined): Reading {
  return left === undefined ? { text: "–", over: false } : { text: countdown(left), over: left < 0 };
}

function besideText(state: PanelState, over: boolean, words: SiteDictionary): string {
  return over ? words.over : state.left === undefined && state.speaker !== undefined ? words.noLimit : "";
}

export function FloorClock({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const { text, over } = useDerived(() => read(page.left()), [page]);
  const title = state?.left === undefined ? words.clock.none : state.own_clock ? words.clock.own : words.clock.other;
  return (
    <section id="clock" aria-labelledby="clock-title" data-over={String(over)}>
      <h2 id="clock-title">{title}</h2>
      <p><span id="left" role="timer">{text}</span> <span id="over">{state ? besideText(state, over, words) : ""}</span></p>
      <p id="speaker">{state === undefined ? "" : state.speaker === undefined ? words.nobody : words.onAir(state.speaker)}</p>
    </section>
  );
}
