// The meetings of the installation, as the coordinator lists them.
import type { HeldMeeting, HeldMeetingsList } from "@protocol";

/** Undefined: it could not be asked. */
export async function heldMeetings(): Promise<readonly HeldMeeting[] | undefined> {
  try {
    const answer = await fetch("/api/v1/meetings", { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json() as HeldMeetingsList).meetings : undefined;
  } catch {
    return undefined;
  }
}
