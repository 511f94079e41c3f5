// A timer that runs while something hangs on it.
import { signal, type ReadonlySignal } from "@preact/signals";

/** Counts up. */
export function ticking(periodMs: number): ReadonlySignal<number> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const ticks = signal(0, {
    watched: () => {
      timer = setInterval(() => { ticks.value += 1; }, periodMs);
    },
    unwatched: () => clearInterval(timer),
  });
  return ticks;
}
