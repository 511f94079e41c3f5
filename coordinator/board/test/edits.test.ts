// What was written is put right: the forms, and the commands they give.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Role, WireItemView, WireMeetingView, WireSnapshot } from "@protocol";
import { itemEdit, itemForm, itemInsert, meetingEdit, meetingForm, newItemForm, telephoneEdit, telephoneForm, turnEdit, turnForm } from "../src/domain/edits";
import { vi } from "../src/i18n/vi";
import { site, snapshot, turn } from "./samples";
import { boardOn, meetingOf, update, type Board } from "./stage";

const DAY = "2022-07-15";
const HOUR = 3_600_000;

test("a telephone is attached with who is on the line, changed, and taken off; nothing changed gives nothing", () => {
  const was = turn("t-1", "waiting");
  assert.equal(telephoneEdit(was, telephoneForm(was)), undefined);
  assert.equal(telephoneEdit(was, { at: "", note: "máy lẻ 101" }), undefined);
  assert.deepEqual(telephoneEdit(was, { at: "ha-noi", note: " máy lẻ 101 " }),
    { name: "turn.telephone", args: { turn: "t-1", at: "ha-noi", note: "máy lẻ 101" } });
  const attached = { ...was, telephone: "ha-noi", telephone_note: "máy lẻ 101" };
  assert.equal(telephoneEdit(attached, telephoneForm(attached)), undefined);
  assert.deepEqual(telephoneEdit(attached, { at: "", note: "máy lẻ 101" }), { name: "turn.telephone", args: { turn: "t-1" } });
});

test("a form asks for what is different alone; for nothing where nothing is", () => {
  const was = { ...turn("t-1", "waiting"), speaker: "Giám đốc" };
  assert.equal(turnEdit(was, turnForm(was)), undefined);
  assert.deepEqual(turnEdit(was, { ...turnForm(was), unit: "Sở Y tế", speaker: "" }),
    { name: "turn.edit", args: { turn: "t-1", unit: "Sở Y tế", speaker: "" } });
});

test("times of an item are given with their day, and cleared", () => {
  const item: WireItemView = { item: "talks", kind: "presentations", title: "Tham luận", lists: ["talks"], state: "pending", extended: 0,
    planned_start: 23 * HOUR, planned_length: 90 * 60_000 };
  const form = itemForm(item, DAY);
  assert.deepEqual([form.start, form.minutes, form.end], ["2022-07-15T23:00", "90", ""]);
  assert.equal(itemEdit(item, form, DAY), undefined);
  assert.deepEqual(itemEdit(item, { ...form, start: "2022-07-16T00:15", minutes: "" }, DAY),
    { name: "item.edit", args: { item: "talks", planned_start: 24 * HOUR + HOUR / 4, clear: ["planned_length"] } });
  assert.deepEqual(itemEdit(item, { ...form, by: "Bộ Y tế", lists: [] }, DAY),
    { name: "item.edit", args: { item: "talks", by: "Bộ Y tế", lists: [] } });
});

test("a new item has an id of its own, and what was left empty is left out", () => {
  const item: WireItemView = { item: "them-2", kind: "opening", title: "Khai mạc", lists: [], state: "pending", extended: 0 };
  assert.deepEqual(itemInsert([item], { ...newItemForm(), title: "Giao lưu", minutes: "15", before: "them-2" }, DAY),
    { name: "item.insert", args: { item: "them-3", kind: "other", title: "Giao lưu", lists: [], before: "them-2", planned_length: 15 * 60_000 } });
});

test("the head of the papers goes whole, without what is empty", () => {
  const meeting: WireMeetingView = { ...snapshot().meeting, document: { superior: "Bộ", secretary: "Văn thư" }, title_lines: ["A"] };
  const form = meetingForm(meeting);
  assert.equal(meetingEdit(meeting, form), undefined);
  assert.deepEqual(meetingEdit(meeting, { ...form, titleLines: "A\n\n B ", superior: "", recipients: "Như trên\nLưu" }),
    { name: "meeting.edit", args: { title_lines: ["A", "B"], document: { secretary: "Văn thư", recipients: ["Như trên", "Lưu"] } } });
  assert.deepEqual(meetingEdit(meeting, { ...form, chairs: "Trưởng Ban\nBí thư" }),
    { name: "meeting.edit", args: { chairs: ["Trưởng Ban", "Bí thư"] } });
});

// ---- the forms on the board ----

const SPEECH = meetingOf([site("centre", 1), site("ca-mau", 2, "Cà Mau"), site("can-tho", 3, "Cần Thơ")], {
  turns: [turn("t-1", "on_air"), { ...turn("t-2", "waiting"), site: "ca-mau", unit: "Cà Mau", approved: false, origin: "requested" }, turn("t-3", "done")],
  floor: { takes: 1, take: 1, turn: "t-1", timer: { turn: "t-1", spoken: 0, allowance: 600_000, warning: 60_000 } },
});

async function onBoard(meeting: WireSnapshot, act: (board: Board) => Promise<void>, role: Role = "operator"): Promise<void> {
  const board = await boardOn(meeting, role);
  try {
    await act(board);
  } finally {
    board.close();
  }
}

function field(board: Board, name: string): HTMLInputElement {
  return board.root.querySelector(`[data-dialog] [name="${name}"]`) as HTMLInputElement;
}

async function write(board: Board, name: string, value: string): Promise<void> {
  Object.assign(field(board, name), { value });
  field(board, name).dispatchEvent(new Event(field(board, name).tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  await board.say();
}

async function save(board: Board): Promise<void> {
  field(board, board.root.querySelector("[data-dialog] form [name]")?.getAttribute("name") ?? "").form
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await board.say();
}

/** The commands on their way, answered. */
async function answer(board: Board, code?: "wrong_state"): Promise<void> {
  const ids = board.line.sent.flatMap((message) => message.type === "command" ? [message.id] : []);
  const id = ids[ids.length - 1] ?? "";
  await board.say(code === undefined ? { type: "accepted", id, seq: 11 } : { type: "refused", id, code, text: "", seq: 11 });
}

const open = (board: Board): string | undefined => board.root.querySelector<HTMLElement>("[data-dialog]")?.dataset["dialog"];

test("the unit of who speaks is put right by mouse; the site stays", () => onBoard(SPEECH, async (board) => {
  board.root.querySelector<HTMLButtonElement>("[data-on-air] [data-edit-turn]")?.click();
  await board.say();
  assert.equal(open(board), "edit_turn");
  assert.equal(field(board, "site").disabled, true);
  await write(board, "unit", "Sở Y tế");
  await save(board);
  assert.deepEqual(board.line.commands(), [{ name: "turn.edit", args: { turn: "t-1", unit: "Sở Y tế" } }]);
  await answer(board);
  assert.equal(open(board), undefined);
}));

test("by key the selected turn is meant: a hand gets its unit and its speaker, a deputy another site", () => onBoard(SPEECH, async (board) => {
  await board.press("ArrowDown");
  await board.press("ArrowDown");
  assert.equal(board.store.meeting.selected.value, "t-2");
  await board.press("S");
  assert.equal(field(board, "unit").value, "Cà Mau");
  await write(board, "unit", "Sở Công Thương");
  await write(board, "speaker", "Phó Giám đốc");
  await write(board, "site", "can-tho");
  await save(board);
  assert.deepEqual(board.line.commands(),
    [{ name: "turn.edit", args: { turn: "t-2", site: "can-tho", unit: "Sở Công Thương", speaker: "Phó Giám đốc" } }]);
}));

test("a turn is added with its speaker; who approves a hand sees for whom it is raised", () => onBoard(SPEECH, async (board) => {
  await board.say(update({ turns: [{ ...turn("t-2", "waiting"), site: "ca-mau", unit: "Sở Y tế", speaker: "Giám đốc", approved: false }] }));
  board.store.console.askAllowance("t-2");
  await board.say();
  assert.match(board.root.querySelector("[data-dialog=approve]")?.textContent ?? "", /Giám đốc · Sở Y tế/);
  board.store.console.closeDialog();
  board.store.console.openSite("ca-mau");
  await board.say();
  const form = board.root.querySelector<HTMLFormElement>("[data-drawer] form");
  Object.assign(form?.querySelector("[name=speaker]") ?? {}, { value: "Phó Giám đốc" });
  form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "turn.add", args: {
    list: "talks", site: "ca-mau", unit: "Cà Mau", speaker: "Phó Giám đốc", topic: "", origin: "operator", allowance: 300_000 } }]);
}));

test("a refusal loses nothing that was written", () => onBoard(SPEECH, async (board) => {
  await board.press("S");
  await write(board, "topic", "Phòng dịch");
  await save(board);
  await answer(board, "wrong_state");
  assert.equal(open(board), "edit_turn");
  assert.equal(field(board, "topic").value, "Phòng dịch");
  assert.match(board.root.querySelector("[data-code=wrong_state]")?.textContent ?? "", new RegExp(vi.actions.edit_turn));
}));

test("who speaks is said on the air and in the list", () => onBoard(SPEECH, async (board) => {
  await board.say(update({ turns: [{ ...turn("t-1", "on_air"), speaker: "Phó Giám đốc", office: "Sở Y tế" }] }));
  assert.equal(board.root.querySelector("[data-person]")?.textContent, "Phó Giám đốc – Sở Y tế");
  assert.match(board.root.querySelector("[data-turn=t-1]")?.textContent ?? "", /Phó Giám đốc · Cần Thơ/);
}));

test("an item and the title of its list are put right; it closes when both are accepted", () => onBoard(SPEECH, async (board) => {
  board.root.querySelector<HTMLButtonElement>("[data-item=talks] [data-edit-item]")?.click();
  await board.say();
  await write(board, "title", "Thảo luận");
  await write(board, "list-talks", "Danh sách thảo luận");
  await save(board);
  assert.deepEqual(board.line.commands(), [
    { name: "item.edit", args: { item: "talks", title: "Thảo luận" } },
    { name: "list.edit", args: { list: "talks", title: "Danh sách thảo luận" } }]);
  await answer(board);
  assert.equal(open(board), "edit_item");
  const first = board.line.sent.find((message) => message.type === "command");
  await board.say({ type: "accepted", id: first?.type === "command" ? first.id : "", seq: 12 });
  assert.equal(open(board), undefined);
}));

test("an item is added by the same form", () => onBoard(SPEECH, async (board) => {
  await board.press("L");
  await write(board, "item", "");
  await write(board, "title", "Giao lưu");
  await write(board, "before", "talks");
  await save(board);
  assert.deepEqual(board.line.commands(),
    [{ name: "item.insert", args: { item: "them-2", kind: "other", title: "Giao lưu", lists: [], before: "talks" } }]);
  await answer(board);
  assert.equal(open(board), undefined);
}));

test("a removed item leaves the programme", () => onBoard(meetingOf(SPEECH.sites as never, {
  items: [...SPEECH.items, { item: "film", kind: "film", title: "Phim", lists: [], state: "pending", extended: 0 }],
}), async (board) => {
  await board.press("L");
  await write(board, "item", "film");
  board.root.querySelector<HTMLButtonElement>("[data-remove]")?.click();
  await board.say();
  board.root.querySelector<HTMLButtonElement>("[data-dialog=confirm] button[data-focus], [data-dialog=confirm] .buttons button")?.click();
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "item.remove", args: { item: "film" } }]);
  await board.say(update({ item_order: ["talks"] }));
  assert.equal(board.root.querySelector("[data-item=film]"), null);
}));

test("the meeting's own data are put right, closed or not", () => onBoard(meetingOf(SPEECH.sites as never, {
  meeting: { ...SPEECH.meeting, state: "closed" }, floor: { takes: 1 }, turns: [turn("t-3", "done")],
}), async (board) => {
  await board.press("D");
  await write(board, "host", "Ban Chỉ đạo");
  await save(board);
  assert.deepEqual(board.line.commands(), [{ name: "meeting.edit", args: { host: "Ban Chỉ đạo" } }]);
  await answer(board);
  await board.press("S");
  assert.equal(field(board, "turn").value, "t-3");
  assert.equal(field(board, "site").disabled, true);
}));

test("who may not put anything right is offered no form", () => onBoard(SPEECH, async (board) => {
  assert.equal(board.root.querySelector("[data-edit-turn], [data-edit-item], [data-edit-meeting]"), null);
  await board.press("S");
  assert.equal(open(board), undefined);
  assert.match(board.root.textContent, new RegExp(vi.notPermitted));
}, "technician"));
