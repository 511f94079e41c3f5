// What the screens show of a model: what runs now, how long, who follows, which part of the programme
// fits. Pure; every figure is the coordinator's.
import type { Instant, Span, WireItemView, WireTurnView } from "@protocol";
import { filmLeft, isLimited, remaining, timerPhase, type TimerPhase } from "./clock";
import type { Model } from "./model";
import { activeItem, isOpenTurn, itemsInOrder, nextItem, turnOnAir, turnsAsked, turnsInOrder, turnsOf, usualAllowance } from "./queries";

/** What the large figures count down to; `none`: there is nothing to count. */
export type CountKind = "speech" | "film" | "opening" | "break" | "item" | "none";

export interface Count {
  readonly kind: CountKind;
  /** Negative in overtime; undefined: no limit. */
  readonly left?: Span;
  readonly phase: TimerPhase;
}

const NOTHING_TO_COUNT: Count = { kind: "none", phase: "fine" };

function countOfSpeech(model: Model, now: Instant): Count | undefined {
  const timer = model.floor.timer;
  if (!turnOnAir(model) || !timer) {
    return undefined;
  }
  return isLimited(timer) ? { kind: "speech", left: remaining(timer, now), phase: timerPhase(timer, now) } : { kind: "speech", phase: "fine" };
}

/** To a planned moment; what should have come by then does not count on below nothing. */
function countTo(kind: CountKind, until: Instant, now: Instant): Count {
  return { kind, left: Math.max(0, until - now), phase: "fine" };
}

function countOfItem(model: Model, item: WireItemView, now: Instant): Count {
  const film = item.playback && filmLeft(item.playback, now);
  if (film !== undefined) {
    return { kind: "film", left: film, phase: "fine" };
  }
  const ends = model.bell.pause?.ends;
  if (ends !== undefined) {
    return countTo(item.kind === "reception" ? "opening" : "break", ends, now);
  }
  return item.planned_length !== undefined && item.forecast_finish !== undefined ? countTo("item", item.forecast_finish, now) : NOTHING_TO_COUNT;
}

export function countNow(model: Model, now: Instant): Count {
  const speech = countOfSpeech(model, now);
  if (speech) {
    return speech;
  }
  const item = activeItem(model);
  if (item) {
    return countOfItem(model, item, now);
  }
  const first = model.meeting.state === "closed" || model.meeting.opened !== undefined ? undefined : nextItem(model)?.forecast_start;
  return first === undefined ? NOTHING_TO_COUNT : countTo("opening", first, now);
}

/** How much of the allowance is left, 0 to 1; undefined where nothing limits it. */
export function shareLeft(model: Model, now: Instant): number | undefined {
  const timer = model.floor.timer;
  return timer && turnOnAir(model) && isLimited(timer) ? Math.min(1, Math.max(0, remaining(timer, now) / timer.allowance)) : undefined;
}

/** Who speaks after the one on air: who is cued, then the others of the item's lists in their order. */
export function turnsToCome(model: Model, most: number): WireTurnView[] {
  const item = activeItem(model) ?? nextItem(model);
  const waiting = turnsOf(model, item).filter((turn) => isOpenTurn(turn) && turn.approved && turn.turn !== model.floor.turn);
  const cued = waiting.filter((turn) => turn.turn === model.floor.cued);
  return [...cued, ...waiting.filter((turn) => turn.turn !== model.floor.cued)].slice(0, most);
}

export interface Request {
  readonly turn: WireTurnView;
  /** Proposed to whoever approves. */
  readonly allowance: Span | undefined;
}

/** Hands that wait for the chair, the oldest first. */
export function requests(model: Model): Request[] {
  return turnsAsked(turnsInOrder(model)).sort((a, b) => (a.raised ?? 0) - (b.raised ?? 0))
    .map((turn) => ({ turn, allowance: usualAllowance(model, turn) }));
}

export interface Progress {
  readonly done: number;
  readonly of: number;
}

export function progress(model: Model): Progress {
  const items = itemsInOrder(model).filter((item) => item.state !== "skipped");
  return { done: items.filter((item) => item.state === "done").length, of: items.length };
}

export interface AgendaPart {
  readonly items: readonly WireItemView[];
  /** So many are left out after these. */
  readonly after: number;
}

/** The items that fit: what runs, one that is over before it, and what comes. */
export function agendaPart(model: Model, room: number): AgendaPart {
  const items = itemsInOrder(model);
  const active = items.findIndex((item) => item.state === "active");
  const pending = items.findIndex((item) => item.state === "pending");
  const here = active >= 0 ? active : pending >= 0 ? pending : items.length - 1;
  const first = Math.max(0, Math.min(here - 1, items.length - room));
  const shown = items.slice(first, first + room);
  return { items: shown, after: items.length - first - shown.length };
}

export interface SheetRow {
  readonly number: number;
  readonly item: WireItemView;
  /** Of the speaking lists that this item is the first to have. */
  readonly turns: readonly WireTurnView[];
}

const GONE: readonly WireTurnView["state"][] = ["withdrawn", "skipped", "absent"];

/** A list that a break cuts in two stands under its first item. */
export function sheetRows(model: Model): SheetRow[] {
  const listed = new Set<string>();
  return itemsInOrder(model).map((item, index) => {
    const lists = item.lists.filter((list) => !listed.has(list));
    lists.forEach((list) => listed.add(list));
    const turns = turnsInOrder(model).filter((turn) => lists.includes(turn.list) && turn.approved && !GONE.includes(turn.state));
    return { number: index + 1, item, turns };
  });
}

/** Minutes and seconds apart, for a screen that is higher than wide: "+", "1:02", "07". */
export function figureParts(text: string): { readonly sign: string; readonly head: string; readonly tail: string } {
  const sign = text.startsWith("+") ? "+" : "";
  const cut = text.lastIndexOf(":");
  return { sign, head: text.slice(sign.length, cut), tail: text.slice(cut + 1) };
}
