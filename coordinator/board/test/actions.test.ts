import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, WireMessage } from "@protocol";
import { actionById, commandOf, turnToResume, type ActionId, type Scope } from "../src/domain/actions";
import { backoff } from "../src/net/backoff";
import { Commands } from "../src/net/commands";
import { fitGrid } from "../src/features/sites/grid";
import { keyName } from "../src/domain/keys";
import { modelOf, type Model } from "../src/domain/model";
import { mayCommand, maySee } from "../src/domain/rights";
import { snapshot, turn } from "./samples";

function scope(change: Partial<Model>, rest: Partial<Scope> = {}): Scope {
  return { model: { ...modelOf(snapshot()), ...change }, role: "operator", pending: new Map(), serverTime: 5000, selected: "t-2", ...rest };
}

function offered(id: ActionId, around: Scope): Command | undefined {
  return commandOf(actionById(id), around);
}

test("take names the very turn that is selected", () => {
  assert.deepEqual(offered("take", scope({})), { name: "floor.take", args: { turn: "t-2" } });
  assert.equal(offered("take", scope({}, { selected: "t-1" })), undefined);
});

test("while a command of the floor is on its way no other of the floor is given", () => {
  const pending = new Map([["x", { type: "command" as const, id: "x", name: "floor.take" as const, args: { turn: "t-2" } }]]);
  assert.equal(offered("take", scope({}, { pending })), undefined);
  assert.notEqual(offered("cue", scope({}, { pending })), undefined);
});

test("resume means the interrupted turn, the selected one before another, and none while somebody speaks", () => {
  const turns = new Map(["t-1", "t-2", "t-3"].map((id) => [id, turn(id, id === "t-1" ? "waiting" : "interrupted")]));
  const model = { turns, turnOrder: [...turns.keys()] };
  assert.equal(turnToResume(scope(model, { selected: "t-1" }))?.turn, "t-2");
  assert.equal(turnToResume(scope(model, { selected: "t-3" }))?.turn, "t-3");
  assert.equal(turnToResume(scope({ ...model, floor: { takes: 1, turn: "t-1" } }, { selected: "t-3" })), undefined);
});

test("undo ends at its instant", () => {
  const floor = { takes: 1, take: 1, turn: "t-2", undo_until: 6000 };
  assert.deepEqual(offered("undo", scope({ floor })), { name: "floor.undo", args: { take: 1 } });
  assert.equal(offered("undo", scope({ floor }, { serverTime: 6000 })), undefined);
});

test("all alarms of the gravest kind are meant up to the last that is shown", () => {
  const kinds = ["site_lost", "clock_off", "site_lost", "site_lost"] as const;
  const alarms = new Map(kinds.map((kind, n) => [n + 1, { alarm: n + 1, kind, at: 1, wall: 1, acknowledged: n === 3 }]));
  assert.deepEqual(offered("acknowledge_all", scope({ alarms })), { name: "alarm.acknowledge", args: { alarm: 3, kind: "site_lost" } });
  alarms.forEach((alarm) => { alarm.acknowledged = true; });
  assert.equal(offered("acknowledge_all", scope({ alarms })), undefined);
});

test("moving down past the last but one leaves `before` away", () => {
  const turns = new Map(["t-1", "t-2", "t-3"].map((id) => [id, turn(id, "waiting")]));
  const model = { turns, turnOrder: [...turns.keys()] };
  assert.deepEqual(offered("move_down", scope(model)), { name: "turn.move", args: { turn: "t-2" } });
  assert.deepEqual(offered("move_up", scope(model)), { name: "turn.move", args: { turn: "t-2", before: "t-1" } });
  assert.deepEqual(offered("move_down", scope(model, { selected: "t-1" })), { name: "turn.move", args: { turn: "t-1", before: "t-3" } });
});

test("an unanswered command is repeated under its own id, an answered one is not", () => {
  const sent: WireMessage[] = [];
  const commands = new Commands("0123456789abcdef0123456789abcdef", (message) => sent.push(message) > 0, () => undefined);
  commands.give({ name: "floor.take", args: { turn: "t-2" } }, 41);
  commands.give({ name: "meeting.open", args: {} }, 41);
  const [take, open] = sent as { id: string; expect: number }[];
  assert.equal(take?.expect, 41);
  assert.notEqual(take.id, open?.id);
  commands.answered({ type: "accepted", id: String(open?.id), seq: 42 });
  commands.repeat();
  assert.deepEqual(sent[2], sent[0]);
  assert.equal(sent.length, 3);
});

test("a command given to a dead connection is not kept", () => {
  const commands = new Commands("0123456789abcdef0123456789abcdef", () => false, () => undefined);
  assert.equal(commands.give({ name: "meeting.open", args: {} }, 1), false);
  assert.equal(commands.pending.value.size, 0);
});

test("back-off doubles up to its bound and keeps its jitter within half", () => {
  assert.equal(backoff(0, () => 0), 200);
  assert.equal(backoff(0, () => 1), 400);
  assert.equal(backoff(50, () => 1), 8000);
});

test("a viewer is offered nothing, a technician no floor", () => {
  assert.equal(mayCommand("viewer", "alarm.acknowledge"), false);
  assert.equal(mayCommand("technician", "alarm.acknowledge"), true);
  assert.equal(mayCommand("technician", "floor.take"), false);
  assert.equal(mayCommand("operator", "floor.take"), true);
  assert.equal(mayCommand("operator", "site.mute"), false);
  assert.equal(mayCommand(undefined, "floor.take"), false);
});

test("a viewer is shown neither alarms nor messages, everybody else is", () => {
  for (const name of ["alarm.raised", "message.sent"] as const) {
    assert.deepEqual((["viewer", "chair", "technician", "operator"] as const).map((role) => maySee(role, name)), [false, true, true, true]);
  }
  assert.equal(maySee("viewer", "floor.taken"), true);
});

const named = (key: string, code: string, shiftKey = false): string | undefined => keyName({ key, code, shiftKey });

test("Caps Lock does not change what a key means", () => {
  assert.equal(named("E", "KeyE"), "e");
  assert.equal(named("e", "KeyE", true), "E");
  assert.equal(named("ArrowUp", "ArrowUp", true), "Shift+ArrowUp");
  assert.equal(named("?", "Slash", true), "?");
});

test("with a Vietnamese input method on, a key is the one that was pressed", () => {
  assert.equal(named("ê", "KeyE"), "e");
  assert.equal(named("ư", "KeyW"), "w");
  assert.equal(named("Ô", "KeyO", true), "O");
  assert.equal(named("Process", "KeyR"), "r");
  assert.equal(named("ă", "Digit1"), "1", "on the Vietnamese layout");
  assert.equal(named("Process", "Slash", true), "?");
  assert.equal(named("Dead", "KeyA"), "a");
});

test("a letter that an input method typed by itself is no key, and no other key is guessed", () => {
  assert.equal(named("ê", ""), undefined);
  assert.equal(named("Process", ""), undefined);
  assert.equal(named("Unidentified", ""), undefined);
  assert.equal(named("Backspace", ""), "Backspace");
});

test("a keyboard without codes, and one of another layout, mean what they write", () => {
  assert.equal(named("e", ""), "e");
  assert.equal(named("E", "", true), "E");
  assert.equal(named("q", "KeyX"), "q", "Dvorak");
});

test("64 sites and their regions stand on a Full HD screen without a scroll bar; nine get large tiles", () => {
  const many = fitGrid(1060, 950, 70);
  assert.equal(many.size, "usual");
  assert.ok(many.rows * (many.tileHeight + 6) - 6 <= 950);
  const few = fitGrid(1060, 950, 10);
  assert.ok(few.columns <= 4);
  assert.equal(few.size, "large");
  const small = fitGrid(720, 640, 70);
  assert.equal(small.size, "dense");
  assert.ok(small.rows * (small.tileHeight + 6) - 6 <= 640);
});
