// The log: events as they come, and those that happened before; which kinds of them there are. Pure.
import type { WireEvent } from "@protocol";

/** `signals`: links and media that come and go by themselves; `plan`: what a meeting begins with. Both come by the hundred. */
export const LOG_KINDS = ["meeting", "floor", "sites", "alarms", "messages", "signals", "plan"] as const;
export type LogKind = typeof LOG_KINDS[number];

/** Hidden until somebody asks for them: they would push everything else out of view. */
export const NOISY_KINDS: readonly LogKind[] = ["signals", "plan"];

const LOG_KEPT = 300;

/** By the first part of an event's name; what is not named is of the meeting. */
const KIND_OF_AREA: Readonly<Record<string, LogKind>> = {
  turn: "floor", floor: "floor", timer: "floor", mic: "floor", scene: "floor", content: "floor",
  site: "sites", alarm: "alarms", message: "messages", relay: "signals",
};
const SIGNALS: readonly string[] = ["site.linked", "site.media_changed", "site.observed"];

export function logKind({ name, by }: WireEvent): LogKind {
  if (SIGNALS.includes(name)) {
    return "signals";
  }
  if (by.role === "system" && (name === "meeting.created" || name.endsWith(".added"))) {
    return "plan";
  }
  return KIND_OF_AREA[name.split(".")[0] ?? ""] ?? "meeting";
}

/** The latest ones: of what comes by the hundred, and of all else, so many each. */
function keptOf(log: readonly WireEvent[]): readonly WireEvent[] {
  if (log.length <= LOG_KEPT) {
    return log;
  }
  let noisy = 0;
  let others = 0;
  return [...log].reverse().filter((event) => {
    const isNoisy = NOISY_KINDS.includes(logKind(event));
    noisy += Number(isNoisy);
    others += Number(!isNoisy);
    return (isNoisy ? noisy : others) <= LOG_KEPT;
  }).reverse();
}

/** In order of their numbers, each once, the latest ones. */
export function mergedLog(log: readonly WireEvent[], more: readonly WireEvent[]): readonly WireEvent[] {
  const last = log[log.length - 1];
  if (more.every((event) => !last || event.seq > last.seq)) {
    return keptOf([...log, ...more]);
  }
  const bySeq = new Map([...more, ...log].map((event) => [event.seq, event]));
  return keptOf([...bySeq.values()].sort((a, b) => a.seq - b.seq));
}
