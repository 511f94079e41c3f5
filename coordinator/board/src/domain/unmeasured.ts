// Whether anybody measures media now: while the relay is lost, what is known of them is old.
import { clock } from "../state/board";
import { wallTime } from "./format";
import type { Model } from "./model";

/** HH:MM from which on media are not known; undefined while the relay measures them. */
export function unmeasuredSince(now: Model): string | undefined {
  return now.relay.link === "lost" && now.relay.since !== undefined
    ? wallTime(clock.wallOf(now.relay.since), now.meeting.utc_offset) : undefined;
}
