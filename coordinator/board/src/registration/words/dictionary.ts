// What a form of registration and attendance says, on the site page and on the board.
import type { Presence } from "../delegates";

export interface RegistrationWords {
  readonly heading: string;
  due(when: string): string;
  registered(when: string): string;
  readonly missing: string;
  readonly venue: string; readonly chair: string; readonly technician: string; readonly contact: string; readonly contactHint: string;
  readonly people: string; count(category: string): string; names(category: string): string; readonly namesHint: string;
  readonly send: string; readonly sendAgain: string; readonly tooLong: string; readonly privacy: string;
  readonly attendance: string; attended(when: string): string; readonly notAttended: string;
  readonly presence: Readonly<Record<Presence, string>>;
  readonly unmarked: string; readonly reason: string; readonly sendAttendance: string; readonly category: string; readonly expected: string;
  mark(name: string): string; reasonOf(name: string): string;
}
