// A meeting that is played: where it can be steered. Pure.
import type { Instant, WireReplay, WireReplayMark, WireSteer } from "@protocol";

export type Steering = Omit<WireSteer, "type">;

export const SPEEDS: readonly number[] = [1, 2, 4, 8, 16, 30, 60, 120, 300];
export const STEP_MS = 60_000;
/** Who asks for the item before means no other than the last one. */
const BEHIND_MS = 2_000;

/** The next speed up or down; undefined at either end. */
export function paced({ speed }: WireReplay, step: -1 | 1): Steering | undefined {
  const next = step > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.filter((one) => one < speed).at(-1);
  return next === undefined ? undefined : { how: "speed", speed: next };
}

/** The item under way, by the times at which items began. */
export function markAt({ marks }: WireReplay, now: Instant): WireReplayMark | undefined {
  return marks.filter((mark) => mark.at <= now).at(-1);
}

export function nextMark({ marks }: WireReplay, now: Instant): WireReplayMark | undefined {
  return marks.find((mark) => mark.at > now);
}

export function previousMark({ marks, rate }: WireReplay, now: Instant): WireReplayMark | undefined {
  return marks.filter((mark) => mark.at < now - Math.min(rate, 1) * BEHIND_MS).at(-1);
}

export function toMark(mark: WireReplayMark | undefined): Steering | undefined {
  return mark && { how: "time", at: mark.at };
}

/** How far along, from 0 to 1. */
export function shareOf({ begins, ends }: WireReplay, at: Instant): number {
  return Math.min(1, Math.max(0, (at - begins) / Math.max(1, ends - begins)));
}
