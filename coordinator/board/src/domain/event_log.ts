// The log: events as they come, and those that happened before. Pure.
import type { WireEvent } from "@protocol";

const LOG_KEPT = 300;

/** In order of their numbers, each once, the latest ones. */
export function mergedLog(log: readonly WireEvent[], more: readonly WireEvent[]): readonly WireEvent[] {
  const last = log[log.length - 1];
  if (more.every((event) => !last || event.seq > last.seq)) {
    return [...log, ...more].slice(-LOG_KEPT);
  }
  const bySeq = new Map([...more, ...log].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-LOG_KEPT);
}
