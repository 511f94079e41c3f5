// What the screens make of a model.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireItemView, WireSnapshot, WireTurnView } from "@protocol";
import { modelOf, type Model } from "../src/domain/model";
import { agendaPart, countNow, figureParts, progress, requests, shareLeft, sheetRows, turnsToCome } from "../src/domain/screens";
import { itemTime, nameOf, plannedIfOther } from "../src/screens/named";
import { en } from "../src/screens/words/en";
import { vi } from "../src/screens/words/vi";
import { snapshot, turn } from "./samples";

function model(change: Partial<WireSnapshot>): Model {
  return modelOf({ ...snapshot(), ...change });
}

function item(id: string, state: WireItemView["state"], more: Partial<WireItemView> = {}): WireItemView {
  return { item: id, kind: "report", title: id, lists: [], state, extended: 0, ...more };
}

const ON_AIR = { turns: [turn("t-1", "on_air"), turn("t-2", "waiting")], floor: { takes: 1, turn: "t-1", timer: { turn: "t-1", spoken: 0, allowance: 600_000, warning: 60_000, since: 1000 } } };

test("while somebody speaks the figures are of the turn: fine, then warned, then over", () => {
  assert.deepEqual(countNow(model(ON_AIR), 1000), { kind: "speech", left: 600_000, phase: "fine" });
  assert.deepEqual(countNow(model(ON_AIR), 561_000), { kind: "speech", left: 40_000, phase: "warning" });
  assert.deepEqual(countNow(model(ON_AIR), 613_000), { kind: "speech", left: -12_000, phase: "overtime" });
  assert.equal(shareLeft(model(ON_AIR), 301_000), 0.5);
  assert.equal(shareLeft(model(ON_AIR), 900_000), 0);
});

test("a turn without a limit has no figures, and a meeting with nobody on air none of a turn", () => {
  const unlimited = model({ ...ON_AIR, floor: { ...ON_AIR.floor, timer: { ...ON_AIR.floor.timer, allowance: 0 } } });
  assert.deepEqual(countNow(unlimited, 2000), { kind: "speech", phase: "fine" });
  assert.equal(shareLeft(unlimited, 2000), undefined);
  assert.equal(countNow(model({}), 2000).kind, "none");
});

test("a break counts down to its end, a film to its own, an item to its forecast, and none below nothing", () => {
  const pause = model({ items: [item("break", "active", { kind: "break" })], bell: { held: false, pause: { kind: "break", ends: 61_000 } } });
  assert.deepEqual(countNow(pause, 1000), { kind: "break", left: 60_000, phase: "fine" });
  assert.deepEqual(countNow(pause, 90_000), { kind: "break", left: 0, phase: "fine" });
  const film = model({ items: [item("film", "active", { playback: { film: "f.mp4", state: "playing", on_air: true, length: 90_000, position: 0, at: 1000 } as never })] });
  assert.deepEqual(countNow(film, 31_000), { kind: "film", left: 60_000, phase: "fine" });
  const timed = model({ items: [item("report", "active", { planned_length: 60_000, forecast_finish: 70_000 })] });
  assert.deepEqual(countNow(timed, 10_000), { kind: "item", left: 60_000, phase: "fine" });
});

test("before the opening it is counted to the first item, and after the closing to nothing", () => {
  const first = { items: [item("opening", "pending", { forecast_start: 120_000 })] };
  const draft = snapshot().meeting;
  assert.deepEqual(countNow(model({ ...first, meeting: { ...draft, state: "assembling" } }), 60_000), { kind: "opening", left: 60_000, phase: "fine" });
  assert.equal(countNow(model({ ...first, meeting: { ...draft, state: "closed" } }), 60_000).kind, "none");
});

test("who follows: who is cued first, nobody who waits for approval, as many as there is room for", () => {
  const asked = { ...turn("t-4", "waiting"), approved: false };
  const turns = [turn("t-1", "on_air"), turn("t-2", "waiting"), turn("t-3", "cued"), asked, turn("t-5", "waiting")];
  const shown = model({ turns, floor: { takes: 1, turn: "t-1", cued: "t-3" } });
  assert.deepEqual(turnsToCome(shown, 2).map((one) => one.turn), ["t-3", "t-2"]);
  assert.deepEqual(turnsToCome(shown, 9).map((one) => one.turn), ["t-3", "t-2", "t-5"]);
  assert.deepEqual(requests(shown).map((one) => [one.turn.turn, one.allowance]), [["t-4", 600_000]]);
});

test("requests stand in the order in which hands were raised", () => {
  const hand = (id: string, raised: number): WireTurnView => ({ ...turn(id, "waiting"), approved: false, allowance: 0, raised });
  assert.deepEqual(requests(model({ turns: [hand("late", 9), hand("early", 5)] })).map((one) => [one.turn.turn, one.allowance]),
    [["early", undefined], ["late", undefined]]);
});

test("of a long programme the part is shown where the meeting is, and what is left out is counted", () => {
  const items = Array.from({ length: 12 }, (_, n) => item(`i${n}`, n < 6 ? "done" : n === 6 ? "active" : "pending"));
  const part = agendaPart(model({ items }), 5);
  assert.deepEqual(part.items.map((one) => one.item), ["i5", "i6", "i7", "i8", "i9"]);
  assert.equal(part.after, 2);
  assert.deepEqual(progress(model({ items: [...items, item("x", "skipped")] })), { done: 6, of: 12 });
  const over = agendaPart(model({ items: items.map((one) => ({ ...one, state: "done" as const })) }), 5);
  assert.deepEqual([over.items.at(-1)?.item, over.after], ["i11", 0]);
  assert.equal(agendaPart(model({ items: items.slice(0, 3) }), 5).items.length, 3);
});

test("a speaking list that a break cuts in two stands once, without who is gone", () => {
  const rows = sheetRows(model({
    items: [item("a", "active", { lists: ["talks"] }), item("b", "pending"), item("c", "pending", { lists: ["talks"] })],
    turns: [turn("t-1", "done"), turn("t-2", "absent"), turn("t-3", "waiting"), { ...turn("t-4", "waiting"), approved: false }],
  }));
  assert.deepEqual(rows.map((row) => [row.number, row.turns.map((one) => one.turn)]), [[1, ["t-1", "t-3"]], [2, []], [3, []]]);
});

test("figures come apart at the seconds, with their sign", () => {
  assert.deepEqual(figureParts("04:07"), { sign: "", head: "04", tail: "07" });
  assert.deepEqual(figureParts("+1:02:03"), { sign: "+", head: "1:02", tail: "03" });
});

test("a speaker is named once: by name and office, else by unit, with the site where that says more", () => {
  assert.deepEqual(nameOf({ ...turn("t", "waiting"), speaker: "Trưởng ban", office: "Ban Dân vận" }, "Hà Nội"),
    { first: "Trưởng ban", second: "Ban Dân vận · Cần Thơ · Hà Nội" });
  assert.deepEqual(nameOf(turn("t", "waiting"), "Cần Thơ"), { first: "Cần Thơ", second: "" });
});

test("an item has the time it began, else what is expected, else what is planned, which stands beside where it differs", () => {
  const at = (instant: number): string => `at ${instant}`;
  assert.equal(itemTime(item("a", "active", { started: 5, planned_start: 27_000_000 }), "2022-07-15", at), "at 5");
  assert.equal(itemTime(item("a", "pending", { forecast_start: 6, planned_start: 27_000_000 }), "2022-07-15", at), "at 6");
  assert.equal(itemTime(item("a", "pending", { planned_start: 27_000_000 }), "2022-07-15", at), "07:30");
  assert.equal(plannedIfOther(item("a", "pending", { planned_start: 27_000_000 }), "07:34"), "07:30");
  assert.equal(plannedIfOther(item("a", "pending", { planned_start: 27_000_000 }), "07:30"), "");
});

test("both languages say everything, and not the same", () => {
  const texts = (of: object): string[] => Object.values(of).flatMap((one: unknown) => typeof one === "string" ? [one] : one !== null && typeof one === "object" ? texts(one) : []);
  assert.equal(texts(vi).length, texts(en).length);
  assert.deepEqual(texts(vi).filter((text) => text.length === 0), []);
  assert.deepEqual(texts(vi).filter((text, n) => text === texts(en)[n]), []);
});
