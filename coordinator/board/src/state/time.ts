// The coordinator's time as this board shows it, and the one timer for everything that counts.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Instant, Stamp } from "@protocol";
import { ServerClock } from "../domain/clock";

const PERIOD_MS = 40;
/** The coordinator's wall clock may be set while it runs; times of day that stand are then written again. */
const WALL_STEP_MS = 500;

export class Time {
  readonly clock = new ServerClock(() => performance.now());
  private readonly wallOffset = signal(0);
  private timer: ReturnType<typeof setInterval> | undefined;

  /** Counts up while something hangs on it. */
  private readonly ticks: ReadonlySignal<number> = this.ticking();

  private ticking(): ReadonlySignal<number> {
    const ticks = signal(0, {
      watched: () => {
        this.timer = setInterval(() => { ticks.value += 1; }, PERIOD_MS);
      },
      unwatched: () => clearInterval(this.timer),
    });
    return ticks;
  }

  /** After an exchange with the server. */
  sampled(): void {
    const offset = this.clock.wallOf(0);
    if (Math.abs(offset - this.wallOffset.peek()) >= WALL_STEP_MS) {
      this.wallOffset.value = offset;
    }
  }

  /** By the coordinator's clock. What is derived from it is derived again at every tick. */
  now(): Instant {
    void this.ticks.value;
    return this.clock.now();
  }

  /** By this machine's clock, likewise. */
  localNow(): number {
    void this.ticks.value;
    return performance.now();
  }

  /** Wall clock of an instant. */
  wallOf(instant: Instant): Stamp {
    return instant + this.wallOffset.value;
  }
}
