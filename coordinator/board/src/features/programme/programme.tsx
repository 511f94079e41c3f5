// The programme: planned, actual and forecast side by side.
import type { Instant, ItemId, ItemState, Stamp, WireItemView } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { length, plannedTime } from "../../domain/format";
import { itemsInOrder } from "../../domain/queries";
import type { Dictionary } from "../../i18n/dictionary";
import { useDerived } from "../../state/derived";
import type { Meeting } from "../../state/meeting";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon, type IconName } from "../../ui/icon";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import composer from "../../ui/composer.module.css";
import panel from "../../ui/panel.module.css";
import { Cuts } from "./cuts";
import css from "./programme.module.css";

const STATE_ICONS: Readonly<Record<ItemState, IconName>> = {
  pending: "clock", active: "take", done: "check", skipped: "skip", removed: "skip",
};

function planned(item: WireItemView, until: string, date: string): string {
  const start = item.planned_start === undefined ? "" : plannedTime(item.planned_start, date);
  const span = item.planned_length === undefined ? "" : length(item.planned_length);
  const end = item.fixed_end === undefined ? "" : `${until} ${plannedTime(item.fixed_end, date)}`;
  return [start, span, end].filter((part) => part !== "").join(" · ") || "–";
}

function range(from: Stamp | undefined, to: Stamp | undefined, meeting: Meeting): string {
  if (from === undefined) {
    return "–";
  }
  return `${meeting.timeOf(from)}–${to === undefined ? "" : meeting.timeOf(to)}`;
}

/** What has happened once it has; what is expected until then. */
function Times({ item }: { item: WireItemView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  const wall = (instant: Instant | undefined): Stamp | undefined => instant === undefined ? undefined : time.wallOf(instant);
  const plan = planned(item, words.programme.until, meeting.info.value.date);
  const ahead = item.state === "pending"
    ? range(wall(item.forecast_start), wall(item.forecast_finish), meeting)
    : item.state === "active" ? range(item.started_wall, wall(item.forecast_finish), meeting) : "–";
  const actual = range(item.started_wall, item.finished_wall, meeting);
  const done = item.state === "done";
  return (
    <>
      <span class={css.planned} title={words.programme.planned}>{plan}
        {item.extended === 0 ? null : <small> {item.extended > 0 ? "+" : "−"}{length(Math.abs(item.extended))}</small>}</span>
      <span class={done ? css.actual : css.forecast} title={done ? words.programme.actual : words.programme.forecast}>
        {done ? actual : item.state === "skipped" ? words.itemState.skipped : ahead}</span>
    </>
  );
}

function noteOn(item: WireItemView, words: Dictionary): string {
  return words.event["item.noted"]({ site: "", turn: "", item: item.title, detail: "" });
}

/** What somebody notes of an item, for the minutes. */
function NoteForm({ item, close }: { item: WireItemView; close: () => void }) {
  const words = useWords();
  const { server } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (text !== "" && server.give({ name: "item.note", args: { item: item.item, text } })) {
      close();
    }
  };
  useEffect(() => field.current?.focus(), [item.item]);
  return (
    <form class={composer.composer} onSubmit={submit} onKeyDown={(event) => { if (event.key === "Escape" && !event.isComposing) { close(); } }}>
      <input ref={field} name="note" maxLength={500} required autocomplete="off" placeholder={noteOn(item, words)} aria-label={noteOn(item, words)} />
      <button type="submit" class={button.button}>{words.messages.send}</button>
    </form>
  );
}

/** `begin` begins a note on an item; undefined where none can be given. */
function NoteButton({ item, begin }: { item: WireItemView; begin: ((item: ItemId) => void) | undefined }) {
  const label = noteOn(item, useWords());
  return begin ? <button type="button" class={button.link} data-note title={label} aria-label={label} onClick={() => begin(item.item)}><Icon name="log" /></button> : null;
}

function EditButton({ item }: { item: WireItemView }) {
  const label = `${useWords().actions.edit_item}: ${item.title}`;
  const { console, server } = useStore();
  return server.mayCommand("item.edit")
    ? <button type="button" class={button.link} data-edit-item title={label} aria-label={label} onClick={() => console.editItem(item.item)}><Icon name="pencil" /></button>
    : null;
}

function ItemRow({ item, place, begin }: { item: WireItemView; place: number; begin: ((item: ItemId) => void) | undefined }) {
  const words = useWords();
  return (
    <li class={css.item} data-item={item.item} data-state={item.state} aria-current={item.state === "active" ? "step" : undefined}>
      <span class={css.place}><Icon name={STATE_ICONS[item.state]} label={words.itemState[item.state]} />{place}</span>
      <span class={css.name}><b title={item.title}>{item.title}</b>
        <small><NoteButton item={item} begin={begin} /><EditButton item={item} /> {words.itemKind[item.kind]}{item.by === undefined ? "" : ` · ${item.by}`}
          {item.playback?.state === undefined ? "" : ` · ${words.filmState[item.playback.state]}`}</small></span>
      <span class={css.times}><Times item={item} /></span>
    </li>
  );
}

/** A programme as the office has it, into this one. */
function ImportButton() {
  const label = useWords().actions.import;
  const { console, server } = useStore();
  return server.mayCommand("item.edit")
    ? <button type="button" class={button.link} data-import title={label} aria-label={label} onClick={() => { console.dialog.value = "import"; }}><Icon name="take_in" /></button>
    : null;
}

export function Programme() {
  const words = useWords();
  const { meeting, server } = useStore();
  const [noted, setNoted] = useState<ItemId | undefined>(undefined);
  const mayNote = server.mayCommand("item.note") && meeting.state.value !== "closed";
  const items = useDerived(() => itemsInOrder(meeting.model.value), [meeting]);
  const active = meeting.activeItem.value?.item;
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    box.current?.querySelector("[data-state=active]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <section class={classes(panel.panel, css.programme)} id="panel-programme" tabIndex={-1} aria-label={words.programme.heading}>
      <header><h2><Icon name="agenda" />{words.programme.heading} <ImportButton /></h2>
        <span class="dim">{words.programme.planned} / {words.programme.forecast}</span></header>
      <ol ref={box} class={css.items} tabIndex={0} data-first data-keys="own">
        {items.map((item, index) => <ItemRow key={item.item} item={item} place={index + 1} begin={mayNote ? setNoted : undefined} />)}
        {items.length === 0 ? <li class="empty">{words.programme.empty}</li> : null}
      </ol>
      {items.filter((item) => mayNote && item.item === noted)
        .map((item) => <NoteForm key={item.item} item={item} close={() => setNoted(undefined)} />)}
      <Cuts />
      <div class={panel.buttons}>
        <ActionButton id="start_item" icon="take" />
        <ActionButton id="finish_item" icon="stop" />
        <ActionButton id="skip_item" icon="skip" />
        <ActionButton id="extend_item" icon="plus" />
      </div>
    </section>
  );
}
