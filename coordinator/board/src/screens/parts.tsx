// What several screens show: the large figures, who speaks, the programme as a list.
import type { WireItemView, WireTurnView } from "@protocol";
import { countNow, figureParts, shareLeft, type Count } from "../domain/screens";
import { countdown } from "../domain/format";
import { siteName } from "../domain/queries";
import { useDerived } from "../state/derived";
import { useScreen } from "./frame";
import { itemTime, nameOf, plannedIfOther, type Named } from "./named";
import type { ScreenDictionary } from "./words/dictionary";

/** Every 40 ms it is looked whether the figures differ. */
export function useCount(): { readonly count: Count; readonly text: string } {
  const store = useScreen();
  return useDerived(() => {
    const count = countNow(store.model.value, store.time.now());
    const text = count.left === undefined ? "" : countdown(count.left);
    return { count: { kind: count.kind, phase: count.phase }, text };
  }, [store]);
}

/** In steps of a hundredth: more cannot be seen. */
export function useShare(): number | undefined {
  const store = useScreen();
  return useDerived(() => {
    const share = shareLeft(store.model.value, store.time.now());
    return share === undefined ? undefined : Math.round(share * 100);
  }, [store]);
}

export function countLabel(count: Count, words: ScreenDictionary): string {
  switch (count.kind) {
    case "opening":
      return words.opensIn;
    case "break":
      return words.resumesIn;
    case "speech":
      return count.phase === "overtime" ? words.over : count.phase === "warning" ? words.soonOver : words.timeLeft;
    case "film":
    case "item":
      return words.timeLeft;
    case "none":
      return "";
  }
}

/** In one line, or on a high screen minutes over seconds. */
export function Figures({ text }: { text: string }) {
  const { sign, head, tail } = figureParts(text);
  return (
    <span class="figures" role="timer" aria-label={text} data-figures={text} style={{ "--letters": text.length, "--half": head.length }}>
      {sign === "" ? null : <span class="plus">{sign}</span>}<span class="head">{head}</span><span class="colon">:</span><span class="tail">{tail}</span>
    </span>
  );
}

/** Overtime has its own shape and sign, not only its colour. */
export function PhaseMark({ count }: { count: Count }) {
  return count.phase === "fine" ? null : <b class="phase-mark" aria-hidden="true">{count.phase === "overtime" ? "▲" : "◆"}</b>;
}

export function Bar() {
  const share = useShare();
  return share === undefined ? null : <span class="bar" aria-hidden="true"><i style={{ width: `${share}%` }} /></span>;
}

export function Clock() {
  const store = useScreen();
  return <time class="clock" data-clock>{useDerived(() => store.clockText(), [store])}</time>;
}

export function useNamed(turn: WireTurnView | undefined): Named {
  const store = useScreen();
  return useDerived(() => turn ? nameOf(turn, siteName(store.model.value, turn.site)) : { first: "", second: "" }, [store, turn]);
}

export function Next({ turn }: { turn: WireTurnView }) {
  const { first, second } = useNamed(turn);
  return <><b>{first}</b>{second === "" ? null : <span>{second}</span>}</>;
}

const SIGNS: Readonly<Record<WireItemView["state"], string>> = { done: "✓", active: "▶", pending: "○", skipped: "–", removed: "–" };

export function AgendaRow({ item }: { item: WireItemView }) {
  const store = useScreen();
  const words = store.words.value;
  const { date } = store.model.value.meeting;
  const time = itemTime(item, date, (instant) => store.timeOf(instant));
  const planned = plannedIfOther(item, time);
  return (
    <li data-item={item.item} data-state={item.state} aria-current={item.state === "active" ? "step" : undefined}>
      <span class="sign" role="img" aria-label={words.item[item.state]}>{SIGNS[item.state]}</span>
      <span class="when">{time}{planned === "" ? null : <s>{planned}</s>}</span>
      <span class="what">{item.title}</span>
    </li>
  );
}

