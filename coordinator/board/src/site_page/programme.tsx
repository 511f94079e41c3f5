// What is planned and who follows: the programme, the speaking list, and this site's place in it.
import type { PanelState, ToldItem, ToldTurn } from "@protocol";
import { timeOfDay } from "../domain/format";
import { usePage } from "./page_state";
import type { SiteDictionary } from "./words/dictionary";

const DAY_MS = 86_400_000;

/** Begun or expected; the plan's time where there is neither. */
function timeOf({ planned, start }: ToldItem): string {
  const time = start ?? planned;
  return time === undefined ? "" : timeOfDay(time % DAY_MS); // the plan's counts on over midnight
}

/** Its state, and the plan's time where it is another. */
function besideItem(item: ToldItem, words: SiteDictionary): string {
  const plan = item.planned === undefined ? undefined : timeOfDay(item.planned % DAY_MS);
  const isOther = plan !== undefined && plan !== timeOf(item);
  return [...item.state === "pending" ? [] : [words.itemStates[item.state]], ...isOther ? [words.planned(plan)] : []].join(" · ");
}

function Item({ item }: { item: ToldItem }) {
  const words = usePage().words.value;
  return (
    <li data-state={item.state} aria-current={item.state === "active" ? "step" : undefined}>
      <span class="time">{timeOf(item)}</span>
      <span>{item.title} <small>{besideItem(item, words)}</small></span>
    </li>
  );
}

function Turn({ turn, own }: { turn: ToldTurn; own: boolean }) {
  const words = usePage().words.value;
  return (
    <li data-state={turn.state} data-own={String(own)}>
      <span class="time">{turn.expected === undefined ? "" : timeOfDay(turn.expected)}</span>
      <span>{turn.name}{turn.unit === turn.name ? null : <> – {turn.unit}</>}
        {turn.state === "waiting" ? null : <small> {words.turnStates[turn.state]}</small>}</span>
    </li>
  );
}

/** A hand that waits for approval has no place yet. */
function placeText({ ahead, hand, turns, number }: PanelState, words: SiteDictionary): string {
  if (ahead !== undefined) {
    return words.place(ahead);
  }
  const isTold = turns?.some((turn) => turn.site === number) === true;
  return isTold ? "" : hand ? words.placeUnapproved : words.noPlace;
}

/** Foldable: what must be done now stands above. */
export function Programme({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value;
  const { items = [], turns = [] } = state ?? {};
  return (
    <>
      <section id="list" hidden={turns.length === 0 && items.length === 0}>
        <details open>
          <summary><h2>{words.list}</h2></summary>
          <p id="place">{state ? placeText(state, words) : ""}</p>
          <ol>{turns.map((turn, place) => <Turn key={`${turn.site}.${place}`} turn={turn} own={turn.site === state?.number} />)}</ol>
        </details>
      </section>
      <section id="programme" hidden={items.length === 0}>
        <details open>
          <summary><h2>{words.programme}</h2></summary>
          <ol>{items.map((item, place) => <Item key={place} item={item} />)}</ol>
        </details>
      </section>
    </>
  );
}
