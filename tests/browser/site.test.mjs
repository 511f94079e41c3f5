// The page of a site's technician alone, shown what no centre should send.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { launch } from "./chromium.mjs";

const PAGE = process.env.DIEMCAU_SITE_PAGE;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

const state = {
  site: "ha-giang", name: "Hà Giang", title_lines: [], meeting: "live", connected: true, spare: false, media: true, playing: true, camera: true, voice: true,
  level_dbfs: -20, tally: "on_air", seen: true, heard: true, hand: false, muted: false, locked: false, ducked: false,
  acknowledged: true, signs: [], faults: [], waiting: 0, running: false, own_clock: true, left: 60_000,
};

/** The state with this text wherever a text may stand. */
const saying = (text) => ({
  ...state, name: text, title_lines: [text, text], item: text, speaker: text, unit: text, message: text, fault: text,
});

async function answer(request, response) {
  const path = request.url === "/" ? "/index.html" : request.url;
  response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
  response.end(await readFile(join(PAGE, path)).catch(() => ""));
}

/** The page, told this state, and a program behind it that hears and says more; both end with the test. */
async function staged(t, shown) {
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server, path: "/ws", handleProtocols: () => "diemcau.panel" });
  const heard = [];
  sockets.on("connection", (socket) => {
    socket.send(JSON.stringify(shown));
    socket.on("message", (data) => heard.push(JSON.parse(data)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    sockets.clients.forEach((socket) => socket.terminate());
    server.close();
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => document.getElementById("name").textContent !== "…");
  const say = (next) => sockets.clients.forEach((socket) => socket.send(JSON.stringify(next)));
  const cut = () => { sockets.clients.forEach((socket) => socket.terminate()); server.close(); };
  return { page, heard, say, cut };
}

const pageOf = async (t, shown) => (await staged(t, shown)).page;

const more = (page) => page.textContent("#tally-more");

test("on air unheard it says who can end that: the site itself, or the centre", async (t) => {
  assert.match(await more(await pageOf(t, { ...state, muted: true })), /^MICRO ĐANG TẮT/);
  assert.match(await more(await pageOf(t, { ...state, locked: true })), /^TRUNG TÂM ĐANG KHÓA MICRO/);
  assert.match(await more(await pageOf(t, { ...state, running: true })), /đang xem và nghe điểm cầu này/);
});

test("a notice stands above everything until it is acknowledged; opinions and messages have their place", async (t) => {
  const notice = { text: "Khai mạc chậm 5 phút, mời đại biểu ổn định chỗ ngồi", at: 27_000_000, message: 12, acknowledge: true };
  const { page, heard } = await staged(t, { ...state, tally: "off", own_clock: false, left: undefined, notice, unread: 2, messages: [
    { text: "Hình bị tối, đề nghị bật thêm đèn", at: 27_060_000, message: 14 }, notice], message: "Hình bị tối, đề nghị bật thêm đèn",
    written: [{ text: "Đã rõ", at: 27_090_000, message: 20 }, { text: "Không nghe được tiếng", at: 26_000_000, message: 9, read: true }],
    opinions: { item: "tham-luan", left: 2, given: [{ opinion: 1, begins: "Đề nghị bổ sung chỉ tiêu", at: 26_500_000, state: "answered", note: "Xin tiếp thu" }] } });
  const top = async (id) => (await page.locator(id).boundingBox()).y;
  assert.ok(await top("#centre-notice") < await top("#tally"));
  await page.fill("#opinion-text", "Đề nghị làm rõ nguồn kinh phí");
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "site-talk.png"), fullPage: true });
  await page.click("#understood");
  await page.click("#opinion-send");
  while (heard.length < 2) {
    await sleep(10);
  }
  assert.deepEqual(heard.map(({ action }) => action), ["read_message", "give_opinion"]);
});

test("a rehearsal is called one", async (t) => {
  assert.equal(await (await pageOf(t, state)).locator("#rehearsal").count(), 0);
  const page = await pageOf(t, { ...state, rehearsal: true });
  assert.equal(await page.textContent("#rehearsal"), "DIỄN TẬP");
  assert.equal(await page.locator("#rehearsal").isVisible(), true);
});

test("overtime counts up as on the board; without a limit there is none", async (t) => {
  const late = await pageOf(t, { ...state, left: -65_000 });
  assert.equal(await late.textContent("#left"), "+01:05");
  assert.equal(await late.textContent("#over"), "quá giờ");
  const { left, ...unlimited } = state;
  const page = await pageOf(t, { ...unlimited, speaker: "Hà Giang" });
  assert.equal(await page.textContent("#left"), "–");
  assert.equal(await page.textContent("#over"), "không hạn giờ");
});

test("without the centre it says first that what stands below is old", async (t) => {
  const well = await pageOf(t, state);
  assert.equal(await well.locator("#lost").isVisible(), false);
  const page = await pageOf(t, { ...state, connected: false });
  assert.match(await page.textContent("#lost"), /^Mất kết nối với trung tâm: thông tin dưới đây là của thời điểm trước khi mất kết nối/);
  await page.click("#language");
  assert.match(await page.textContent("#lost"), /^The centre is not connected/);
});

async function write(page, text) {
  await page.fill("#text", text);
  await page.click("#send");
}

/** What the page has sent, once there are so many; without them it ends by the test's own time. */
async function sent(heard, n) {
  for (let looks = 0; heard.length < n && looks < 100; looks++) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return heard;
}

const until = (page, words, where = "#message-notice") => page.locator(where).getByText(words).waitFor();

test("a message is called sent once the centre has it, not before", async (t) => {
  const { page, heard, say } = await staged(t, state);
  await write(page, "Micro có nghe rõ không?");
  assert.equal(await page.textContent("#message-notice"), "", "the press alone is no answer");
  say({ ...state, waiting: 1 });
  await until(page, /^Đang gửi tới trung tâm…$/);
  say({ ...state, answered: "send_message", locked: true });
  await until(page, /^Đã gửi: trung tâm đã nhận tin nhắn\.$/);
  assert.equal(await page.textContent("#notice"), "Trung tâm đang khóa micro.");
  assert.deepEqual(heard, [{ action: "send_message", text: "Micro có nghe rõ không?" }]);
  assert.equal(await page.inputValue("#text"), "");
  await page.click("#language");
  await until(page, /^Sent: the centre has your message\./);
});

test("without the centre an order is called kept, and sent when it was accepted", async (t) => {
  const { page, say } = await staged(t, { ...state, connected: false });
  await page.click("#hand");
  say({ ...state, connected: false, hand: true, waiting: 1 });
  await until(page, /^Chưa gửi được: giữ lại đây và tự gửi/, "#notice");
  say({ ...state, hand: true, answered: "raise_hand" });
  await until(page, /^Đã gửi: trung tâm đã nhận yêu cầu phát biểu\.$/, "#notice");
  say({ ...state, answered: "raise_hand" });
  await page.waitForFunction(() => document.getElementById("notice").textContent === "");
});

test("what was refused says why, and gives back what was written", async (t) => {
  const { page, say } = await staged(t, state);
  await write(page, "Xin giúp");
  say({ ...state, waiting: 1 });
  await until(page, /^Đang gửi/);
  say({ ...state, answered: "send_message", refusal: "busy" });
  await until(page, /^Trung tâm không chấp nhận: Máy chủ đang bận; xin thử lại sau giây lát\.$/);
  assert.equal(await page.inputValue("#text"), "Xin giúp");
});

test("a press that the program behind the page did not hear is called not sent", async (t) => {
  const { page, cut } = await staged(t, state);
  cut();
  await page.locator("#lost").waitFor();
  await write(page, "Xin giúp");
  await until(page, /^Chưa gửi: lúc bấm, trang này mất liên lạc/);
  assert.equal(await page.inputValue("#text"), "Xin giúp");
});

const HOUR = 3_600_000;
const informed = {
  ...state, tally: "soon", own_clock: false, number: 2, ahead: 1, registered: false, seated: false, content_shown: false,
  message: "Xin chuẩn bị", messages: [{ text: "Xin chuẩn bị", at: 8.5 * HOUR }, { text: "Kiểm tra micro", at: 8 * HOUR }],
  items: [
    { title: "Khai mạc", state: "done", planned: 8 * HOUR, start: 8 * HOUR },
    { title: "Thảo luận", state: "active", planned: 8.25 * HOUR, start: 8.5 * HOUR },
    { title: "Kết luận", state: "pending", planned: 11 * HOUR },
  ],
  turns: [
    { site: 3, name: "Sơn La", unit: "UBND tỉnh Sơn La", state: "on_air" },
    { site: 2, name: "Hà Giang", unit: "Hà Giang", state: "waiting", expected: 8.75 * HOUR },
  ],
};

test("messages with their time, the programme, the list and the own place in it are shown", async (t) => {
  const page = await pageOf(t, informed);
  assert.equal(await page.textContent("#message-at"), "08:30");
  assert.equal(await page.textContent("#earlier"), "08:00Kiểm tra micro");
  assert.equal(await page.textContent("#programme [data-state=active]"), "08:30Thảo luận đang thực hiện · kế hoạch 08:15");
  assert.equal(await page.textContent("#programme [data-state=pending]"), "11:00Kết luận ");
  assert.equal(await page.textContent("#list [data-own=true]"), "08:45Hà Giang");
  assert.equal(await page.textContent("#place"), "Còn 1 lượt nữa đến điểm cầu này.");
});

test("a hand says what for; what the site signs is told, and taken back by the same button", async (t) => {
  const { page, heard, say } = await staged(t, informed);
  assert.equal(await page.locator("#content").count(), 0, "shown on air alone");
  await page.click("#speech summary");
  await page.fill("#speech-text", "Góp ý dự thảo");
  await page.fill("#speech-unit", "Sở Y tế");
  await page.click("#hand");
  await page.click("#registered");
  say({ ...informed, registered: true, answered: "sign_registered" });
  await until(page, /^Đã báo trung tâm: đại biểu đã đăng ký\. Bấm lại để rút\.$/, "#notice");
  await page.click("#registered");
  say({ ...informed, tally: "on_air" });
  await page.click("#content");
  assert.deepEqual(await sent(heard, 4), [
    { action: "raise_hand", text: "Góp ý dự thảo", unit: "Sở Y tế" }, { action: "sign_registered" },
    { action: "unsign_registered" }, { action: "show_content" },
  ]);
});

test("the hall is counted where the question stands; what disagrees is said, and sent again", async (t) => {
  const vote = { vote: "v", question: "Thông qua chương trình", options: ["Tán thành", "Không tán thành"], method: "by_site", ballots: 0 };
  const { page, heard, say } = await staged(t, { ...informed, vote });
  assert.equal(await page.textContent("#vote-question"), "Thông qua chương trình");
  for (const [field, number] of [["present", 20], ["cast", 21], ["answer-1", 20], ["answer-2", 1]]) {
    await page.fill(`#vote-${field}`, String(number));
  }
  await page.click("#vote-send");
  const count = { present: 20, cast: 21, answers: [20, 1] };
  say({ ...informed, vote: { ...vote, ballots: 1, count, fault: "more_than_present" }, answered: "cast_vote" });
  await until(page, /^Số biểu quyết nhiều hơn số người có mặt; xin kiểm lại\.$/, "#vote-standing");
  await until(page, /trung tâm đã nhận số liệu/, "#vote-notice");
  await page.fill("#vote-present", "21");
  await page.click("#vote-send");
  say({ ...informed, vote: { ...vote, ballots: 1, count: { ...count, present: 21 } }, answered: "cast_vote" });
  await until(page, /^Trung tâm đã nhận số liệu/, "#vote-standing");
  await page.click("#vote summary");
  await page.fill("#vote-problem", "Đếm lại");
  await page.click("#vote-report button");
  assert.deepEqual(await sent(heard, 3), [
    { action: "cast_vote", count }, { action: "cast_vote", count: { ...count, present: 21 } }, { action: "report_vote", text: "Đếm lại" },
  ]);
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "site-vote.png") });
  say(informed);
  await page.waitForSelector("#vote", { state: "detached" });
});

const prepared = { ...state, tally: "off", meeting: "assembling", posted: false,
  checks: [{ check: "nguon-dien", title: "Nguồn điện, bộ lưu điện", done: true }, { check: "micro", title: "Mỗi vị trí đại biểu có micro", done: false }] };

test("the checklist is ticked with a note, a tick is taken back, and the technician reports present", async (t) => {
  const { page, heard, say } = await staged(t, prepared);
  assert.equal(await page.textContent("#checklist-title"), "Kiểm tra tại chỗ (1/2)");
  await page.fill("#note-micro", "micro số 2 dự phòng");
  await page.click("#check-micro");
  assert.equal(await page.isChecked("#check-micro"), false, "what the centre does not know is not shown as done");
  await page.click("#check-nguon-dien");
  await page.click("#post");
  say({ ...prepared, posted: true, answered: "take_post" });
  await until(page, /^Trung tâm đã biết kỹ thuật viên có mặt\.$/, "#notice");
  await page.click("#post");
  assert.deepEqual(await sent(heard, 4), [
    { action: "tick", check: "micro", text: "micro số 2 dự phòng" }, { action: "untick", check: "nguon-dien" },
    { action: "take_post" }, { action: "leave_post" },
  ]);
  if (process.env.DIEMCAU_SHOTS) {
    await page.screenshot({ path: `${process.env.DIEMCAU_SHOTS}/site-checklist.png` });
  }
});

const TERMS = { categories: ["Lãnh đạo", "Sở, ban, ngành"], by_name: true };
const NOBODY = { technician: "", contact: "", delegates: "" };
const asked = { ...prepared, registration: {
  terms: TERMS, due: Date.UTC(2022, 6, 10, 17), may_register: true, may_attend: false, venue: "", chair: "", delegates: [], presence: [], people: NOBODY,
} };
const KNOWN = { technician: "Trực máy", contact: "máy lẻ 101", delegates: "Lãnh đạo\tĐại biểu 1\tBí thư\nSở, ban, ngành\tĐại biểu 2" };

test("a site registers its delegates by name, as they are pasted from a spreadsheet", async (t) => {
  const { page, heard, say } = await staged(t, asked);
  assert.match(await page.textContent("#register h2"), /^Đăng ký đại biểu \(gửi trước /);
  assert.equal(await page.locator("#registered").count(), 0, "the step is signed by what is registered");
  await page.fill("#register [name=venue]", "Phòng họp số 2");
  await page.fill("#register [name=chair]", "Phó Bí thư Thường trực");
  await page.fill("#register [name=technician]", KNOWN.technician);
  await page.fill("#register [name=contact]", KNOWN.contact);
  await page.fill("#register [name=names-1]", "Đại biểu 1\tBí thư\n\n");
  await page.fill("#register [name=count-2]", "12");
  await page.fill("#register [name=names-2]", " Đại biểu 2 ; ");
  if (process.env.DIEMCAU_SHOTS) {
    await page.screenshot({ path: `${process.env.DIEMCAU_SHOTS}/site-register.png`, fullPage: true });
  }
  await page.click("#register-form button");
  assert.deepEqual(await sent(heard, 1), [{
    action: "register", venue: "Phòng họp số 2", chair: "Phó Bí thư Thường trực",
    delegates: [{ category: "Lãnh đạo", count: 1 }, { category: "Sở, ban, ngành", count: 12 }], people: KNOWN,
  }]);
  say({ ...asked, registered: true, answered: "register", registration: {
    ...asked.registration, registered: Date.UTC(2022, 6, 9), venue: "Phòng họp số 2", people: KNOWN, delegates: [{ category: "Lãnh đạo", count: 1 }, { category: "Sở, ban, ngành", count: 12 }],
  } });
  await until(page, /^Trung tâm đã nhận đăng ký\.$/, "#registration-notice");
  assert.match(await page.textContent("#register [data-registered]"), /^Trung tâm đã nhận lúc /);
  assert.equal(await page.inputValue("#register [name=names-2]"), "Đại biểu 2", "what the centre has can be put right");
});

test("who has come is told by name, and the rest by count", async (t) => {
  const { page, heard } = await staged(t, { ...asked, registration: {
    ...asked.registration, may_attend: true, registered: 1, people: KNOWN, delegates: [{ category: "Lãnh đạo", count: 1 }, { category: "Sở, ban, ngành", count: 12 }],
  } });
  await page.selectOption("[data-delegate='Đại biểu 2'] select", "absent");
  await page.fill("[data-delegate='Đại biểu 2'] input", "đi công tác");
  await page.selectOption("[data-delegate='Đại biểu 1'] select", "online");
  await page.fill("#attend [name=reason]", "hai đồng chí đi công tác");
  if (process.env.DIEMCAU_SHOTS) {
    await page.screenshot({ path: `${process.env.DIEMCAU_SHOTS}/site-attend.png`, fullPage: true });
  }
  await page.click("#attend-form button");
  assert.deepEqual(await sent(heard, 1), [{
    action: "attend", text: "hai đồng chí đi công tác",
    presence: [{ category: "Lãnh đạo", online: 1, absent: 0, present: 0 }, { category: "Sở, ban, ngành", online: 0, absent: 1, present: 11 }],
    people: { ...KNOWN, delegates: "Lãnh đạo\tĐại biểu 1\tBí thư\t\t\tonline\nSở, ban, ngành\tĐại biểu 2\t\t\t\tabsent\tđi công tác" },
  }]);
});

test("on a phone the buttons stand right under what must be done", async (t) => {
  const page = await pageOf(t, { ...state, muted: true });
  await page.setViewportSize({ width: 390, height: 844 });
  const box = await page.locator("#mute").boundingBox();
  assert.ok(box.y + box.height < 500, `the button ends at ${box.y + box.height}`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test("markup stays text", async (t) => {
  const evil = "<img src=x onerror=alert(1)><b>x</b>";
  const page = await pageOf(t, saying(evil));
  assert.equal(await page.locator("#name").textContent(), evil);
  assert.equal(await page.locator("#message").textContent(), evil);
  assert.equal(await page.locator("img[src=x]").count(), 0);
});

test("no text turns the direction of what stands beside it", async (t) => {
  const page = await pageOf(t, saying("Hà \u202Eign\u202C \u2066N\u2069ội\u200F\u061C"));
  assert.equal(await page.locator("#name").textContent(), "Hà ign Nội");
  assert.doesNotMatch(await page.content(), TURNING);
  assert.doesNotMatch(await page.title(), TURNING);
});
