// An operator's day at the board, by keyboard alone: opening, three turns, close, against the real
// coordinator with simulated sites. Nothing here touches a mouse; a click would be a fault of the test.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const PROGRAMS = process.env.DIEMCAU_PROGRAMS;
const PLAN = process.env.DIEMCAU_PLAN;
const SHOTS = process.env.DIEMCAU_SHOTS;
const SIZES = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }];
const PATIENCE_MS = 30_000;
/** The coordinator takes no second take within a second. */
const TAKE_GUARD_MS = 1200;

/** Commands and their answers, to be printed when a step failed. */
const said = [];

function listen(socket) {
  const note = (way) => ({ payload }) => {
    if (typeof payload === "string" && /"type":"(command|accepted|refused|bye|welcome)"/.test(payload)) {
      said.push(`${way} ${payload.slice(0, 200)}`);
    }
  };
  socket.on("framesent", note(">"));
  socket.on("framereceived", note("<"));
}

/** In the page: every sentence of the board and every turn of its link, with the time. */
function keepDiary() {
  window.diary = [];
  const write = (text) => window.diary.push(`${(performance.now() / 1000).toFixed(1)} s ${text}`);
  window.unsent = () => window.diary.filter((line) => line.includes("chưa được gửi")).length;
  document.addEventListener("keydown", (event) => write(`key ${event.key}`), true);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Element && target.matches("[data-connection]")) {
        write(`link ${target.dataset.connection}`);
      }
      for (const node of addedNodes) {
        if (node instanceof Element && node.matches("[data-toast], dialog")) {
          write(`${node.dataset.toast ?? node.dataset.dialog}: ${node.textContent.slice(0, 120)}`);
        }
      }
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-connection"] });
}

/** Leaves what the board looked like, and said, when a step failed. */
async function step(name, act) {
  await test(name, async () => {
    try {
      if (said.length > 0) {
        await see("[data-connection=live]");
      }
      await act();
    } catch (error) {
      await page?.screenshot({ path: join(SHOTS, "failed.png") }).catch(() => undefined);
      const diary = await page?.evaluate(() => window.diary).catch(() => undefined);
      error.message += `\n${said.slice(-12).join("\n")}\n${diary?.slice(-24).join("\n")}`;
      throw error;
    }
  });
}

let house;
let browser;
let page;
const faults = [];

async function openBoard(context) {
  const board = await context.newPage();
  board.setDefaultTimeout(PATIENCE_MS);
  await board.addInitScript(keepDiary);
  board.on("pageerror", (error) => faults.push(String(error)));
  board.on("console", (message) => {
    if (/Content Security Policy|TypeError/.test(message.text())) {
      faults.push(message.text());
    }
  });
  return board;
}

/** Until the coordinator answers. */
async function reach(board, url) {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      return await board.goto(url);
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await board.waitForTimeout(200);
    }
  }
}

const press = (key) => page.keyboard.press(key);
const see = (selector, options) => page.waitForSelector(selector, { state: "attached", ...options });
const snapshot = async () => (await page.request.get(`${house.url}api/v1/meeting`)).json();

/** Until it has come about. Pressed again only where the board has said that it was not sent. */
async function order(key, selector) {
  for (let come = false; !come;) {
    const before = await page.evaluate(() => window.unsent());
    await press(key);
    come = await (await page.waitForFunction(([wanted, said]) =>
      document.querySelector(wanted) ? "come" : window.unsent() > said ? "unsent" : false, [selector, before])).jsonValue() === "come";
    if (!come) {
      await see("[data-connection=live]");
    }
  }
}

const refusals = () => said.filter((line) => line.includes('"type":"refused"'));

async function sites(count, media) {
  await page.waitForFunction(([wanted, selector]) => document.querySelectorAll(selector).length >= wanted,
    [count, `[data-link=online] [data-media=${media}]`]);
}

/** Cue, wait for the site's acknowledgement, take. */
async function giveFloor(takeKey) {
  const turn = await page.getAttribute("[data-turn][aria-selected=true]", "data-turn");
  const site = (await snapshot()).turns.find((one) => one.turn === turn).site;
  await order("c", `[data-turn="${turn}"][data-state=cued]`);
  await see(`[data-site="${site}"][data-tally=next]`);
  await see(".speaking_upNext[data-cued] .good");
  await order(takeKey, `[data-on-air="${site}"]`);
  await see(`[data-site="${site}"][data-tally=on_air]`);
  await page.waitForTimeout(TAKE_GUARD_MS);
  return { turn, site };
}

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(PROGRAMS, PLAN);
  await house.open();
  browser = await launch();
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: SIZES[0] });
  page = await openBoard(context);
  page.on("websocket", listen);
  await reach(page, house.url);
});

after(async () => {
  await browser?.close();
  await house?.close();
});

step("signing in", async () => {
  await see("form input[name=account]:focus");
  await page.keyboard.type(house.account);
  await press("Tab");
  await page.keyboard.type("not the password");
  await press("Enter");
  await page.waitForFunction(() => document.querySelector(".login_fault").textContent !== "");
  await page.keyboard.type(house.password);
  await press("Enter");
  await see("[data-connection=live]");
});

step("assembling", async () => {
  const { sites: all } = await snapshot();
  await see(`[data-online="${all.length}"]`);
  await order("Shift+O", "[data-meeting=assembling]");
  await sites(all.length, "good");
});

step("one key tests all lines: each site measures its own, what it found is kept and signed", async () => {
  const { sites: all } = await snapshot();
  await order("Shift+T", "[data-line-test=open]");
  await see(`[data-line-test=over][data-passed="${all.length}"] [data-ended=answered]`);
  await page.screenshot({ path: join(SHOTS, "line-test-over.png") });
  for (const { site, kind, line, steps } of (await snapshot()).sites) {
    assert.deepEqual(line.findings, [], site);
    assert.ok(line.figures.up.bits_per_second > 10_000, `${site}: ${line.figures.up.bits_per_second} bit/s up`);
    assert.ok(kind === "main" || line.figures.down.bits_per_second > 100_000, `${site}: ${line.figures.down?.bits_per_second} bit/s down`);
    assert.match(steps.find((one) => one.step === "line_tested").evidence, /^↑ \d+ kbit\/s \d+\.\d % · ↓/);
  }
});

/** Calls the next of the roll; its id. */
async function callNext() {
  const next = await page.getAttribute("[data-next]", "data-next");
  await order("n", `[data-talkback=called][data-called="${next}"]`);
  return next;
}

async function markFault(note) {
  await press("u");
  await see("[data-fault] input:focus");
  await page.keyboard.type(note);
  await press("Enter");
  await see("[data-result=fault]");
  await see("[data-fault]", { state: "detached" });
}

step("the roll of all sites by three keys: region by region, interrupted and resumed, one with a fault", async () => {
  const { sites: all } = await snapshot();
  const order64 = [];
  const begun = Date.now();
  while (await page.locator("[data-next]").count() > 0) {
    order64.push(await callNext());
    if (order64.length === 5) {
      await markFault("rè tiếng");
    } else if (order64.length === 9) {
      await order("y", "[data-result=heard_and_seen]");
      await order("r", "[data-talkback=none]");
      await page.screenshot({ path: join(SHOTS, "roll-interrupted.png") });
    } else {
      await order("y", "[data-result=heard_and_seen]");
    }
  }
  assert.ok(Date.now() - begun < 600_000, "in under ten minutes");
  assert.equal(new Set(order64).size, all.length - 1);
  const region = new Map(all.map((one) => [one.site, one.region]));
  const changes = order64.filter((id, n) => n === 0 || region.get(id) !== region.get(order64[n - 1])).length;
  assert.equal(changes, new Set(order64.map((id) => region.get(id))).size, "each region at one go");
  const { roll } = (await snapshot()).asked;
  assert.deepEqual(roll.all, { heard_and_seen: all.length - 2, faults: 1, left: 0 });
  const faulty = (await snapshot()).sites.find((one) => one.site === order64[4]);
  assert.equal(faulty.roll.note, "rè tiếng");
  assert.deepEqual(faulty.steps.filter((one) => one.step === "roll_called"), []);
  await page.screenshot({ path: join(SHOTS, "roll-over.png") });
  await order("r", "[data-talkback=none]");
});

step("one key asks all sites; it ends by itself when all have pressed", async () => {
  const { sites: all } = await snapshot();
  await order("Shift+R", "#panel-ready [data-ready]");
  await page.screenshot({ path: join(SHOTS, "ready-asked.png") });
  await see(`#panel-ready [data-ready="${all.length}"] [data-ended=answered]`);
  await page.screenshot({ path: join(SHOTS, "ready-over.png") });
});

step("opening", async () => {
  await order("Shift+O", "[data-meeting=live]");
});

step("every site is on a Full HD screen at once, each with its picture", async () => {
  const { sites: all } = await snapshot();
  await page.waitForFunction((count) => document.querySelectorAll("[data-site] canvas").length === count, all.length);
  const hidden = await page.$$eval("[data-site]", (tiles) => tiles.filter((tile) => {
    const box = tile.getBoundingClientRect();
    return box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth;
  }).length);
  assert.equal(hidden, 0);
});

step("the report: one turn at the main venue, undone once, then given again", async () => {
  await order("n", "[data-item='01'][data-state=active]");
  await order("n", "[data-item='02'][data-state=active]");
  const { turn } = await giveFloor("t");
  await order("u", `[data-turn="${turn}"][data-state=cued], [data-turn="${turn}"][data-state=waiting]`);
  await order("Enter", `[data-turn="${turn}"][data-state=on_air]`);
  await page.waitForTimeout(TAKE_GUARD_MS);
  await order("r", `[data-turn="${turn}"][data-state=done]`);
});

step("three presentations", async () => {
  await order("n", "[data-item='03'][data-state=active]");
  const first = await giveFloor("Enter");
  const { allowance } = (await snapshot()).floor.timer;
  await press("e");
  await page.waitForFunction(() => document.querySelector(".on_air_spans span:last-child b").textContent === "11′");
  assert.equal((await snapshot()).floor.timer.allowance, allowance + 60_000);
  const second = await giveFloor("t");
  await see(`[data-turn="${first.turn}"][data-state=done]`);
  await order("r", `[data-turn="${second.turn}"][data-state=done]`);
  const third = await giveFloor("Enter");
  assert.equal(new Set([first.site, second.site, third.site]).size, 3);
});

/** The open form, by keyboard: this field, emptied and written anew. */
async function write(name, text) {
  await page.locator(`[data-dialog] [name=${name}]`).focus();
  await press("Control+A");
  await page.keyboard.type(text);
}

async function save() {
  await page.locator("[data-dialog] [data-save]").focus();
  await press("Enter");
  await see("[data-dialog]", { state: "detached" });
}

async function selectByKey(turn) {
  for (let tries = 0; await page.getAttribute("[data-turn][aria-selected=true]", "data-turn") !== turn; tries += 1) {
    assert.ok(tries < 200, `${turn} can be reached`);
    await press("k");
  }
}

step("on the air a typo is put right, a deputy is named; another turn goes to another site", async () => {
  const turn = await page.getAttribute("[data-turn][data-state=on_air]", "data-turn");
  await selectByKey(turn);
  await press("Shift+S");
  await see("dialog[data-dialog=edit_turn][open]");
  await write("unit", "Sở Nông nghiệp và Môi trường");
  await write("speaker", "Phó Giám đốc");
  await page.screenshot({ path: join(SHOTS, "edit-turn.png") });
  await save();
  await see("[data-on-air] [data-person]");
  const { turns } = await snapshot();
  const now = turns.find((one) => one.turn === turn);
  assert.deepEqual([now.unit, now.speaker, now.state], ["Sở Nông nghiệp và Môi trường", "Phó Giám đốc", "on_air"]);
  const waiting = turns.find((one) => one.state === "waiting" && one.site !== "can-tho" && one.list === now.list);
  await press("Shift+S");
  await page.selectOption("[data-dialog] [name=turn]", waiting.turn);
  await page.selectOption("[data-dialog] [name=site]", "can-tho");
  await save();
  assert.equal((await snapshot()).turns.find((one) => one.turn === waiting.turn).site, "can-tho");
});

step("an item, and the meeting's own data, are put right", async () => {
  await press("Shift+L");
  await see("dialog[data-dialog=edit_item][open]");
  await write("by", "Các địa phương");
  await page.screenshot({ path: join(SHOTS, "edit-item.png") });
  await save();
  await press("Shift+D");
  await see("dialog[data-dialog=edit_meeting][open]");
  await write("secretary", "Chánh Văn phòng");
  await page.screenshot({ path: join(SHOTS, "edit-meeting.png") });
  await save();
  const { items, meeting } = await snapshot();
  assert.equal(items.find((item) => item.state === "active").by, "Các địa phương");
  assert.equal(meeting.document.secretary, "Chánh Văn phòng");
});

step("during a speech: pictures for the eye, in both languages and both sizes", async () => {
  await press("j");
  await press("k");
  for (const language of ["vi", "en"]) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(800);
      assert.equal(await page.getAttribute("html", "lang"), language);
      await page.screenshot({ path: join(SHOTS, `board-${language}-${size.width}x${size.height}.png`) });
    }
    await press("l");
  }
  await page.setViewportSize(SIZES[0]);
});

step("an inner note reaches no hall, and the roster changes while somebody speaks", async () => {
  const desired = async () => (await snapshot()).messages.map(({ text, audience }) => ({ text, audience }));
  await order("Shift+H", "#message-text:focus");
  await page.keyboard.type("chờ 2 phút");
  await press("Enter");
  await see("#panel-feed [data-audience=staff]");
  assert.deepEqual(await desired(), [{ text: "chờ 2 phút", audience: "staff" }]);
  await press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  assert.equal(await page.getAttribute("[data-present]", "data-director"), house.account);
  const before = await snapshot();
  const spare = before.sites.find((one) => one.kind === "remote" && one.tally === "off");
  await page.focus(`[data-site="${spare.site}"]`);
  await press("Enter");
  await see(`[data-drawer="${spare.site}"]`);
  for (const mark of ["[data-make-main]", "[data-remove]"]) {
    await page.focus(mark);
    await press("Enter");
    await see("dialog[data-dialog=confirm]");
    await press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
  }
  await page.focus("[data-remove]");
  await press("Enter");
  await see("dialog [data-focus]");
  await press("Enter");
  await page.waitForSelector(`[data-site="${spare.site}"]`, { state: "detached" });
  await press("6");
  await see("[data-event='site.removed']");
  await press("/");
  await page.keyboard.type(spare.name);
  await see(`[data-removed="${spare.site}"] button`);
  await page.focus(`[data-removed="${spare.site}"] button`);
  await press("Enter");
  await see(`[data-site="${spare.site}"][data-link=online]`); // it knocks until it is let in again
  assert.equal((await snapshot()).sites.length, before.sites.length);
});

step("a second board, opened now, shows the same; so does this one after a reload", async () => {
  const told = (board) => board.evaluate(() => ({
    air: document.querySelector("[data-on-air]")?.getAttribute("data-on-air"),
    turns: [...document.querySelectorAll("[data-turn]")].map((one) => [one.dataset.turn, one.dataset.state]),
    items: [...document.querySelectorAll("[data-item]")].map((one) => [one.dataset.item, one.dataset.state]),
    tallies: [...document.querySelectorAll("[data-site]")].map((one) => [one.dataset.site, one.dataset.tally]),
  }));
  const other = await openBoard(page.context());
  await other.goto(house.url);
  await other.waitForSelector("[data-on-air]");
  assert.deepEqual(await told(other), await told(page));
  const seconds = (board) => board.textContent("[role=timer]");
  let same = 0;
  for (let look = 0; look < 5; look += 1) { // either may paint late where the machine is busy
    await page.waitForFunction((before) => document.querySelector("[role=timer]").textContent !== before, await seconds(page), { polling: 20 });
    await page.waitForTimeout(300);
    const [here, there] = await Promise.all([seconds(page), seconds(other)]);
    same += here === there;
  }
  assert.ok(same >= 3, `the same in ${same} looks of 5`);
  await other.close();
  await page.reload();
  await see("[data-on-air]");
});

step("interrupt and resume, lock all microphones, choose a picture and follow again", async () => {
  const turn = await page.getAttribute("[data-turn][data-state=on_air]", "data-turn");
  await order("i", `[data-turn="${turn}"][data-state=interrupted]`);
  await page.waitForTimeout(TAKE_GUARD_MS);
  await order("g", `[data-turn="${turn}"][data-state=on_air]`);
  await order("m", "[data-action=unmute_all]");
  await order("m", "[data-action=mute_all]");
  await press("o");
  await see("dialog[data-dialog=scene][open]");
  await press("2");
  await see("[data-overridden=true]");
  await press("f");
  await see("[data-overridden=false]");
});

step("the coordinator dies mid-speech: the board says so, greys, and goes on where it stood", async () => {
  const air = await page.getAttribute("[data-on-air]", "data-on-air");
  await house.stop("diemcau-coordinator", "SIGKILL");
  await see("[data-banner]");
  assert.match(await page.textContent("[data-banner] b"), /mất kết nối – dữ liệu lúc \d\d:\d\d:\d\d/);
  await press("r");
  await see("[data-toast=note]");
  house.startCoordinator();
  await see("[data-connection=live]");
  assert.equal(await page.locator("dialog[data-dialog=again]").count(), 0, "nobody is asked to sign in again");
  assert.equal(await page.getAttribute("[data-on-air]", "data-on-air"), air);
  await see(`[data-online="${(await snapshot()).sites.length}"]`);
});

step("another password: the board stays in view and asks for it", async () => {
  const air = await page.getAttribute("[data-on-air]", "data-on-air");
  await house.changePassword();
  await see("dialog[data-dialog=again][open]");
  assert.equal(await page.getAttribute("[data-on-air]", "data-on-air"), air);
  await page.keyboard.type(house.password);
  await press("Enter");
  await see("dialog[data-dialog=again]", { state: "detached" });
  await see("[data-connection=live]");
});

step("signing out in another tab: asked for the password again here, and not there", async () => {
  const other = await openBoard(page.context());
  await other.goto(house.url);
  await other.waitForSelector("[data-connection=live]");
  await other.locator(".header_tools button").last().focus();
  await other.keyboard.press("Enter");
  await other.waitForSelector("main.login_login");
  assert.deepEqual((await other.evaluate(() => window.diary)).filter((line) => line.includes("again:")), []);
  await other.close();
  await see("dialog[data-dialog=again][open]");
  await page.keyboard.type(house.password);
  await press("Enter");
  await see("dialog[data-dialog=again]", { state: "detached" });
  await see("[data-connection=live]");
});

step("finding a site without marks, its details, and help, all closed by Escape", async () => {
  await press("/");
  await page.keyboard.type("can tho");
  await press("Enter");
  await see("[data-drawer=can-tho]");
  await press("Escape");
  await see("[data-drawer]", { state: "detached" });
  await press("?");
  await see("dialog[data-dialog=help][open]");
  await press("Escape");
  await see("dialog[data-dialog=help]", { state: "detached" });
});

step("to the close", async () => {
  await order("r", "[data-floor=idle]");
  await order("n", "[data-item='04'][data-state=active]");
  await order("n", "[data-item='05'][data-state=active]");
  await order("Shift+N", "[data-item='05'][data-state=done]");
  await press("Shift+O");
  await see("dialog[data-dialog=confirm][open]");
  await press("Enter");
  await see("[data-meeting=closed]");
  const meeting = await snapshot();
  assert.equal(meeting.turns.filter((turn) => turn.state === "done").length, 4);
  assert.deepEqual(meeting.items.map((item) => item.state), ["done", "done", "done", "done", "done"]);
});

step("nothing was refused, no script failed, no policy was broken", async () => {
  assert.deepEqual(refusals(), []);
  assert.deepEqual(faults, []);
});
