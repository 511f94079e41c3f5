// English.
import type { ScreenDictionary } from "./dictionary";

export const en: ScreenDictionary = {
  language: "en",
  otherLanguage: "Tiếng Việt",
  titles: { hall: "Hall screen", speaker: "Speaker's screen", watcher: "Follow the conference", run_sheet: "Run sheet", chair: "The chair's page" },
  rehearsal: "REHEARSAL",
  replay: "REPLAY",

  connecting: "Connecting to the centre…",
  lost: (time) => `Connection to the centre lost since ${time}. Connecting again by itself.`,
  removed: "This link is no longer valid",
  removedMore: "The centre has removed it, or a part of the address is missing. Please ask the technician at the centre for a new address.",
  noLink: "The part of the address after # is missing",
  noLinkMore: "Please enter the whole address that the centre gave for this screen.",

  login: {
    heading: "Sign in", account: "Account", password: "Password", enter: "Sign in", wrong: "Wrong account or password.",
    slow: "Too many attempts. Please wait a moment.", failed: "Could not sign in: the server does not answer.", leave: "Sign out",
  },

  beginsIn: "Begins in",
  opensIn: "Opens in",
  resumesIn: "Resumes in",
  timeLeft: "Time left",
  over: "OVERTIME",
  soonOver: "NEARLY OVER",
  noLimit: "No limit",
  interrupted: "Interrupted",
  speaking: "Speaking",
  nobody: "Nobody is speaking",
  next: "Next",
  nobodyNext: "Nobody else is on the list",
  now: "Now",
  programme: "Programme",
  expectedEnd: "Expected to end",
  notBegun: "Not yet opened",
  ended: "The conference is closed",
  adjourned: "The conference is adjourned",
  waitForNext: "The next item is about to begin",
  more: (items) => items === 1 ? "and 1 more item" : `and ${items} more items`,
  progress: (done, of) => `${done} of ${of} items done`,
  item: { done: "Done", active: "Now", pending: "To come", skipped: "Skipped", removed: "Taken out" },
  by: "By",
  onTime: "On time",
  late: (time) => `${time} late`,
  early: (time) => `${time} early`,

  sheet: {
    number: "No.", planned: "Time", content: "Content", by: "By", actual: "Actual, expected",
    state: (time) => `As of ${time}`, print: "Print", list: "Speaking list", expected: (time) => `expected ${time}`, place: "Place", chairs: "In the chair",
  },

  chair: {
    requests: "Requests to speak", none: "Nobody asks to speak.", approve: "Approve", decline: "No", sure: "Press again",
    minutes: (minutes) => `${minutes} min`, refused: (why) => `Not done: ${why}`, onlyChair: "This page is for an account of the chair. Please sign in with that account.",
    nextThree: "The next three", topic: "Topic",
  },
};
