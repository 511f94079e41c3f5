// What an operator in trouble must find on the board at a glance, over made-up meetings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOn, FULL, listenTo, SMALL, speech } from "./onstage.mjs";

const MINUTE = 60_000;
const PHONE = { width: 390, height: 844 };

function troubled(count, change) {
  const stage = speech(count);
  change(stage);
  return stage;
}

const cut = (count) => troubled(count, (stage) => stage.cutSpeaker());

test("a speaker who is cut off stays in view: who, why, what is left, and how to go on", async (t) => {
  const stage = cut(64);
  const { page, server } = await boardOn(t, stage);
  const speaker = page.locator("[data-interrupted=nam-dinh]");
  assert.equal(await speaker.locator("h2").textContent(), "Nam Định");
  assert.equal(await speaker.locator(".on_air_troubles").textContent(), "mất liên lạc · mất tín hiệu hình ảnh, âm thanh");
  assert.match(await page.textContent("[role=timer]"), /^03:3\d$/);
  assert.match(await page.textContent(".on_air_spans"), /đã dừng đồng hồ/);
  await page.waitForSelector("[data-action=resume].button_primary:not(:disabled)");
  server.say(stage.event("floor.interrupted", { turn: "t-5", cause: "media_silent", spoken: 0 }));
  Object.assign(stage.site("nam-dinh"), { link: "online", media: "good" });
  server.tell();
  await speaker.getByText("có thể phát biểu tiếp").waitFor();
  assert.equal(await speaker.locator(".on_air_cause").textContent(), "mất tín hiệu");
  assert.equal(await speaker.locator(".on_air_troubles").count(), 0);
});

test("who is next is not called ready without saying that nobody can see it", async (t) => {
  const stage = troubled(64, (one) => one.lose(one.site("nghe-an")));
  const { page } = await boardOn(t, stage);
  assert.equal(await page.textContent(".speaking_upNext .speaking_troubles"), "mất liên lạc · mất tín hiệu hình ảnh, âm thanh");
});

test("who speaks unheard is said where the clock is: locked by the centre, muted at the site", async (t) => {
  const stage = troubled(64, (one) => Object.assign(one.site("nam-dinh"), { locked: true, muted: true }));
  const { page } = await boardOn(t, stage);
  assert.equal(await page.textContent("[data-floor] .on_air_troubles"), "Trung tâm đang khóa micro · Điểm cầu đang tắt micro");
});

test("a lost relay is said where everybody looks, and of no site what nobody measures", async (t) => {
  const stage = troubled(64, (one) => one.loseRelay());
  const { page, server } = await boardOn(t, stage);
  const said = await page.textContent("[data-floor] .on_air_troubles");
  assert.match(said, /^Mất kết nối máy chủ hình ảnh, âm thanh · không rõ hình ảnh, âm thanh từ \d\d:\d\d$/);
  assert.match(await page.textContent("[data-relay=lost]"), /Mất máy chủ hình, tiếng từ \d\d:\d\d/);
  assert.match(await page.textContent(".speaking_upNext .speaking_troubles"), /không rõ hình ảnh, âm thanh từ/);
  const states = await page.$$eval(".sites_tile .sites_status > span", (all) => all.map((one) => one.textContent));
  assert.ok(states.filter((one) => one === "không rõ").length > 50);
  assert.deepEqual(states.filter((one) => one === "Sẵn sàng" || one === "kém"), []);
  assert.ok(states.includes("đang phát biểu"), "who speaks goes on");
  assert.equal(await page.locator("[data-site] :is([data-media=good], [data-media=degraded])").count(), 0);
  await page.locator("[data-site=ha-giang]").click();
  assert.match(await page.textContent("[data-drawer] .drawer_figures"), /không rõ từ \d\d:\d\d \(trước đó: tốt\)/);
  stage.views.relay = { link: "online", since: stage.instant() };
  server.tell();
  await page.locator("[data-site=ha-giang]").getByText("Sẵn sàng").waitFor();
});

test("no sign of a tile stands on its name", async (t) => {
  const { page } = await boardOn(t, troubled(64, (one) => one.cutAll()), { size: SMALL });
  await page.waitForTimeout(300);
  assert.deepEqual(await page.$$eval("[data-site]", (tiles) => tiles.filter((tile) => {
    const name = tile.querySelector("b").getBoundingClientRect();
    return [...tile.querySelectorAll(".sites_badge")].some((badge) => badge.getBoundingClientRect().bottom > name.top + 1);
  }).map((tile) => tile.dataset.site)), []);
});

test("a turn without a limit counts up and is never overtime", async (t) => {
  const stage = troubled(9, (one) => Object.assign(one.views.floor.timer, { allowance: 0, warning: 0, since: one.instant() - 2 * MINUTE }));
  const { page } = await boardOn(t, stage);
  assert.match(await page.textContent("[role=timer]"), /^02:[0-5]\d$/);
  assert.match(await page.textContent(".on_air_countdown"), /không hạn giờ/);
  assert.equal(await page.locator("[data-phase=overtime]").count(), 0);
});

test("with all sites cut the main venue's alarm stands first", async (t) => {
  const { page } = await boardOn(t, troubled(64, (one) => one.cutAll()));
  assert.match(await page.locator("[data-alarm]").first().textContent(), /^Mất điểm cầu trung tâm/);
  assert.match(await page.textContent("#panel-alarms header"), /66 cảnh báo chờ xử lý/);
});

test("sixty-three lost sites are seen to with one key, but not one that was lost after it", async (t) => {
  const stage = troubled(64, (one) => one.cutAll());
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  const lost = page.locator("[data-alarm=site_lost]:not([data-acknowledged])");
  await page.keyboard.press("a"); // the main venue's
  await page.waitForSelector("[data-alarm=main_venue_lost][data-acknowledged]");
  await page.getByRole("button", { name: "Tiếp nhận cả 63" }).getByText("⇧A").waitFor();
  stage.alarm("site_lost", stage.views.sites[0].site); // on its way while the key is pressed
  await page.keyboard.press("Shift+A");
  await page.waitForFunction(() => document.querySelectorAll("[data-alarm=site_lost][data-acknowledged]").length === 64);
  assert.equal(await lost.count(), 1);
  const { name, args } = heard[1];
  assert.deepEqual({ name, args }, { name: "alarm.acknowledge", args: { alarm: stage.views.alarms.length - 1, kind: "site_lost" } });
});

test("what was done about an alarm that is seen to can be noted", async (t) => {
  const stage = troubled(9, (one) => one.cutAll());
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  const row = page.locator("[data-alarm=main_venue_lost]");
  assert.equal(await row.locator("[data-note-alarm]").count(), 0, "not before it is seen to");
  await page.keyboard.press("a");
  await row.locator("[data-note-alarm]").click();
  await row.locator("input[name=note]").fill("Đã đổi sang đường dự phòng");
  await page.keyboard.press("Enter");
  await row.locator("[data-note-alarm]").waitFor();
  const { name, args } = heard[1];
  assert.deepEqual({ name, text: args.text }, { name: "alarm.note", text: "Đã đổi sang đường dự phòng" });
});

test("a site that writes is noticed until its words were in view; 5 goes there, 6 to the log", async (t) => {
  const stage = speech(9);
  const { page, server } = await boardOn(t, stage);
  assert.equal(await page.textContent(".feed_unread"), "2 mới", "one of a site, one of a colleague on the inner line");
  await page.keyboard.press("5");
  await page.locator("#panel-feed [data-from=site]").waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("#panel-feed ol"));
  await page.keyboard.press("6");
  await page.waitForSelector(".feed_unread", { state: "detached" });
  server.say({ ...stage.update(), messages: [{ text: "Xin giúp", at: stage.instant(), wall: Date.now(), by: { role: "site", site: stage.views.sites[3].site } }] });
  await page.getByText("1 mới").click();
  await page.getByText("Xin giúp").waitFor();
});

test("hands are counted wherever they stand on the list, and a click selects them", async (t) => {
  const { page } = await boardOn(t, speech(64));
  await page.locator(".speaking_hands").click();
  await page.waitForSelector("[data-turn=t-22][aria-selected=true]");
  await page.waitForSelector("[data-action=approve]:not(:disabled)");
});

test("a hand is approved for as long as its list's turns have, or as is said", async (t) => {
  const stage = speech(64);
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  await page.locator(".speaking_hands").click();
  await page.waitForSelector("[data-turn=t-22][aria-selected=true]");
  await page.keyboard.press("y");
  assert.equal(await page.textContent("dialog .dialog_question"), "Bắc Giang");
  assert.equal(await page.inputValue("dialog [name=minutes]"), "10");
  await page.keyboard.type("7");
  await page.getByRole("button", { name: "Duyệt 7′" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-turn=t-22] .speaking_when", { hasText: "7′" }).waitFor();
  assert.equal(await page.locator("dialog").count(), 0);
  assert.deepEqual(heard.map(({ name, args }) => ({ name, args })), [{ name: "turn.approve", args: { turn: "t-22", allowance: 7 * MINUTE } }]);
  await page.getByText("Duyệt lượt: Bắc Giang – 7′").waitFor();
});

test("the box approves the hand it was opened for; Esc approves none, and no limit is said", async (t) => {
  const stage = speech(64);
  const heard = listenTo(stage);
  const { page, server } = await boardOn(t, stage, { role: "chair" });
  await page.locator(".speaking_hands").click();
  await page.locator("[data-action=approve]").click();
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.deepEqual(heard, []);
  await page.keyboard.press("y");
  stage.cue("t-7", false); // what the keys mean by default moves on
  server.tell();
  await page.getByRole("button", { name: "Không hạn giờ" }).click();
  await page.getByText("Duyệt lượt: Bắc Giang – không hạn giờ").waitFor();
  assert.deepEqual(heard[0].args, { turn: "t-22", allowance: 0 });
});

test("what is under way without a speaker is named, and a closed meeting leads to its minutes", async (t) => {
  const stage = speech(9);
  stage.views.floor = { takes: 4 };
  stage.views.items.push({ item: "06", kind: "break", title: "Giải lao", lists: [], state: "pending", extended: 0, forecast_finish: stage.instant() });
  stage.startItem("06");
  const { page, server } = await boardOn(t, stage);
  assert.equal(await page.textContent("[data-floor] h2"), "Giải lao");
  assert.equal(await page.locator("[data-minutes]").count(), 0);
  stage.views.meeting.state = "closed";
  server.tell();
  await page.waitForSelector("a[data-minutes][href='/api/v1/minutes?format=html&lang=vi']");
});

test("meetings that were held before are listed, and their papers can be opened", async (t) => {
  const { page } = await boardOn(t, speech(9));
  await page.click("[data-past]");
  const row = page.locator("[data-dialog=past] [data-meeting-id='2022-06-10']");
  await row.waitFor();
  assert.match(await row.textContent(), /10\/6\/2022|10\/06\/2022/);
  const papers = await row.locator("[data-paper]").evaluateAll((items) => items.map((item) => item.getAttribute("data-paper")));
  assert.deepEqual(papers, ["minutes", "invitation", "programme", "technical-record", "notice"]);
  for (const paper of papers) {
    const links = await row.locator(`[data-paper=${paper}] a`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links, ["html", "docx"].map((format) => `/api/v1/minutes?meeting=2022-06-10&paper=${paper}&format=${format}&lang=vi`));
  }
  assert.match(await page.textContent("[data-meeting-id='2022-07-15']"), /hội nghị này/);
  await page.screenshot({ path: `${process.env.DIEMCAU_SHOTS}/past.png` });
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("[data-dialog]").count(), 0);
});

test("what would be skipped or left undone is named before it is", async (t) => {
  const stage = speech(9);
  stage.views.floor = { takes: 4 };
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("Shift+X");
  assert.equal(await page.textContent("dialog .dialog_atStake"), "Tham luận của các đại biểu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+O");
  assert.equal(await page.textContent("dialog .dialog_atStake"), "Còn 2 mục chưa thực hiện.");
});

for (const language of ["vi", "en"]) {
  test(`the small buttons under the list say what they do, uncut: ${language}`, async (t) => {
    const stage = speech(64);
    stage.cue("t-6", false);
    const { page } = await boardOn(t, stage, { size: SMALL });
    if (language === "en") {
      await page.keyboard.press("l");
    }
    await page.locator(".speaking_hands").click();
    await page.waitForSelector("[data-action=approve]");
    assert.deepEqual(await page.$$eval(".speaking_rare .button_label, [data-turn] .speaking_state", (all) => all
      .filter((one) => one.textContent === "" || one.scrollWidth > one.clientWidth).map((one) => one.textContent)), []);
  });
}

for (const [size, language] of [[FULL, "vi"], [FULL, "en"], [SMALL, "vi"], [SMALL, "en"]]) {
  test(`no button and no state of a turn is cut on ${size.width}×${size.height}: ${language}`, async (t) => {
    const { page } = await boardOn(t, speech(64), { size });
    if (language === "en") {
      await page.keyboard.press("l");
    }
    await page.keyboard.press("s");
    await page.waitForSelector("[data-drawer]");
    assert.deepEqual(await page.$$eval(".button_label, [data-turn] .speaking_state", (all) => all
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)), []);
    assert.deepEqual(await page.$$eval("[data-turn] .speaking_state, .header_facts .header_fact", (all) => all
      .filter((one) => one.clientHeight > 1.9 * parseFloat(getComputedStyle(one).fontSize)).map((one) => one.textContent)), [], "one line each");
  });
}

/** Each state of a site, with all the signs that may stand beside it. */
function manyStates(count) {
  return troubled(count, (stage) => {
    const states = [{ media: "none" }, { media: "silent" }, { media: "degraded" }, { barred: true }, { link: "absent", media: "none" },
      { link: "lost", media: "silent", link_since: stage.instant() - 83 * MINUTE }, { signs: ["reception_poor"] }, { tally: "standby" }, {}];
    const beside = [{}, { muted: true }, { locked: true }, { spare: true, muted: true }, { seen: true, heard: true }];
    stage.views.sites.forEach((site, n) => Object.assign(site, { media: "good", link: "online", spare: false, locked: false, tally: "off" },
      states[n % states.length], beside[Math.floor(n / states.length) % beside.length]));
  });
}

for (const [size, language] of [[FULL, "vi"], [FULL, "en"], [SMALL, "vi"], [SMALL, "en"]]) {
  test(`no state of a site is cut on ${size.width}×${size.height}: ${language}`, async (t) => {
    const stage = manyStates(64);
    const { page, server } = await boardOn(t, stage, { size });
    if (language === "en") {
      await page.keyboard.press("l");
    }
    await page.waitForTimeout(300);
    const cutStates = () => page.$$eval(".sites_tile .sites_status > span", (all) => all
      .filter((one) => one.scrollWidth > one.clientWidth
        || one.closest(".sites_label").getBoundingClientRect().top < one.closest(".sites_tile").getBoundingClientRect().top)
      .map((one) => `${one.closest("[data-site]").dataset.site}: ${one.textContent}`));
    assert.deepEqual(await cutStates(), []);
    const height = () => page.$eval("header", (header) => header.clientHeight);
    const before = await height();
    stage.loseRelay();
    server.tell();
    await page.locator("[data-relay=lost]").waitFor();
    assert.deepEqual(await cutStates(), []);
    assert.equal(await height(), before, "the header keeps to its line");
  });
}

for (const size of [SMALL, PHONE]) {
  test(`with everything there is to say, nothing stands outside ${size.width}×${size.height}`, async (t) => {
    const stage = cut(64);
    Object.assign(stage.views.meeting, { rehearsal: true, speed: 60, offset: 25 * MINUTE });
    stage.views.microphones = { all_locked: true, venue_open: true };
    stage.loseRelay();
    const { page, server } = await boardOn(t, stage, { size });
    await page.keyboard.press("l");
    await page.waitForTimeout(300);
    const outside = () => page.$$eval(".header_header *, [data-banner] *", (all) => all
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.textContent));
    assert.deepEqual(await outside(), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    server.freeze(true);
    await page.locator("[data-banner]").waitFor();
    assert.ok((await page.locator("[data-banner]").boundingBox()).y >= 0, "the banner is in view wherever the page stands");
    assert.deepEqual(await outside(), []);
  });
}
