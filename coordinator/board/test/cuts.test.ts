// The ways to end in time: each is the one command that the coordinator offers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutCommand } from "../src/domain/cuts";
import { meetingEdit, meetingForm } from "../src/domain/edits";
import { snapshot } from "./samples";

const FIGURES = { gain: 600_000, enough: true };

test("each way is its command, with what the coordinator says it carries", () => {
  assert.deepEqual(cutCommand({ way: "shorten_rest", keep: 870, ...FIGURES }), { name: "programme.shorten", args: { keep: 870 } });
  assert.deepEqual(cutCommand({ way: "drop_requests", turns: ["t-9", "t-8"], ...FIGURES }), { name: "turn.drop", args: { turns: ["t-9", "t-8"] } });
  assert.deepEqual(cutCommand({ way: "shorten_break", item: "nghi", by: -600_000, ...FIGURES }),
    { name: "item.extend", args: { item: "nghi", by: -600_000 } });
  assert.deepEqual(cutCommand({ way: "shorten_break", item: "nghi", fixed_end: 33_600_000, ...FIGURES }),
    { name: "item.edit", args: { item: "nghi", fixed_end: 33_600_000 } });
});

test("a way without what it needs gives no command", () => {
  assert.equal(cutCommand({ way: "shorten_rest", ...FIGURES }), undefined);
  assert.equal(cutCommand({ way: "drop_requests", ...FIGURES }), undefined);
  assert.equal(cutCommand({ way: "shorten_break", item: "nghi", ...FIGURES }), undefined);
});

test("a hard end and the minutes of hands are written in the form of the meeting", () => {
  const meeting = snapshot().meeting;
  const form = { ...meetingForm(meeting), hardEnd: "2022-07-15T11:30", handMinutes: "3" };
  assert.deepEqual(meetingEdit(meeting, form), { name: "meeting.edit", args: { hard_end: 41_400_000, hand_allowance: 180_000 } });
  const given = { ...meeting, hard_end: 41_400_000, hand_allowance: 180_000 };
  assert.equal(meetingForm(given).hardEnd, "2022-07-15T11:30");
  assert.deepEqual(meetingEdit(given, { ...meetingForm(given), hardEnd: "", handMinutes: "" }),
    { name: "meeting.edit", args: { hard_end: 0, hand_allowance: 0 } });
});
