// How long to wait before the next attempt: doubling, with jitter, so that all boards of a restarted
// coordinator do not come at once.
const FIRST_MS = 400;
const LONGEST_MS = 8000;

export function backoff(attempt: number, random: () => number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + random() * (whole / 2));
}
