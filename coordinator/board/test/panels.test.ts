// Panels over a made-up meeting: what they say, what they offer, what a press gives.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActState, Role, WireActView, WireCeremonyView, WireEvent, WireItemView, WireMessage, WireSnapshot } from "@protocol";
import { en } from "../src/i18n/en";
import { vi } from "../src/i18n/vi";
import { site, turn } from "./samples";
import { boardOn, manySites, meetingOf, update, WALL, type Board } from "./stage";

async function onBoard(meeting: WireSnapshot, act: (board: Board) => Promise<void>, role: Role = "operator"): Promise<void> {
  const board = await boardOn(meeting, role);
  try {
    await act(board);
  } finally {
    board.close();
  }
}

const SPEECH = meetingOf([site("centre", 1), site("ha-noi", 2, "Hà Nội"), site("can-tho", 3, "Cần Thơ")], {
  turns: [turn("t-1", "on_air"), { ...turn("t-2", "cued"), site: "ha-noi" }, { ...turn("t-3", "waiting"), approved: false }],
  floor: { takes: 1, take: 1, turn: "t-1", cued: "t-2", timer: { turn: "t-1", spoken: 60_000, allowance: 600_000, warning: 60_000 } },
});

const textOf = (board: Board, selector: string): string => board.root.querySelector(selector)?.textContent ?? "";

test("who speaks, the time left and who is next are said", () => onBoard(SPEECH, async (board) => {
  assert.match(textOf(board, "[data-on-air=can-tho]"), /Cần Thơ/);
  assert.equal(textOf(board, "[role=timer]"), "09:00");
  assert.match(board.root.textContent, new RegExp(vi.speaking.unacknowledged));
  await board.say(update({ turns: [{ ...turn("t-2", "cued"), site: "ha-noi", acknowledged: true }] }));
  assert.match(board.root.textContent, new RegExp(vi.speaking.acknowledged));
}));

test("a key gives its command for the very turn, and waits for the answer", () => onBoard(SPEECH, async (board) => {
  await board.press("Enter");
  await board.press("Enter");
  assert.deepEqual(board.line.commands(), [{ name: "floor.take", args: { turn: "t-2" } }]);
  assert.equal(board.root.querySelector<HTMLButtonElement>("[data-action=take]")?.disabled, true);
  assert.match(board.root.textContent, new RegExp(vi.awaiting));
}));

test("a refusal is told with its code, in the words of the button that was pressed", () => onBoard(SPEECH, async (board) => {
  board.root.querySelector<HTMLButtonElement>("[data-action=release]")?.click();
  const given = board.line.sent.find((message) => message.type === "command");
  await board.say({ type: "refused", id: given?.type === "command" ? given.id : "", code: "too_soon", text: "", seq: 11 });
  const toast = textOf(board, "[data-code=too_soon]");
  assert.match(toast, new RegExp(vi.actions.release));
  assert.match(toast, new RegExp(vi.refusal.too_soon));
}));

/** As at the start of a large meeting: every site links, then its media come. */
function flood(count: number): WireEvent[] {
  return Array.from({ length: 2 * count }, (_, n) => ({
    type: "event", seq: 100 + n, at: 1000 + n, wall: WALL, by: { role: "system" },
    ...(n % 2 === 0 ? { name: "site.linked", data: { site: "can-tho", link: "online", instance: "0".repeat(32) } }
      : { name: "site.media_changed", data: { site: "can-tho", media: "good" } }),
  } as unknown as WireEvent));
}

test("links and media of sixty sites hide nothing in the log, and are there for who asks", () => onBoard(SPEECH, async (board) => {
  await board.say({ type: "event", seq: 99, at: 999, wall: WALL, by: { role: "operator", account: "dieuhanh" }, name: "meeting.assembled", data: {} });
  await board.say(...flood(200));
  const rows = (): string[] => [...board.root.querySelectorAll("[data-event]")].map((row) => row.getAttribute("data-event") ?? "");
  assert.deepEqual(rows(), ["meeting.assembled"]);
  assert.match(textOf(board, "[data-log-filter]"), new RegExp(vi.log.hidden(300)));
  await board.press("F");
  const signals = board.root.querySelector<HTMLButtonElement>("[data-log-kind=signals]");
  assert.equal(signals?.getAttribute("aria-pressed"), "false");
  signals.click();
  await board.press("F");
  assert.equal(rows().length, 120);
  assert.equal(board.root.querySelector("[data-log-kind]"), null);
  board.store.server.session.value = { account: "kythuat", role: "operator", expires: 0 };
  await board.press("F");
  assert.deepEqual(rows(), ["meeting.assembled"], "another person's choice is another");
  const { createStore } = await import("../src/state/store");
  const again = createStore();
  again.server.session.value = { account: "dieuhanh", role: "operator", expires: 0 };
  assert.deepEqual([...again.logFilter.hidden.value], ["plan"], "kept");
}));

test("a viewer is offered no kind that viewers are not told of", () => onBoard(SPEECH, async (board) => {
  await board.press("F");
  const kinds = [...board.root.querySelectorAll("[data-log-kind]")].map((one) => one.getAttribute("data-log-kind"));
  assert.deepEqual(kinds, ["meeting", "floor", "sites", "signals", "plan"]);
}, "viewer"));

test("sites that leave once the meeting is over are no matter of warning", () => onBoard(meetingOf(manySites(20)), async (board) => {
  const warned = (): boolean => board.root.querySelector("[data-online].warn") !== null;
  const gone = manySites(20).map((one) => ({ ...one, link: "lost" as const }));
  await board.say(update({ sites: gone }));
  assert.equal(warned(), true);
  await board.say(update({ sites: gone, meeting: { ...SPEECH.meeting, state: "closed" } }));
  assert.equal(warned(), false);
  assert.equal(textOf(board, "[data-site=site-2] [class*=sites_status]"), vi.happened.gone);
}));

test("another language is spoken at once, by everything", () => onBoard(SPEECH, async (board) => {
  await board.press("l");
  assert.match(board.root.textContent, new RegExp(en.speaking.unacknowledged));
  assert.equal(document.documentElement.lang, "en");
  await board.press("l");
  assert.equal(document.documentElement.lang, "vi");
}));

test("a viewer is offered no command, and is shown no alarms", () => onBoard(SPEECH, async (board) => {
  await board.say();
  const offered = [...board.root.querySelectorAll<HTMLElement>("[data-action]")].map((one) => one.dataset["action"]);
  assert.deepEqual(offered.filter((id) => id !== "language" && id !== "site"), []);
  assert.equal(board.root.querySelector("#panel-alarms, [data-note]"), null);
}, "viewer"));

test("a note goes to the item where it was begun, for which the log says it; Esc gives none", () => onBoard(SPEECH, async (board) => {
  const field = (): HTMLInputElement | null => board.root.querySelector("#panel-programme [name=note]");
  const begin = async (): Promise<void> => {
    board.root.querySelector<HTMLButtonElement>("[data-item=talks] [data-note]")?.click();
    await board.say();
    assert.equal(document.activeElement, field());
  };
  await begin();
  await board.press("Escape");
  assert.equal(field(), null);
  await begin();
  Object.assign(field() ?? {}, { value: " Đề nghị gửi lại báo cáo " });
  field()?.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await board.say({ type: "event", seq: 11, at: 1, wall: WALL, by: { role: "technician" }, name: "item.noted",
    data: { item: "talks", text: "Đề nghị gửi lại báo cáo" } });
  assert.equal(field(), null);
  assert.deepEqual(board.line.commands(), [{ name: "item.note", args: { item: "talks", text: "Đề nghị gửi lại báo cáo" } }]);
  assert.match(textOf(board, "[data-event='item.noted']"), /Ghi chú mục Tham luận: Đề nghị gửi lại báo cáo/);
}, "technician"));

/** The coordinator does what was asked for last. */
async function accepted(board: Board): Promise<void> {
  const given = board.line.sent.filter((message) => message.type === "command").at(-1);
  await board.say({ type: "accepted", id: given?.type === "command" ? given.id : "", seq: 11 });
}

const ASSEMBLING = meetingOf([site("centre", 1), site("ha-noi", 2, "Hà Nội"), { ...site("can-tho", 3, "Cần Thơ"), link: "absent", media: "none" },
  site("lao-cai", 4, "Lào Cai")], {});
ASSEMBLING.meeting.state = "assembling";

const QUIET = { all_locked: false, venue_open: false };
const ROLL = { all: { heard_and_seen: 0, faults: 0, left: 3 },
  regions: [{ region: "Bắc", heard_and_seen: 0, faults: 0, left: 2 }, { region: "Nam", heard_and_seen: 0, faults: 0, left: 1 }] };
const ROLL_CALL = { ...ASSEMBLING, asked: { roll: { ...ROLL, next: "ha-noi" } } };

test("the roll is called by key, as the coordinator orders it; what came of it is marked, a fault with a note", () => onBoard(ROLL_CALL, async (board) => {
  const called = (id: string, next: string | undefined, rest = {}): ReturnType<typeof update> => update({
    microphones: { ...QUIET, talkback: { private: false, since: 1, site: id, ...rest } },
    asked: { roll: { ...ROLL, begun: 1, site: id, ...next === undefined ? {} : { next } } } });
  assert.match(textOf(board, "#panel-talkback"), new RegExp(vi.talkback.none));
  assert.match(textOf(board, "#panel-talkback"), /Tiếp theo: Hà Nội/);
  await board.press("n");
  await accepted(board);
  await board.say(called("ha-noi", "lao-cai"));
  assert.match(textOf(board, "[data-talkback=called]"), /Hà Nội/);
  await board.press("y");
  await accepted(board);
  await board.say(update({ sites: [{ ...site("ha-noi", 2, "Hà Nội"), roll: { called: 1, result: "heard_and_seen" } }] }));
  assert.match(textOf(board, "[data-talkback]"), new RegExp(vi.rollResult.heard_and_seen));
  await board.press("n");
  await accepted(board);
  await board.say(called("lao-cai", undefined));
  await board.say(update({ sites: [{ ...site("lao-cai", 4, "Lào Cai"), muted: true }] }));
  assert.match(textOf(board, "[data-talkback]"), new RegExp(vi.program.mutedLocally));
  assert.match(textOf(board, "#panel-talkback"), new RegExp(vi.talkback.nobodyNext));
  await board.press("u");
  const note = board.root.querySelector<HTMLInputElement>("[data-fault=lao-cai] input");
  assert.ok(note);
  note.value = " rè tiếng ";
  note.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await accepted(board);
  assert.equal(board.root.querySelector("[data-fault]"), null);
  await board.press("v");
  await accepted(board);
  await board.say(update({ microphones: { ...QUIET, talkback: { private: false, since: 1 } }, asked: { roll: { ...ROLL, begun: 1 } } }));
  await board.press("r");
  await accepted(board);
  board.root.querySelector<HTMLButtonElement>("[data-region=Nam]")?.click();
  assert.deepEqual(board.line.commands(), [
    { name: "roll.call", args: {} },
    { name: "roll.mark", args: { site: "ha-noi", result: "heard_and_seen", evidence: vi.talkback.evidence } },
    { name: "roll.call", args: {} },
    { name: "roll.mark", args: { site: "lao-cai", result: "fault", note: "rè tiếng" } },
    { name: "talkback.open", args: {} },
    { name: "talkback.close", args: {} },
    { name: "roll.call", args: { region: "Nam" } },
  ]);
}, "technician"));

const act = (id: string, name: string, state: ActState): WireActView => ({ act: id, item: "awards", name, recipient: "collective", award: "Giấy khen", state });
const HONOURS = { ...SPEECH, floor: { takes: 0 },
  items: [{ ...SPEECH.items[0], item: "awards", title: "Khen thưởng", kind: "awards" as const, state: "active" as const, lists: [], extended: 0 }],
  acts: [act("k1", "Sở Nội vụ", "waiting"), act("k2", "Sở Y tế", "waiting")],
  ceremony: { item: "awards", next: "k1", over: 0, total: 2 } };

test("a ceremony is stepped by one key, and back by another; the next one is the server's", () => onBoard(HONOURS, async (board) => {
  const stepped = (first: ActState, second: ActState, rest: WireCeremonyView): ReturnType<typeof update> => update({
    acts: [act("k1", "Sở Nội vụ", first), act("k2", "Sở Y tế", second)], ceremony: { item: "awards", total: 2, ...rest } });
  assert.match(textOf(board, "#panel-ceremony"), new RegExp(`${vi.ceremony.notBegun} ${vi.ceremony.next} Sở Nội vụ`));
  await board.press(",");
  await board.press(".");
  await accepted(board);
  await board.say(stepped("shown", "waiting", { shown: "k1", next: "k2" }));
  assert.match(textOf(board, "[data-act=k1][aria-current=step]"), /Sở Nội vụ.*tập thể · Giấy khen/);
  await board.press(",");
  await accepted(board);
  await board.press(".");
  await accepted(board);
  await board.say(stepped("done", "shown", { shown: "k2", over: 1 }));
  assert.match(textOf(board, "#panel-ceremony"), new RegExp(vi.ceremony.nothingNext));
  await board.press(".");
  await accepted(board);
  await board.say(stepped("done", "done", { over: 2 }));
  assert.match(textOf(board, "#panel-ceremony"), new RegExp(vi.ceremony.over));
  await board.press(".");
  assert.deepEqual(board.line.commands(), [
    { name: "act.show", args: { act: "k1" } }, { name: "act.return", args: { act: "k1" } },
    { name: "act.show", args: { act: "k2" } }, { name: "act.finish", args: { act: "k2" } },
  ]);
}));

test("a viewer sees the ceremony and has no keys for it", () => onBoard(HONOURS, (board) => {
  assert.equal(board.root.querySelectorAll("[data-act]").length, 2);
  assert.equal(board.root.querySelector("#panel-ceremony button"), null);
  return Promise.resolve();
}, "viewer"));

test("a call by hand is marked as one, and a roll that has begun is begun anew when asked once more", () => onBoard(ROLL_CALL, async (board) => {
  await board.say(update({ microphones: { ...QUIET, talkback: { private: true, since: 1, site: "lao-cai" } } }));
  await board.press("u");
  await accepted(board);
  await board.press("B");
  assert.match(board.root.textContent, new RegExp(vi.obstacle.no_roll));
  await board.say(update({ asked: { roll: { ...ROLL, begun: 1, all: { heard_and_seen: 1, faults: 0, left: 2 } } } }));
  await board.press("B");
  board.root.querySelector<HTMLButtonElement>("dialog [data-focus]")?.click();
  assert.deepEqual(board.line.commands(), [
    { name: "talkback.mark", args: { site: "lao-cai", answer: "not_heard" } },
    { name: "roll.begin", args: {} },
  ]);
}, "technician"));

test("one key asks all sites; who has not answered is named, and what came of it stays", () => onBoard(ASSEMBLING, async (board) => {
  await board.press("R");
  await accepted(board);
  const check = { asked: 1, due: 60_001, ready: 2, of: 3 };
  await board.say(update({ asked: { ready: { ...check, open: true } },
    sites: [{ ...site("lao-cai", 4, "Lào Cai"), ready: "asked" }, { ...site("ha-noi", 2, "Hà Nội"), ready: "ready" }] }));
  assert.match(textOf(board, "#panel-ready"), /2\/3 sẵn sàng/);
  assert.match(textOf(board, "[data-awaited]"), /Lào Cai$/);
  await board.press("R");
  await accepted(board);
  await board.say(update({ asked: { ready: { ...check, open: false, ended: 30_001, cause: "staff" } } }));
  assert.match(textOf(board, "#panel-ready [data-ended=staff]"), new RegExp(vi.askedEnd.staff));
  assert.match(textOf(board, "[data-awaited]"), /Lào Cai$/);
  assert.deepEqual(board.line.commands(), [{ name: "ready.ask", args: {} }, { name: "ready.end", args: {} }]);
}));

test("a pause counts down and says when the bell rings; who has heard it is counted, and it can be held", () => onBoard(SPEECH, async (board) => {
  await board.say(update({ floor: { takes: 1 }, turns: [turn("t-1", "done")] }));
  assert.equal(board.root.querySelector("#panel-bell"), null);
  const pause = { kind: "break", ends: 900_000, bell: 600_000 } as const;
  await board.say(update({ bell: { held: false, item: "talks", pause, next: "break_ending" } }));
  assert.match(textOf(board, "[data-pause-left]"), /\d+:\d\d/);
  assert.match(textOf(board, "[data-next-bell=break_ending]"), new RegExp(vi.bellReason.break_ending));
  await board.press("U");
  await accepted(board);
  await board.say(update({ bell: { held: false, item: "talks", pause, next: "break_ending", last: { bell: 1, reason: "by_hand", at: 10_000 } } }));
  assert.match(textOf(board, "[data-bell-heard]"), /^0\/3/);
  await board.say({ type: "telemetry", sites: [{ site: "ha-noi", level_dbfs: -30, bell: 1 }, { site: "can-tho", level_dbfs: -30 }] });
  assert.match(textOf(board, "[data-bell-heard]"), /^1\/3/);
  await board.press("I");
  await accepted(board);
  await board.say(update({ bell: { held: true, item: "talks", pause: { kind: "break", ends: 900_000 } } }));
  assert.equal(textOf(board, "[data-bell-held]"), vi.bell.held);
  await board.press("I");
  assert.deepEqual(board.line.commands(), [
    { name: "bell.ring", args: {} }, { name: "bell.hold", args: { held: true } }, { name: "bell.hold", args: { held: false } }]);
}));

test("a turn by telephone says where it comes in, and who is on the line", () => onBoard(SPEECH, async (board) => {
  await board.say(update({ turns: [{ ...turn("t-1", "on_air"), telephone: "ha-noi", telephone_note: "máy lẻ 101" }] }));
  assert.match(textOf(board, "[data-telephone=ha-noi]"), /Hà Nội.*máy lẻ 101/);
  await board.say(update({ turns: [{ ...turn("t-1", "on_air") }] }));
  assert.equal(board.root.querySelector("[data-telephone]"), null);
}));

test("a viewer is told nothing of a talkback, and it has no panel once the meeting is live", async () => {
  await onBoard(ASSEMBLING, (board) => {
    assert.equal(board.root.querySelector("#panel-talkback"), null);
    return Promise.resolve();
  }, "viewer");
  await onBoard(SPEECH, (board) => {
    assert.equal(board.root.querySelector("#panel-talkback"), null);
    return Promise.resolve();
  });
});

test("a tile says its one state, and is found by its name", () => onBoard(meetingOf(manySites(20)), async (board) => {
  const tile = (): string => textOf(board, "[data-site=site-7]");
  assert.match(tile(), /Tỉnh 7/);
  await board.say(update({ sites: [{ ...site("site-7", 7, "Tỉnh 7"), link: "lost", link_since: 0 }] }));
  assert.match(tile(), new RegExp(vi.sites.lostFor("\\d\\d:\\d\\d")));
  await board.say(update({ sites: [{ ...site("site-7", 7, "Tỉnh 7"), barred: true }] }));
  assert.match(tile(), new RegExp(vi.sites.barred));
}));

test("alarms of a kind are seen to at once; one that is over goes", () => {
  const alarms = [1, 2, 3].map((alarm) => ({ alarm, kind: "site_lost" as const, at: 1, wall: 1, acknowledged: false, site: "ha-noi" }));
  return onBoard({ ...SPEECH, alarms }, async (board) => {
    assert.equal(board.root.querySelectorAll("[data-alarm]").length, 3);
    await board.press("A");
    assert.deepEqual(board.line.commands(), [{ name: "alarm.acknowledge", args: { alarm: 3, kind: "site_lost" } }]);
    await board.say(update({ cleared: [2] }));
    assert.equal(board.root.querySelectorAll("[data-alarm]").length, 2);
  });
});

test("a line that is cut is said, and nothing is given to it", () => onBoard(SPEECH, async (board) => {
  board.line.onclose?.();
  await board.say();
  assert.match(textOf(board, "[role=alert]"), new RegExp(vi.connection.mediaGoesOn));
  await board.press("r");
  assert.deepEqual(board.line.commands(), []);
  assert.match(board.root.textContent, new RegExp(vi.connection.offline));
}));

test("a hand is approved for as long as its list's turns have", () => onBoard(SPEECH, async (board) => {
  await board.press("j");
  await board.press("y");
  const dialog = board.root.querySelector("dialog");
  assert.equal(dialog?.querySelector<HTMLInputElement>("[name=minutes]")?.value, "10");
  dialog.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "turn.approve", args: { turn: "t-3", allowance: 600_000 } }]);
  assert.equal(board.root.querySelector("dialog"), null);
}));

test("what is hard to take back is asked once more", () => onBoard({ ...SPEECH, floor: { takes: 1 } }, async (board) => {
  await board.press("X");
  assert.deepEqual(board.line.commands(), []);
  board.root.querySelector<HTMLButtonElement>("dialog [data-focus]")?.click();
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "item.skip", args: { item: "talks" } }]);
}));

const PLACE = { ...site("can-tho", 3, "Cần Thơ"), link: "absent" as const, contact: "Trung tâm Tin học, máy lẻ 12", venue: "Phòng họp số 1", documents_due: "2022-07-10" };
const KNOWN = { ...SPEECH, sites: [...SPEECH.sites.slice(0, 2), PLACE], turns: [{ ...turn("t-3", "waiting") }], floor: { takes: 0 },
  documents: [{ document: "d-1", title: "Báo cáo kết quả", every_site: true, due: "2022-07-10", missing: 1, received: [] }] };

const submit = (form: Element | null | undefined): void => void form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

async function drawerOf(board: Board, id: string): Promise<HTMLElement | null> {
  board.root.querySelector<HTMLButtonElement>(`[data-site=${id}]`)?.click();
  await board.say();
  return board.root.querySelector<HTMLElement>("[data-drawer]");
}

test("whom to ring stands in a site's details, on its tile and in its alarm, beside what it owes", () => {
  const alarms = [{ alarm: 1, kind: "site_lost" as const, at: 1, wall: 1, acknowledged: false, site: "can-tho" },
    { alarm: 2, kind: "document_late" as const, at: 1, wall: 1, acknowledged: false }];
  return onBoard({ ...KNOWN, alarms }, async (board) => {
    assert.match(textOf(board, "[data-alarm=site_lost] [data-ring]"), /máy lẻ 12/);
    assert.match(textOf(board, "[data-alarm=document_late] [data-owed]"), /Báo cáo kết quả/);
    assert.match(board.root.querySelector<HTMLElement>("[data-site=can-tho]")?.title ?? "", /máy lẻ 12/);
    const drawer = await drawerOf(board, "can-tho");
    assert.match(drawer?.querySelector("[data-contact]")?.textContent ?? "", /máy lẻ 12/);
    assert.match(drawer?.textContent ?? "", /Phòng họp số 1/);
    assert.match(drawer?.textContent ?? "", /Báo cáo kết quả/);
  }, "technician");
});

test("a site is put right in its details: what was changed is given", () => onBoard(KNOWN, async (board) => {
  const drawer = await drawerOf(board, "can-tho");
  drawer?.querySelector<HTMLButtonElement>("[data-begin-edit]")?.click();
  await board.say();
  Object.assign(drawer?.querySelector("[name=contact]") ?? {}, { value: "Văn phòng" });
  submit(drawer?.querySelector("[data-edit]"));
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "site.edit", args: { site: "can-tho", contact: "Văn phòng" } }]);
  assert.equal(drawer?.querySelector("[data-edit]"), null);
}, "technician"));

test("a site is removed, and another made the main venue, once that was asked", () => onBoard(KNOWN, async (board) => {
  const drawer = await drawerOf(board, "can-tho");
  for (const mark of ["[data-remove]", "[data-make-main]"]) {
    drawer?.querySelector<HTMLButtonElement>(mark)?.click();
    await board.say();
    board.root.querySelector<HTMLButtonElement>("dialog [data-focus]")?.click();
    await board.say();
  }
  assert.deepEqual(board.line.commands(), [{ name: "site.remove", args: { site: "can-tho" } }, { name: "site.make_main", args: { site: "can-tho" } }]);
}));

test("a removed site is found where one looks for it, and brought back as it was", () => onBoard(KNOWN, async (board) => {
  await board.say(update({ site_order: ["centre", "ha-noi"], removed_sites: [PLACE] }));
  assert.equal(board.root.querySelector("[data-site=can-tho]"), null);
  await board.press("/");
  board.root.querySelector<HTMLButtonElement>("[data-removed=can-tho] button")?.click();
  await board.say();
  assert.deepEqual(board.line.commands(), [{ name: "site.add", args: { site: "can-tho", number: 3, name: "Cần Thơ", short_code: "CAN", region: "Vùng",
    kind: "remote", has_content: false, documents_due: "2022-07-10", venue: "Phòng họp số 1", contact: "Trung tâm Tin học, máy lẻ 12" } }]);
}));

test("a message goes nowhere but where is said: the inner line unless halls were chosen, each time anew", () => onBoard(KNOWN, async (board) => {
  const composer = (): HTMLElement | null => board.root.querySelector("[data-to]");
  const write = async (text: string): Promise<void> => {
    Object.assign(board.root.querySelector("#message-text") ?? {}, { value: text });
    submit(composer());
    board.root.querySelector<HTMLInputElement>("#message-text")?.blur();
    await board.say();
  };
  await board.press("H");
  assert.equal(composer()?.dataset["to"], "@staff");
  assert.match(composer()?.textContent ?? "", new RegExp(vi.messages.sendInside));
  await write("chờ 2 phút");
  await board.press("h");
  assert.equal(composer()?.dataset["to"], "@sites");
  assert.match(composer()?.textContent ?? "", new RegExp(vi.messages.sendAll));
  await write("xin giữ trật tự");
  assert.equal(composer()?.dataset["to"], "@staff");
  assert.deepEqual(board.line.commands(), [{ name: "message.send", args: { text: "chờ 2 phút", audience: "staff" } },
    { name: "message.send", args: { text: "xin giữ trật tự" } }]);
  await board.say(update({ messages: [{ text: "đã rõ", at: 5, wall: WALL, by: { role: "technician", account: "binh" }, audience: "staff" }] }));
  assert.match(textOf(board, "[data-audience=staff]"), /Nội bộ · binh/);
}));

const NOTICE = { text: "xin giữ trật tự", at: 5, wall: WALL, by: { role: "operator" as const, account: "an" }, message: 12, acknowledge: true };

test("a notice says how many have acknowledged it and who has not; who was told by telephone is marked by a press", () => onBoard(KNOWN, async (board) => {
  await board.press("5");
  await board.say(update({ messages: [{ ...NOTICE, readers: { read: 1, of: 2, missing: ["ha-noi"] } }] }));
  assert.equal(board.root.querySelector("[data-readers]")?.getAttribute("data-readers"), "1/2");
  assert.match(textOf(board, "[data-readers]"), /Hà Nội/);
  board.root.querySelector<HTMLButtonElement>("[data-missing=ha-noi]")?.click();
  assert.deepEqual(board.line.commands(), [{ name: "message.read", args: { message: 12, site: "ha-noi" } }]);
  await board.say(update({ messages: [{ ...NOTICE, readers: { read: 2, of: 2, missing: [] } }] }));
  assert.equal(board.root.querySelectorAll("[data-readers]").length, 1, "the same message, told anew");
  assert.equal(board.root.querySelector("[data-complete]")?.getAttribute("data-readers"), "2/2");
}));

test("what a site wrote is counted until somebody at the centre has read it, and then says who", () => onBoard(KNOWN, async (board) => {
  const written = { text: "Hình bị tối", at: 7, wall: WALL, by: { role: "site" as const, site: "ha-noi" }, site: "ha-noi", message: 14 };
  await board.press("5");
  await board.say(update({ messages: [written] }));
  assert.match(textOf(board, "[role=tab][aria-selected=true]"), /\(1\)/);
  board.root.querySelector<HTMLButtonElement>("[data-read-message]")?.click();
  assert.deepEqual(board.line.commands(), [{ name: "message.read", args: { message: 14 } }]);
  await board.say(update({ messages: [{ ...written, read_by: { role: "technician", account: "binh" }, read_wall: WALL }] }));
  assert.match(textOf(board, "[data-read]"), /binh/);
  assert.doesNotMatch(textOf(board, "[role=tab][aria-selected=true]"), /\(/);
}));

test("a ready phrase is one press, the plan's before the board's own, and never on the inner line", () => onBoard(KNOWN, async (board) => {
  const leave = (): void => board.root.querySelector<HTMLInputElement>("#message-text")?.blur();
  await board.press("H");
  assert.equal(board.root.querySelector("[data-phrase]"), null);
  leave();
  await board.press("h");
  assert.deepEqual([...board.root.querySelectorAll("[data-phrase]")].map((one) => one.textContent), vi.messages.phrases);
  await board.say(update({ meeting: { ...KNOWN.meeting, phrases: { to_sites: ["Đề nghị bật micro"], to_centre: [] } } }));
  const field = board.root.querySelector("#message-text");
  field?.dispatchEvent(new KeyboardEvent("keydown", { key: "1", code: "Digit1", altKey: true, bubbles: true }));
  leave();
  await board.say();
  await board.press("h");
  Object.assign(board.root.querySelector("[data-acknowledge]") ?? {}, { checked: true });
  board.root.querySelector<HTMLButtonElement>("[data-phrase='1']")?.click();
  assert.deepEqual(board.line.commands(), [{ name: "message.send", args: { text: "Đề nghị bật micro" } },
    { name: "message.send", args: { text: "Đề nghị bật micro", acknowledge: true } }]);
}));

const PRESENT: WireMessage = { type: "present", viewers: 0, people: ["dieuhanh", "binh"].map((account) => ({ account, role: "operator" as const, since: WALL, connections: 1 })) };

test("the direction is offered to an operator who is on, and the offer can be taken back", () => onBoard(SPEECH, async (board) => {
  await board.say(PRESENT, update({ direction: { account: "dieuhanh", since: WALL, link: "online" } }));
  assert.equal(board.root.querySelector("#panel-direction"), null);
  board.root.querySelector<HTMLButtonElement>("[data-present]")?.click();
  await board.say();
  Object.assign(document.querySelector("[data-offer] input") ?? {}, { value: "Cà Mau chờ gọi lại" });
  submit(document.querySelector("[data-offer]"));
  assert.deepEqual(board.line.commands(), [{ name: "direction.offer", args: { to: "binh", note: "Cà Mau chờ gọi lại" } }]);
  await board.say(update({ direction: { account: "dieuhanh", since: WALL, link: "online", offer: { offer: 30, to: "binh", at: 5, note: "Cà Mau chờ gọi lại" } } }));
  assert.match(textOf(board, "#panel-direction"), /binh: Cà Mau chờ gọi lại/);
  board.root.querySelector<HTMLButtonElement>("#panel-direction [data-direction=withdraw]")?.click();
  assert.deepEqual(board.line.commands().at(-1), { name: "direction.withdraw", args: { offer: 30 } });
}));

test("who is offered the direction accepts or declines; who directs and is gone is succeeded for a reason", () => onBoard(SPEECH, async (board) => {
  await board.say(PRESENT, update({ direction: { account: "binh", since: WALL, link: "online", offer: { offer: 31, to: "dieuhanh", at: 5 } } }));
  board.root.querySelector<HTMLButtonElement>("#panel-direction [data-direction=accept]")?.click();
  assert.deepEqual(board.line.commands(), [{ name: "direction.accept", args: { offer: 31 } }]);
  await board.say(update({ direction: { account: "binh", since: WALL, link: "lost" } }));
  submit(board.root.querySelector("#panel-direction [data-take]"));
  assert.equal(board.line.commands().length, 1, "not without a reason");
  Object.assign(board.root.querySelector("#panel-direction [data-take] input") ?? {}, { value: "mất mạng" });
  submit(board.root.querySelector("#panel-direction [data-take]"));
  assert.deepEqual(board.line.commands().at(-1), { name: "direction.take", args: { reason: "mất mạng" } });
}));

test("after the closing technicians are talked to, incidents noted, and an operator ends it", () => onBoard(SPEECH, async (board) => {
  assert.equal(board.root.querySelector("#panel-debrief"), null);
  await board.say({ type: "event", seq: 90, at: 900, wall: WALL, by: { role: "system" }, name: "alarm.raised", data: { alarm: 7, kind: "site_lost", site: "ha-noi" } },
    update({ meeting: { ...SPEECH.meeting, state: "closed", debrief: true }, floor: { takes: 1 }, turns: [{ ...turn("t-1", "done") }] }));
  assert.match(textOf(board, "#panel-debrief"), new RegExp(vi.debrief.heading));
  board.root.querySelector<HTMLButtonElement>("#panel-debrief [data-action=talk_to_all]")?.click();
  Object.assign(board.root.querySelector("[data-incident-note] input") ?? {}, { value: "đứt cáp, đã thay" });
  submit(board.root.querySelector("[data-incident-note]"));
  board.root.querySelector<HTMLButtonElement>("[data-debrief-end]")?.click();
  await board.say();
  [...document.querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent.includes(vi.confirm.yes))?.click();
  assert.deepEqual(board.line.commands(), [{ name: "talkback.open", args: {} }, { name: "alarm.note", args: { alarm: 7, text: "đứt cáp, đã thay" } },
    { name: "debrief.end", args: {} }]);
}));

const OPINION = { opinion: 1, item: "talks", site: "ha-noi", text: "Đề nghị bổ sung chỉ tiêu", wall: WALL, state: "given" as const, unit: "Sở Nội vụ" };

test("a written opinion stands beside the floor until it was read; all of them stay in their box", () => onBoard(SPEECH, async (board) => {
  assert.equal(board.root.querySelector("#panel-opinions"), null);
  await board.say(update({ opinions: [{ ...OPINION, item: "past" }] }));
  assert.equal(board.root.querySelector("#panel-opinions")?.getAttribute("data-unread"), "1");
  assert.match(textOf(board, "[data-opinion='1']"), /Hà Nội · Sở Nội vụ.*bổ sung chỉ tiêu/);
  Object.assign(board.root.querySelector("[data-opinion='1'] input") ?? {}, { value: "Xin tiếp thu" });
  board.root.querySelector<HTMLButtonElement>("[data-opinion-answered]")?.click();
  assert.deepEqual(board.line.commands(), [{ name: "opinion.mark", args: { opinion: 1, state: "answered", note: "Xin tiếp thu" } }]);
  await board.say(update({ opinions: [{ ...OPINION, item: "past", state: "answered", note: "Xin tiếp thu" }] }));
  assert.equal(board.root.querySelector("[data-opinion='1']"), null);
  board.root.querySelector<HTMLButtonElement>("[data-opinions]")?.click();
  await board.say();
  assert.match(textOf(board, "[data-opinion='1']"), /Trả lời: Xin tiếp thu/);
}));

test("who may not mark an opinion is offered no press", () => onBoard(SPEECH, async (board) => {
  await board.say(update({ opinions: [OPINION] }));
  assert.equal(board.root.querySelector("[data-opinion-read]"), null);
}, "technician"));

test("who is on and who directs are said", () => onBoard(KNOWN, async (board) => {
  await board.say({ type: "present", viewers: 2, director: "an", directed: WALL, people: [
    { account: "an", role: "operator", since: WALL, connections: 1 }, { account: "binh", role: "technician", since: WALL, connections: 2 }] });
  assert.match(textOf(board, "[data-present='2']"), /an/);
  board.root.querySelector<HTMLButtonElement>("[data-present]")?.click();
  await board.say();
  const box = textOf(board, "dialog");
  assert.match(box, /binh/);
  assert.match(box, new RegExp(vi.present.connections(2)));
  assert.match(box, new RegExp(vi.present.viewers(2)));
  assert.match(box, /Điều khiển phát biểu gần nhất: an/);
}));

const events = (board: Board): string[] => [...board.root.querySelectorAll("[data-event]")].map((row) => row.getAttribute("data-event") ?? "");
const OTHER: WireSnapshot = { ...ASSEMBLING, seq: 3, meeting: { ...ASSEMBLING.meeting, meeting: "next", name: "Hội nghị sau" } };
const welcomed = (meeting: WireSnapshot): WireMessage => ({ type: "welcome" as const, version: 1, role: "operator" as const, seq: meeting.seq, at: 5, wall: WALL,
  boot: "1".repeat(32), spare: false, snapshot: meeting });
const did = (seq: number, name: "meeting.opened" | "meeting.assembled"): WireEvent =>
  ({ type: "event", seq, at: 1000, wall: WALL, by: { role: "operator", account: "dieuhanh" }, name, data: {} });

test("a board left open over the start of another meeting begins anew: log, selection, what is written and on its way", () => onBoard(SPEECH, async (board) => {
  await board.say(did(400, "meeting.opened"), update({ messages: [{ text: "alo", at: 900_000, wall: WALL, by: { role: "site", site: "ha-noi" } }] }));
  board.root.querySelector<HTMLButtonElement>("[data-site=ha-noi]")?.click();
  board.root.querySelector<HTMLButtonElement>("[data-item=talks] [data-note]")?.click();
  await board.press("j");
  board.root.querySelector<HTMLButtonElement>("[data-action=release]")?.click();
  board.store.console.messagesRead.value = 900_000;
  await board.say(welcomed(OTHER));
  assert.deepEqual(events(board), []);
  assert.equal(board.root.querySelector("[data-drawer]"), null);
  assert.equal(board.root.querySelector("#panel-programme [name=note]"), null);
  assert.equal(board.store.console.selectedTurn.value, undefined);
  assert.equal(board.store.console.messagesRead.value, -1);
  assert.equal(board.store.server.commands.pending.value.size, 0);
  assert.match(board.root.textContent, new RegExp(vi.connection.forgotten));
  await board.say(did(4, "meeting.assembled"));
  assert.deepEqual(events(board), ["meeting.assembled"]);
  assert.equal(board.line.commands().length, 1, "what was asked of the one is not asked of the other");
}));

test("a link that was cut keeps the log of its meeting; a meeting that was put back to an earlier state has its own", () => onBoard(SPEECH, async (board) => {
  await board.say(did(400, "meeting.opened"), welcomed({ ...SPEECH, seq: 400 }));
  assert.deepEqual(events(board), ["meeting.opened"]);
  await board.say(welcomed({ ...SPEECH, seq: 30 }), did(31, "meeting.assembled"));
  assert.deepEqual(events(board), ["meeting.assembled"]);
}));

async function noteOf(board: Board, key: string): Promise<string> {
  board.store.console.toasts.value = [];
  await board.press(key);
  return textOf(board, "[data-toast]");
}

test("a key that can do nothing names the action of the present state, and says what stands in the way", async () => {
  const { actions, obstacle } = vi;
  const says = async (board: Board, key: string, action: string, why: string): Promise<void> => {
    const note = await noteOf(board, key);
    assert.ok(note.includes(action) && note.includes(why), `${key}: ${note}`);
  };
  await onBoard(SPEECH, async (board) => {
    await says(board, "O", actions.close, obstacle.on_air);
    await says(board, "n", actions.start_item, obstacle.on_air);
    await says(board, "y", actions.approve, obstacle.choose_hand);
    await says(board, "u", actions.undo, obstacle.no_undo);
    await says(board, "g", actions.resume, obstacle.on_air);
    await says(board, "A", actions.acknowledge_all, obstacle.no_alarm);
    await board.say(update({ floor: { takes: 1 }, turns: [turn("t-1", "done"), turn("t-2", "done"), turn("t-3", "done")],
      items: [{ ...SPEECH.items[0] as WireSnapshot["items"][number], state: "done" }] }));
    await says(board, "n", actions.start_item, obstacle.no_item_left);
    await says(board, "N", actions.finish_item, obstacle.no_item);
    await says(board, "r", actions.release, obstacle.nobody_speaks);
    await says(board, "y", actions.approve, obstacle.no_hand);
    await says(board, "Enter", actions.take, obstacle.no_turn);
    assert.deepEqual(board.line.commands(), []);
  });
  await onBoard(SPEECH, (board) => says(board, "n", actions.start_item, vi.notPermitted), "technician");
  await onBoard(ASSEMBLING, async (board) => {
    await says(board, "y", actions.answer_heard, obstacle.nobody_called);
    await says(board, "r", actions.end_talkback, obstacle.no_talkback);
    await says(board, "Enter", actions.take, obstacle.not_open);
  });
  await onBoard({ ...ASSEMBLING, meeting: { ...ASSEMBLING.meeting, state: "draft" } }, (board) => says(board, "n", actions.call_next, obstacle.not_assembled));
});

test("a chair is told to choose the raised hand", () => onBoard(SPEECH, async (board) => {
  assert.ok((await noteOf(board, "y")).includes(vi.obstacle.choose_hand));
  await board.press("j");
  await board.press("y");
  assert.ok(board.root.querySelector("dialog[data-dialog=approve]"));
}, "chair"));

/** As a browser does it: a press focuses the button, unless it is told not to. */
async function clickOn(board: Board, selector: string): Promise<void> {
  const target = board.root.querySelector<HTMLElement>(selector);
  if (target?.dispatchEvent(new window.MouseEvent("mousedown", { bubbles: true, cancelable: true })) === true) {
    target.focus();
  }
  target?.click();
  await board.say();
}

test("after a click on a tile and Escape, Enter gives the floor as its button says; so after every other button", () => onBoard(SPEECH, async (board) => {
  for (const selector of ["[data-site=can-tho]", "[data-edit-turn]"]) {
    await clickOn(board, selector);
    await board.press("Escape");
    assert.equal(board.root.querySelector("[data-drawer], dialog"), null);
    assert.equal(document.activeElement, document.body);
  }
  await board.press("Enter");
  assert.deepEqual(board.line.commands(), [{ name: "floor.take", args: { turn: "t-2" } }]);
}));

test("who walks the tiles by key opens and closes details by Enter, and gives nobody the floor", () => onBoard(SPEECH, async (board) => {
  const tile = board.root.querySelector<HTMLButtonElement>("[data-site=can-tho]");
  tile?.focus();
  tile?.click(); // as Enter does in a browser
  await board.say();
  assert.equal(document.activeElement, board.root.querySelector("[data-drawer] [data-close]"));
  await board.press("Enter");
  await board.press("Escape");
  assert.equal(document.activeElement, tile);
  await board.press("Enter");
  assert.deepEqual(board.line.commands(), []);
}));

test("a turn is put right beginning with who speaks, or with one that was selected by hand; whose it is stands large", () => onBoard(SPEECH, async (board) => {
  const whose = async (): Promise<string | undefined> => {
    await board.press("S");
    const found = board.root.querySelector<HTMLElement>("dialog [data-whose]")?.dataset["whose"];
    await board.press("Escape");
    return found;
  };
  assert.equal(await whose(), "t-1");
  await board.press("j");
  assert.equal(await whose(), "t-3");
  await board.press("S");
  assert.match(textOf(board, "dialog [data-whose]"), /Cần Thơ/);
}));

test("a key stands on the one button that it presses now", async () => {
  const keysOn = (board: Board, key: string): string[] => [...board.root.querySelectorAll<HTMLElement>("[data-action]")]
    .filter((one) => one.querySelector("kbd")?.textContent === key).map((one) => one.dataset["action"] ?? "");
  const called = { all_locked: false, venue_open: false, talkback: { private: false, since: 1, site: "ha-noi" } };
  await onBoard({ ...ASSEMBLING, microphones: called }, (board) => {
    assert.deepEqual(["N", "V", "R", "U", "Y"].map((key) => keysOn(board, key)),
      [["call_next"], ["talk_to_all"], ["end_talkback"], ["answer_not_heard"], ["answer_heard"]]);
    return Promise.resolve();
  });
  await onBoard(SPEECH, (board) => {
    assert.deepEqual(["N", "V", "R"].map((key) => keysOn(board, key)), [["start_item"], ["open_venue"], ["release"]]);
    return Promise.resolve();
  });
});

test("one key tests all lines; who has not passed is named with the reason, and the details have the figures beside those before", () => onBoard(ASSEMBLING, async (board) => {
  await board.press("T");
  await accepted(board);
  const figures = { picture: "moving" as const, level_dbfs: -40, round_trip: 12, up: { bits_per_second: 180_000, loss_permille: 4, jitter: 2 } };
  const measured = { ...site("lao-cai", 4, "Lào Cai"), line: { passed: false, findings: ["down_missing" as const], heard: true, figures,
    before: { ...figures, round_trip: 55 } } };
  const lines = { started: 1, due: 90_001, reported: 2, passed: 2, of: 3 };
  await board.say(update({ asked: { line_test: { ...lines, open: true } }, sites: [measured] }));
  assert.match(textOf(board, "[data-line-test=open]"), /2\/3 đã đo/);
  await board.say(update({ asked: { line_test: { ...lines, open: false, ended: 90_001, cause: "span" } } }));
  assert.match(textOf(board, "[data-not-passed='1']"), new RegExp(`Lào Cai: ${vi.lineFinding.down_missing}`));
  board.root.querySelector<HTMLButtonElement>("[data-site=lao-cai]")?.click();
  await board.say();
  assert.match(textOf(board, "[data-line]"), /180 kbit\/s · 0\.4 % · ±2 ms/);
  assert.match(textOf(board, "[data-line]"), /12 ms \(lần trước: 55 ms\)/);
  assert.match(textOf(board, "[data-line]"), new RegExp(`${vi.lineTest.down}${vi.lineTest.unmeasured}`));
  assert.deepEqual(board.line.commands(), [{ name: "line_test.start", args: {} }]);
}));

const PLAYED: WireMessage = {
  type: "replay", rate: 0, speed: 1, at: 500_000, wall: WALL, seq: 10, begins: 0, ends: 1_000_000, marks: [{ item: "talks", at: 200_000 }],
};
const steered = (board: Board): WireMessage[] => board.line.sent.filter((message) => message.type === "steer");

test("a meeting that is played offers its bar and none of its commands", () => onBoard(SPEECH, async (board) => {
  assert.equal(board.root.querySelector("[data-replay]"), null);
  assert.ok(board.root.querySelector("[data-action=release]"));
  await board.say(PLAYED);
  assert.ok(board.root.querySelector("[data-replay=stands]"));
  assert.equal(board.root.querySelector("[data-action=release]"), null);
  await board.press("Enter");
  assert.deepEqual(board.line.commands(), []);
  assert.match(textOf(board, "[data-toast]"), new RegExp(vi.refusal.replay));
}));

test("a replay is steered by key, from where it stands", () => onBoard(SPEECH, async (board) => {
  await board.say(PLAYED);
  for (const key of [" ", "]", "[", "ArrowLeft", "ArrowRight", "Shift+ArrowRight", "PageUp", "PageDown"]) {
    const [name, shiftKey] = key.startsWith("Shift+") ? [key.slice(6), true] : [key, false];
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true, cancelable: true }));
  }
  assert.deepEqual(steered(board), [
    { type: "steer", how: "go_on" },
    { type: "steer", how: "speed", speed: 2 },
    { type: "steer", how: "time", at: 440_000 },
    { type: "steer", how: "time", at: 560_000 },
    { type: "steer", how: "next_event" },
    { type: "steer", how: "time", at: 200_000 },
  ]); // nothing is slower than 1, and no item begins later
  await board.say({ ...PLAYED, rate: 2, speed: 2 });
  await board.press(" ");
  assert.deepEqual(steered(board).at(-1), { type: "steer", how: "pause" });
}));

test("keys of a replay are no keys of a meeting that is held", () => onBoard(SPEECH, async (board) => {
  await board.press(" ");
  await board.press("ArrowLeft");
  assert.deepEqual(steered(board), []);
  assert.equal(board.root.querySelector("[data-toast]"), null);
}));

const DAY = 86_400_000;
const planned = (item: string, state: "done" | "pending", start: number): WireItemView => ({ item, kind: "report" as const, title: item, by: "", state, lists: [], extended: 0, planned_start: start });
const SITTINGS = meetingOf([site("centre", 1)], { items: [planned("01", "done", 0), planned("02", "pending", 175 * DAY)], turns: [] });

test("where the next item is on a later day the sitting is adjourned instead of closed, and an adjourned meeting says so", () => onBoard(SITTINGS, async (board) => {
  assert.equal(board.root.querySelector("[data-action=close]"), null);
  assert.notEqual(board.root.querySelector("[data-action=adjourn]"), null);
  await board.say(update({ items: [planned("02", "pending", DAY / 2)] }));
  assert.notEqual(board.root.querySelector("[data-action=close]"), null);
  assert.equal(board.root.querySelector("[data-action=adjourn]"), null);
  await board.say(update({ meeting: { ...SITTINGS.meeting, state: "draft", adjourned: WALL } }));
  assert.equal(textOf(board, "[data-meeting]"), vi.header.adjourned);
  assert.notEqual(board.root.querySelector("[data-action=assemble]"), null);
}));
