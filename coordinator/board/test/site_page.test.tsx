// The page of a site: what it says of its turn, and what became of a press.
import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "preact";
import type { PanelState } from "@protocol";
import { PageContext, PageState } from "../src/site_page/page_state";
import { SitePage } from "../src/site_page/site_page";
import { vi } from "../src/site_page/words/vi";
import { Line } from "./line";
import { drawn } from "./stage";

const STATE: PanelState = {
  site: "ha-giang", name: "Hà Giang", title_lines: ["HỘI NGHỊ"], meeting: "live", connected: true, spare: false, media: true, playing: true,
  camera: true, voice: true, level_dbfs: -30, tally: "on_air", seen: true, heard: true, hand: false, muted: false, locked: false,
  ducked: false, acknowledged: true, signs: [], faults: [], waiting: 0, running: false, own_clock: true, left: 60_000,
};

interface Shown {
  readonly line: Line;
  readonly tell: (change: Partial<PanelState>) => Promise<void>;
  readonly text: (id: string) => string;
  readonly click: (id: string) => Promise<void>;
}

async function onPage(act: (shown: Shown) => Promise<void>): Promise<void> {
  localStorage.clear();
  const page = new PageState();
  page.connect();
  const line = Line.latest as Line;
  line.onopen?.();
  const root = document.createElement("div");
  document.body.append(root);
  render(<PageContext.Provider value={page}><SitePage /></PageContext.Provider>, root);
  const element = (id: string): HTMLElement => root.querySelector<HTMLElement>(`#${id}`) as HTMLElement;
  const shown: Shown = {
    line,
    async tell(change) {
      line.say({ ...STATE, ...change });
      await drawn();
    },
    text: (id) => element(id).textContent,
    async click(id) {
      element(id).click();
      await drawn();
    },
  };
  try {
    await shown.tell({});
    await act(shown);
  } finally {
    render(null, root);
    root.remove();
  }
}

test("on air it says whether anybody hears it, and who can change that", () => onPage(async ({ tell, text }) => {
  await tell({ running: true });
  assert.equal(text("tally-word"), vi.tally.on_air);
  assert.equal(text("tally-more"), vi.more.onAir);
  await tell({ muted: true });
  assert.equal(text("tally-more"), vi.more.muted);
  await tell({ muted: true, locked: true });
  assert.equal(text("tally-more"), vi.more.locked);
}));

test("a forecast is said in whole minutes and hours, none where there is none", () => onPage(async ({ tell, text }) => {
  await tell({ tally: "off", until_turn: 95_000 });
  assert.equal(text("tally-more"), vi.more.forecast(vi.minutes(2)));
  await tell({ tally: "soon", until_turn: 3_720_000 });
  assert.equal(text("tally-more"), vi.more.soon(vi.hours(1, 2)));
  await tell({ tally: "soon", until_turn: -5 });
  assert.equal(text("tally-more"), "");
}));

test("the time left is the board's: to the second, and up in overtime", () => onPage(async ({ tell, text }) => {
  assert.equal(text("left"), "01:00");
  await tell({ left: -65_000 });
  assert.equal(text("left"), "+01:05");
  assert.equal(text("over"), vi.over);
}));

test("one press is one request; what became of it is said beside it", () => onPage(async ({ line, tell, text, click }) => {
  await click("hand");
  assert.deepEqual(line.sent, [{ action: "raise_hand" }]);
  await tell({ waiting: 1 });
  assert.equal(text("notice"), vi.sending);
  await tell({ waiting: 1, connected: false });
  assert.equal(text("notice"), vi.kept);
  await tell({ answered: "raise_hand", refusal: "not_in_item" });
  assert.equal(text("notice"), vi.refused(vi.refusals.not_in_item));
  await tell({ answered: "raise_hand", hand: true });
  assert.equal(text("notice"), vi.handSent);
}));

test("a press that the program did not hear is called not sent; a lost centre makes what is shown old", () => onPage(async ({ line, tell, text, click }) => {
  await tell({ connected: false });
  assert.equal(text("lost"), vi.lostCentre);
  line.close();
  line.onclose?.();
  await click("mute");
  assert.equal(text("lost"), vi.lost);
  assert.equal(text("notice"), vi.unsent);
}));

test("a pause says what is left of it and when the bell rings, and the bell as it sounds", () => onPage(async ({ tell, text }) => {
  await tell({ tally: "off" });
  assert.equal(document.getElementById("pause"), null);
  await tell({ tally: "off", item: "Nghỉ giải lao", pause: { kind: "break", left: 300_500, bell: 500 } });
  assert.equal(text("pause-title"), "Nghỉ giải lao");
  assert.match(text("pause-left"), new RegExp(`^${vi.pause.resumesIn} 0?5:0[01]$`));
  assert.match(text("bell-next"), new RegExp(`^${vi.pause.bellIn}`));
  await tell({ tally: "off", item: "Nghỉ giải lao", pause: { kind: "break", left: 300_000 }, bell: "break_ending" });
  assert.equal(text("bell-now"), vi.pause.rings.break_ending);
  await tell({ tally: "off", item: "Đón tiếp", pause: { kind: "reception" } });
  assert.equal(document.getElementById("pause-left"), null);
}));

test("a turn by telephone is said at both sites, and the one that speaks elsewhere is not called unheard", () => onPage(async ({ tell, text }) => {
  await tell({ locked: true, heard: false, telephone: { part: "speaks", name: "Cà Mau" } });
  assert.equal(text("tally-more"), vi.telephone.speaks("Cà Mau"));
  assert.equal(document.getElementById("tally")?.dataset.alarm, "false");
  await tell({ telephone: { part: "carries", name: "Cà Mau" } });
  assert.equal(text("tally-more"), vi.telephone.carries("Cà Mau"));
  await tell({ muted: true, telephone: { part: "carries", name: "Cà Mau" } });
  assert.equal(text("tally-more"), vi.more.muted);
  await tell({ tally: "next", acknowledged: false, telephone: { part: "carries", name: "Cà Mau" } });
  assert.match(text("tally-more"), new RegExp(vi.more.next));
}));

test("that a press was not heard is said no longer once the turn has moved", () => onPage(async ({ line, tell, text, click }) => {
  await tell({ tally: "off" });
  line.close();
  await click("hand");
  assert.equal(text("notice"), vi.unsent);
  await tell({ tally: "off" });
  assert.equal(text("notice"), vi.unsent);
  await tell({ tally: "next" });
  assert.equal(text("notice"), "");
}));

test("a spare says that it waits, and nothing of the turn of the machine that is on", () => onPage(async ({ tell, text }) => {
  await tell({ spare: true });
  assert.equal(text("tally-word"), vi.spare);
  assert.equal(text("tally-more"), vi.spareMore);
  assert.equal(document.getElementById("tally")?.dataset.tally, "off");
  for (const id of ["clock", "requests", "messages", "fact-seen", "fact-heard"]) {
    assert.equal(document.getElementById(id), null, id);
  }
  assert.doesNotMatch(document.title, /ĐANG PHÁT BIỂU/);
  await tell({});
  assert.equal(text("tally-word"), vi.tally.on_air);
}));

test("signs and faults are listed while there are some", () => onPage(async ({ tell, text }) => {
  assert.equal(document.getElementById("signs")?.hidden, true);
  await tell({ signs: ["picture_black"], faults: ["recording_stopped"], fault: "v4l2: busy" });
  assert.equal(document.getElementById("signs")?.hidden, false);
  assert.equal(text("sign-list"), `${vi.signs.picture_black}${vi.faults.recording_stopped}v4l2: busy`);
}));

test("before the opening it says in large words who is called, and what keeps the answer from being heard", () => onPage(async ({ tell, text }) => {
  const talkback = { part: "called" as const, private: false, name: "Hà Giang" };
  await tell({ meeting: "assembling", tally: "off", talkback });
  assert.equal(text("tally-word"), "TRUNG TÂM ĐANG GỌI: có nghe rõ không?");
  assert.equal(text("tally-more"), vi.talkback.calledMore);
  assert.match(document.title, /TRUNG TÂM ĐANG GỌI/);
  await tell({ meeting: "assembling", tally: "off", talkback, muted: true });
  assert.equal(text("tally-more"), vi.talkback.muted);
  await tell({ meeting: "assembling", tally: "off", talkback: { ...talkback, private: true } });
  assert.equal(text("tally-more"), vi.talkback.calledPrivately);
  assert.equal(text("fact-heard"), vi.talkback.heardPrivately);
  await tell({ meeting: "assembling", tally: "off", muted: true, talkback: { part: "listener", private: false, name: "Lào Cai" } });
  assert.equal(text("tally-word"), vi.talkback.other("Lào Cai"));
  assert.equal(text("tally-more"), vi.talkback.otherMore);
  await tell({ meeting: "assembling", tally: "off", talkback: { part: "venue", private: false } });
  assert.equal(text("tally-word"), vi.talkback.venueToAll);
}));

test("the centre asks whether the site is ready; one press answers", () => onPage(async ({ line, tell, text, click }) => {
  await tell({ meeting: "assembling", ready: { answered: false, left: 41_200 } });
  assert.equal(text("asked-word"), vi.ready.asked);
  assert.equal(text("asked-more"), vi.ready.left(42));
  await click("ready");
  assert.deepEqual(line.sent.at(-1), { action: "answer_ready" });
  await tell({ meeting: "assembling", ready: { answered: true, left: 40_000 } });
  assert.equal(text("asked-word"), vi.ready.answered);
  assert.equal(document.getElementById("ready")?.hidden, true);
  await tell({ meeting: "assembling" });
  assert.equal(document.getElementById("asked"), null);
}));

test("in a line test people at the site say whether they heard the sound, once it was played", () => onPage(async ({ line, tell, text, click }) => {
  await tell({ meeting: "assembling", line_test: { measured: false, sounded: false, confirmed: false } });
  assert.equal(text("line-test-more"), vi.lineTest.measuring);
  await tell({ meeting: "assembling", line_test: { measured: false, sounded: true, confirmed: false } });
  assert.equal(text("line-test-more"), vi.lineTest.asked);
  await click("sound-unheard");
  await click("sound-heard");
  assert.deepEqual(line.sent.slice(-2), [{ action: "deny_sound" }, { action: "confirm_sound" }]);
  await tell({ meeting: "assembling", line_test: { measured: true, sounded: true, confirmed: true } });
  assert.equal(text("line-test-more"), vi.lineTest.confirmed);
}));

test("a notice is acknowledged by one press, a message read by another, and what is unread is counted", () => onPage(async ({ line, tell, text, click }) => {
  const notice = { text: "Khai mạc chậm 5 phút", at: 27_000_000, message: 12, acknowledge: true };
  const message = { text: "Hình bị tối", at: 27_060_000, message: 14 };
  await tell({ messages: [message, notice], message: message.text, unread: 2, notice });
  assert.match(text("messages-title"), new RegExp(vi.reading.unread(2)));
  assert.equal(text("centre-notice-text"), notice.text);
  await click("understood");
  await click("read");
  assert.deepEqual(line.sent.slice(-2), [{ action: "read_message", message: 12 }, { action: "read_message", message: 14 }]);
  await tell({ messages: [{ ...message, read: true }, { ...notice, read: true }], message: message.text });
  assert.equal(document.querySelector("#read, #centre-notice"), null);
  assert.equal(text("messages-title"), vi.messages);
}));

test("the site's own messages say whether the centre has read them; a phrase is sent by one press", () => onPage(async ({ line, tell, text }) => {
  await tell({ written: [{ text: "Đã rõ", at: 27_000_000, message: 20 }, { text: "Không có hình", at: 26_000_000, message: 18, read: true }],
    phrases: ["Đề nghị gọi lại"] });
  assert.match(text("written"), new RegExp(`Đã rõ ${vi.reading.unreadThere}.*Không có hình ${vi.reading.readThere}`));
  document.querySelector<HTMLButtonElement>("#phrases .phrase")?.click();
  assert.deepEqual(line.sent.at(-1), { action: "send_message", text: "Đề nghị gọi lại" });
}));

test("an opinion is written where one is taken, and what came of the site's own is told", () => onPage(async ({ line, tell, text, click }) => {
  await tell({});
  assert.equal(document.querySelector("#opinion"), null);
  await tell({ opinions: { item: "thao-luan", left: 3, given: [] } });
  const field = document.querySelector<HTMLTextAreaElement>("#opinion-text") as HTMLTextAreaElement;
  field.value = " Đề nghị bổ sung chỉ tiêu ";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("#opinion-form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.deepEqual(line.sent.at(-1), { action: "give_opinion", opinion: "Đề nghị bổ sung chỉ tiêu" });
  await tell({ answered: "give_opinion", opinions: { item: "thao-luan", left: 0,
    given: [{ opinion: 1, begins: "Đề nghị bổ sung chỉ tiêu", at: 27_000_000, state: "answered", note: "Xin tiếp thu" }] } });
  assert.equal(text("opinion-notice"), vi.done.give_opinion);
  assert.match(text("opinions-given"), new RegExp(`${vi.opinionStates.answered}: Xin tiếp thu`));
  await click("opinion-send");
  assert.equal(line.sent.length, 1, "no more than may be given");
}));
