// What a form has that is different from what was there when it was opened, as a command: what stayed as it
// was is left out, so that somebody else's edit of it meanwhile stays too. Pure.
import type {
  Command, DocumentForm, DocumentHead, ItemId, ItemKind, ItemTime, ListId, SiteId, Span, TimeOfDay, WireItemView, WireMeetingView, WireTurnView,
} from "@protocol";
import { dateOf, timeOfDay } from "./format";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The members of `form` that differ from `was`. */
function changed<T extends object>(was: T, form: T): Partial<T> {
  const pairs = Object.entries(form).filter(([name, value]) => value !== was[name as keyof T]);
  return Object.fromEntries(pairs) as Partial<T>;
}

function isEmpty(args: object): boolean {
  return Object.keys(args).length === 0;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, place) => text === other[place]);
}

/** A text of many lines; empty ones say nothing. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

// ---- turns ----

export interface TurnForm {
  readonly site: SiteId;
  readonly unit: string;
  readonly speaker: string;
  readonly office: string;
  readonly topic: string;
}

export function turnForm(turn: WireTurnView): TurnForm {
  return { site: turn.site, unit: turn.unit, speaker: turn.speaker ?? "", office: turn.office ?? "", topic: turn.topic };
}

export function turnEdit(turn: WireTurnView, form: TurnForm): Command | undefined {
  const args = changed(turnForm(turn), form);
  return isEmpty(args) ? undefined : { name: "turn.edit", args: { turn: turn.turn, ...args } };
}

/** By telephone: where it comes in, "" for not at all, and who is on the line. */
export interface TelephoneForm {
  readonly at: SiteId;
  readonly note: string;
}

export function telephoneForm(turn: WireTurnView): TelephoneForm {
  return { at: turn.telephone ?? "", note: turn.telephone_note ?? "" };
}

export function telephoneEdit(turn: WireTurnView, form: TelephoneForm): Command | undefined {
  const was = telephoneForm(turn);
  if (isEmpty(changed(was, form)) || (was.at === "" && form.at === "")) {
    return undefined;
  }
  const note = form.note.trim();
  return { name: "turn.telephone", args: { turn: turn.turn, ...(form.at === "" ? {} : { at: form.at, ...(note === "" ? {} : { note }) }) } };
}

/** Whether it may still be spoken by telephone, or no more: also while it is on air. */
export function canTelephone(turn: WireTurnView): boolean {
  return turn.state === "waiting" || turn.state === "cued" || turn.state === "interrupted" || turn.state === "on_air";
}

/** Whether it can still be spoken from another site. */
export function canMoveTurn(turn: WireTurnView): boolean {
  return turn.state !== "on_air" && turn.state !== "done";
}

// ---- items ----

export interface ItemForm {
  readonly kind: ItemKind;
  readonly title: string;
  readonly by: string;
  readonly film: string;
  /** As the fields of a form write them: 2022-07-15T08:00, minutes; empty for none. */
  readonly start: string;
  readonly minutes: string;
  readonly end: string;
  readonly lists: readonly ListId[];
}

/** A time counted from midnight of the meeting's date, with its day. */
function fieldOf(time: TimeOfDay | undefined, date: string): string {
  return time === undefined ? "" : `${dateOf(Date.parse(date) + time, 0)}T${timeOfDay(time % DAY_MS)}`;
}

function timeOf(field: string, date: string): TimeOfDay {
  return Date.parse(`${field}Z`) - Date.parse(date);
}

export function itemForm(item: WireItemView, date: string): ItemForm {
  return {
    kind: item.kind, title: item.title, by: item.by ?? "", film: item.film ?? "",
    start: fieldOf(item.planned_start, date),
    minutes: item.planned_length === undefined ? "" : String(item.planned_length / MINUTE_MS),
    end: fieldOf(item.fixed_end, date),
    lists: item.lists,
  };
}

interface Times { planned_start?: TimeOfDay; planned_length?: Span; fixed_end?: TimeOfDay; clear?: ItemTime[] }

/** Times that were given or emptied. */
function timesOf(form: Partial<ItemForm>, date: string): Times {
  const cleared: ItemTime[] = [
    ...(form.start === "" ? ["planned_start" as const] : []),
    ...(form.minutes === "" ? ["planned_length" as const] : []),
    ...(form.end === "" ? ["fixed_end" as const] : []),
  ];
  return {
    ...(form.start ? { planned_start: timeOf(form.start, date) } : {}),
    ...(form.minutes ? { planned_length: Math.round(Number(form.minutes) * MINUTE_MS) } : {}),
    ...(form.end ? { fixed_end: timeOf(form.end, date) } : {}),
    ...(cleared.length > 0 ? { clear: cleared } : {}),
  };
}

export function itemEdit(item: WireItemView, form: ItemForm, date: string): Command | undefined {
  const { start, minutes, end, lists, ...words } = changed(itemForm(item, date), form);
  const times = { ...(start === undefined ? {} : { start }), ...(minutes === undefined ? {} : { minutes }), ...(end === undefined ? {} : { end }) };
  const args = {
    ...words, ...timesOf(times, date),
    ...(lists === undefined || same(lists, item.lists) ? {} : { lists: [...lists] }),
  };
  return isEmpty(args) ? undefined : { name: "item.edit", args: { item: item.item, ...args } };
}

export interface NewItemForm extends ItemForm {
  /** The item it goes before; empty: to the end. */
  readonly before: ItemId;
}

export function newItemForm(): NewItemForm {
  return { kind: "other", title: "", by: "", film: "", start: "", minutes: "", end: "", lists: [], before: "" };
}

/** An id that nothing in the programme has. */
function freeItemId(items: readonly WireItemView[]): ItemId {
  const taken = new Set(items.map(({ item }) => item));
  let place = items.length + 1;
  while (taken.has(`them-${place}`)) {
    place += 1;
  }
  return `them-${place}`;
}

export function itemInsert(items: readonly WireItemView[], { kind, title, by, film, lists, before, start, minutes, end }: NewItemForm, date: string): Command {
  const { planned_start, planned_length, fixed_end } = timesOf({ start, minutes, end }, date);
  return { name: "item.insert", args: {
    item: freeItemId(items), kind, title, lists: [...lists],
    ...(by === "" ? {} : { by }), ...(film === "" || kind !== "film" ? {} : { film }), ...(before === "" ? {} : { before }),
    ...(planned_start === undefined ? {} : { planned_start }), ...(planned_length === undefined ? {} : { planned_length }),
    ...(fixed_end === undefined ? {} : { fixed_end }),
  } };
}

/** Lists and times only as long as they act upon the course. */
export function canPlanItem(item: WireItemView): boolean {
  return item.state === "pending" || item.state === "active";
}

// ---- the meeting ----

const CHAIRS_MAX = 4;

export interface MeetingForm {
  readonly name: string;
  readonly host: string;
  readonly place: string;
  readonly date: string;
  readonly form: DocumentForm;
  /** One on each line, the first of them first. */
  readonly chairs: string;
  readonly titleLines: string;
  /** As a form's field writes it; empty for none. */
  readonly hardEnd: string;
  /** Hands that ask for no more are approved at once; empty: none is. */
  readonly handMinutes: string;
  readonly superior: string;
  readonly number: string;
  readonly symbol: string;
  readonly locality: string;
  readonly secretary: string;
  readonly recipients: string;
}

export function meetingForm({ name, host, place, date, form, chairs, title_lines, document: head = {}, hard_end, hand_allowance }: WireMeetingView): MeetingForm {
  return {
    name, host, place, date, form, chairs: (chairs ?? []).join("\n"), titleLines: title_lines.join("\n"), hardEnd: fieldOf(hard_end, date),
    handMinutes: hand_allowance === undefined ? "" : String(hand_allowance / MINUTE_MS),
    superior: head.superior ?? "", number: head.number ?? "", symbol: head.symbol ?? "", locality: head.locality ?? "",
    secretary: head.secretary ?? "", recipients: (head.recipients ?? []).join("\n"),
  };
}

/** All of the head: what is empty is left out of it. */
function headOf({ superior, number, symbol, locality, secretary, recipients }: MeetingForm): DocumentHead {
  const texts = Object.entries({ superior, number, symbol, locality, secretary }).filter(([, text]) => text !== "");
  const lines = linesOf(recipients);
  return { ...Object.fromEntries(texts), ...(lines.length > 0 ? { recipients: lines } : {}) };
}

export function meetingEdit(meeting: WireMeetingView, form: MeetingForm): Command | undefined {
  const { name, host, place, date, form: kind, chairs, titleLines, hardEnd, handMinutes, ...head } = changed(meetingForm(meeting), form);
  const plain = Object.entries({ name, host, place, date, form: kind }).filter(([, text]) => text !== undefined);
  const args = {
    ...Object.fromEntries(plain),
    ...(chairs === undefined ? {} : { chairs: linesOf(chairs).slice(0, CHAIRS_MAX) }),
    ...(titleLines === undefined ? {} : { title_lines: linesOf(titleLines) }),
    ...(hardEnd === undefined ? {} : { hard_end: hardEnd === "" ? 0 : timeOf(hardEnd, meeting.date) }),
    ...(handMinutes === undefined ? {} : { hand_allowance: Math.round(Number(handMinutes) * MINUTE_MS) }),
    ...(isEmpty(head) ? {} : { document: headOf(form) }),
  };
  return isEmpty(args) ? undefined : { name: "meeting.edit", args };
}
