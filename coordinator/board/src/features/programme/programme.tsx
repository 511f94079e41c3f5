// The programme: planned, actual and forecast side by side.
import type { Instant, ItemState, Stamp, WireItemView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { length, timeOfDay, wallTime } from "../../domain/format";
import { itemsInOrder } from "../../domain/queries";
import { useDerived, useWords } from "../../state/hooks";
import { useStore } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon, type IconName } from "../../ui/icon";

const STATE_ICONS: Readonly<Record<ItemState, IconName>> = {
  pending: "clock", active: "take", done: "check", skipped: "skip",
};

function planned(item: WireItemView, until: string): string {
  const start = item.planned_start === undefined ? "" : timeOfDay(item.planned_start);
  const span = item.planned_length === undefined ? "" : length(item.planned_length);
  const end = item.fixed_end === undefined ? "" : `${until} ${timeOfDay(item.fixed_end)}`;
  return [start, span, end].filter((part) => part !== "").join(" · ") || "–";
}

function range(from: number | undefined, to: number | undefined, utcOffset: number): string {
  if (from === undefined) {
    return "–";
  }
  return `${wallTime(from, utcOffset)}–${to === undefined ? "" : wallTime(to, utcOffset)}`;
}

/** What has happened once it has; what is expected until then. */
function Times({ item }: { item: WireItemView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  const offset = meeting.utcOffset.value;
  const wall = (instant: Instant | undefined): Stamp | undefined => instant === undefined ? undefined : time.wallOf(instant);
  const plan = planned(item, words.programme.until);
  const ahead = item.state === "pending"
    ? range(wall(item.forecast_start), wall(item.forecast_finish), offset)
    : item.state === "active" ? range(item.started_wall, wall(item.forecast_finish), offset) : "–";
  const actual = range(item.started_wall, item.finished_wall, offset);
  const done = item.state === "done";
  return (
    <>
      <span class="planned" title={words.programme.planned}>{plan}
        {item.extended === 0 ? null : <small> {item.extended > 0 ? "+" : "−"}{length(Math.abs(item.extended))}</small>}</span>
      <span class={done ? "actual" : "forecast"} title={done ? words.programme.actual : words.programme.forecast}>
        {done ? actual : item.state === "skipped" ? words.itemState.skipped : ahead}</span>
    </>
  );
}

function ItemRow({ item, place }: { item: WireItemView; place: number }) {
  const words = useWords();
  return (
    <li class={`item ${item.state}`} data-item={item.item} data-state={item.state} aria-current={item.state === "active" ? "step" : undefined}>
      <span class="place"><Icon name={STATE_ICONS[item.state]} label={words.itemState[item.state]} />{place}</span>
      <span class="name"><b title={item.title}>{item.title}</b>
        <small>{words.itemKind[item.kind]}{item.by === undefined ? "" : ` · ${item.by}`}</small></span>
      <span class="times"><Times item={item} /></span>
    </li>
  );
}

export function Programme() {
  const words = useWords();
  const { meeting } = useStore();
  const items = useDerived(() => itemsInOrder(meeting.model.value), [meeting]);
  const active = meeting.activeItem.value?.item;
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    box.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <section class="panel programme" id="panel-programme" tabIndex={-1} aria-label={words.programme.heading}>
      <header><h2><Icon name="agenda" />{words.programme.heading}</h2>
        <span class="legend dim">{words.programme.planned} / {words.programme.forecast}</span></header>
      <ol ref={box} class="items" tabIndex={0} data-first data-keys="own">
        {items.map((item, index) => <ItemRow key={item.item} item={item} place={index + 1} />)}
        {items.length === 0 ? <li class="empty">{words.programme.empty}</li> : null}
      </ol>
      <div class="buttons">
        <ActionButton id="start_item" icon="take" />
        <ActionButton id="finish_item" icon="stop" />
        <ActionButton id="skip_item" icon="skip" />
        <ActionButton id="extend_item" icon="plus" />
      </div>
    </section>
  );
}
