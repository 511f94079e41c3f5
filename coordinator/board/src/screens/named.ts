// How speakers are named, and when items are. Pure.
import type { WireItemView, WireTurnView } from "@protocol";
import { plannedTime, timeOfDay } from "../domain/format";

export interface Named { readonly first: string; readonly second: string }

export function nameOf(turn: WireTurnView, site: string): Named {
  const first = turn.speaker ?? turn.unit;
  const rest = [turn.office, turn.speaker === undefined ? undefined : turn.unit, site].filter((part, index, all) =>
    part !== undefined && part !== "" && part !== first && all.indexOf(part) === index);
  return { first, second: rest.join(" · ") };
}

/** As it was, else as it is expected, else as the plan has it. */
export function itemTime(item: WireItemView, date: string, timeOf: (instant: number) => string): string {
  if (item.started !== undefined) {
    return timeOf(item.started);
  }
  return item.forecast_start !== undefined && item.state === "pending" ? timeOf(item.forecast_start)
    : item.planned_start === undefined ? "" : plannedTime(item.planned_start, date);
}

/** What the plan says, where that is another time. */
export function plannedIfOther(item: WireItemView, shown: string): string {
  const planned = item.planned_start === undefined ? "" : timeOfDay(item.planned_start);
  return planned === shown || planned === "" ? "" : planned;
}
