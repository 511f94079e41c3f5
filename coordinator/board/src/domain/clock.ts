// The coordinator's two clocks as seen from here, from the exchange with the smallest round trip
// among the latest ones (RFC 5905's clock filter in small). Every board computes the same countdown.
import type { Instant, Span, Stamp, WireFilmView, WireTimer } from "@protocol";

interface Sample {
  readonly roundTrip: number;
  /** Local monotonic time at which the server's clock showed this. */
  readonly local: number;
  readonly instant: Instant;
  /** Server's wall clock minus its instant. */
  readonly wallOffset: number;
}

const SAMPLES_KEPT = 8;

/**
 * The meeting's clock goes as every other, at a rate of 1. Only in a replay it goes faster, or stands (0): every
 * rate is a new reckoning.
 */
export class ServerClock {
  private samples: Sample[] = [];
  private rate = 1;

  constructor(private readonly local: () => number) {}

  /** A reply carrying the server's times, to a question asked at local time `asked`. */
  sample(asked: number, at: Instant, wall: Stamp, rate = 1): void {
    const answered = this.local();
    const local = asked + (answered - asked) / 2;
    if (rate !== this.rate) {
      this.samples = [];
      this.rate = rate;
    }
    const sample = { roundTrip: answered - asked, local, instant: at, wallOffset: wall - at };
    this.samples = [...this.samples, sample].slice(-SAMPLES_KEPT);
  }

  /** It was put there, or goes at another rate from there: known as well as one word tells it, until the next exchange. */
  put(at: Instant, wall: Stamp, rate: number): void {
    this.samples = [{ roundTrip: Infinity, local: this.local(), instant: at, wallOffset: wall - at }];
    this.rate = rate;
  }

  /** Forget what another run of the coordinator said. */
  reset(): void {
    this.samples = [];
  }

  private best(): Sample | undefined {
    return this.samples.reduce<Sample | undefined>(
      (best, one) => (best && best.roundTrip <= one.roundTrip ? best : one), undefined);
  }

  now(): Instant {
    const best = this.best();
    return best ? best.instant + (this.local() - best.local) * this.rate : this.local();
  }

  /** Wall clock of an instant, by the latest word of the server. */
  wallOf(instant: Instant): Stamp {
    return instant + (this.samples[this.samples.length - 1]?.wallOffset ?? 0);
  }

  roundTrip(): number | undefined {
    return this.best()?.roundTrip;
  }
}

export function spokenBy(timer: WireTimer, now: Instant): number {
  return timer.spoken + (timer.since === undefined ? 0 : Math.max(0, now - timer.since));
}

/** What is left of a film that is on air; undefined where nobody knows. */
export function filmLeft(film: WireFilmView, now: Instant): Span | undefined {
  if (!film.on_air || film.length === undefined || film.position === undefined || film.at === undefined) {
    return undefined;
  }
  const played = film.position + (film.state === "playing" ? Math.max(0, now - film.at) : 0);
  return Math.max(0, film.length - played);
}

/** An allowance of nothing is no limit: such a turn has no overtime. */
export function isLimited(timer: Pick<WireTimer, "allowance">): boolean {
  return timer.allowance > 0;
}

/** Negative in overtime. */
export function remaining(timer: WireTimer, now: Instant): number {
  return timer.allowance - spokenBy(timer, now);
}

export type TimerPhase = "fine" | "warning" | "overtime";

export function timerPhase(timer: WireTimer, now: Instant): TimerPhase {
  if (!isLimited(timer)) {
    return "fine";
  }
  const left = remaining(timer, now);
  return left < 0 ? "overtime" : left <= timer.warning ? "warning" : "fine";
}
