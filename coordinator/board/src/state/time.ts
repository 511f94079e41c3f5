// The coordinator's time as this board shows it, and the one timer for everything that counts.
import { signal } from "@preact/signals";
import type { Instant, Stamp } from "@protocol";
import { ServerClock } from "../domain/clock";
import { ticking } from "./ticks";

const PERIOD_MS = 40;
/** The coordinator's wall clock may be set while it runs; times of day that stand are then written again. */
const WALL_STEP_MS = 500;

export class Time {
  readonly clock = new ServerClock(() => performance.now());
  private readonly wallOffset = signal(0);
  private readonly ticks = ticking(PERIOD_MS);

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
