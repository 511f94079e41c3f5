// The log: events as they come, and those that happened before.
import type { JournalPage, Seq, WireEvent } from "@protocol";
import { parseHarmless } from "./harmless";

const LOG_KEPT = 300;
const LOG_RECALLED = 100;

/** In order of their numbers, each once, the latest ones. */
export function mergedLog(now: readonly WireEvent[], more: readonly WireEvent[]): readonly WireEvent[] {
  const last = now[now.length - 1];
  if (more.every((event) => !last || event.seq > last.seq)) {
    return [...now, ...more].slice(-LOG_KEPT);
  }
  const bySeq = new Map([...more, ...now].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-LOG_KEPT);
}

/** Events up to `seq` that the log has not, as far back as is worth showing. None when they cannot be had. */
export async function missedEvents(log: readonly WireEvent[], seq: Seq): Promise<readonly WireEvent[]> {
  const from = Math.max(1, seq - LOG_RECALLED, (log[log.length - 1]?.seq ?? 0) + 1);
  if (from > seq) {
    return [];
  }
  try {
    const answer = await fetch(`/api/v1/journal?from=${from}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (parseHarmless(await answer.text()) as JournalPage).events : [];
  } catch {
    return [];
  }
}
