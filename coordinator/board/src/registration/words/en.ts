// English.
import type { RegistrationWords } from "./dictionary";

export const registrationEn: RegistrationWords = {
  heading: "Registration of delegates",
  due: (when) => `send before ${when}`,
  registered: (when) => `The centre has it since ${when}. It may be changed and sent again.`,
  missing: "Not sent to the centre yet.",
  venue: "Room, place", chair: "Chair at the site (by office)", technician: "Technician on duty", contact: "Whom to ring", contactHint: "whom, and how",
  people: "Delegates", count: (category) => `${category}: how many`, names: (category) => `${category}: who`,
  namesHint: "one a line: name; post; unit; seat (or paste from Excel)",
  send: "Send registration", sendAgain: "Send what was changed", tooLong: "The list is too long: shorten posts and units.",
  privacy: "Names and contacts are seen by operators and technicians of the centre alone, and erased after the time that the plan names.",
  attendance: "Attendance", attended: (when) => `The centre has it since ${when}. It may be changed and sent again.`, notAttended: "Nobody has said yet who has come.",
  presence: { present: "Present", online: "Online", absent: "Absent" },
  unmarked: "Not known", reason: "Reason for absence", sendAttendance: "Send attendance", category: "Category", expected: "Registered",
  mark: (name) => `Attendance: ${name}`, reasonOf: (name) => `Reason for absence: ${name}`,
};
