// What happened before this page was open, or while it was cut off.
import type { JournalPage, Seq, WireEvent } from "@protocol";
import { parseHarmless } from "./harmless";

/** So many that the links of a large meeting do not hide what happened before them. */
const LOG_RECALLED = 600;

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
