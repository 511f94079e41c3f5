// The screens against the real coordinator, relay and simulated sites: the speaker's screen follows a take, shows
// what the operator says and overtime by its sign; the hall's counts; the chair approves; a link that is removed says so.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { handsOn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;
const PLAN = join(process.env.DIEMCAU_PLAN, "../b");
const DISCUSSION = "06";
const SIZES = { phone: [390, 844], laptop: [1366, 768], desk: [1920, 1080], wall: [3840, 2160] };
const PATIENCE_MS = 30_000;

let house;
let browser;
let board;
let see, press, order;
const screens = {};

async function open(address, { scheme = "dark", size = "desk" } = {}) {
  const [width, height] = SIZES[size];
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width, height }, colorScheme: scheme })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.foreign = [];
  page.on("request", (request) => request.url().startsWith(house.url) || page.foreign.push(request.url()));
  page.on("pageerror", (error) => page.foreign.push(String(error)));
  await page.goto(address);
  return page;
}

const seeOn = (page, selector, options) => page.waitForSelector(selector, { state: "attached", ...options });

/** At each size, in both rooms; nothing is wider than the screen, nothing of it is cut. */
async function look(page, name, sizes = Object.keys(SIZES)) {
  for (const size of sizes) {
    const [width, height] = SIZES[size];
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(SHOTS, `screen-${name}-${size}-${colorScheme}.png`) });
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${name} at ${size} is ${wider} px too wide`);
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
}

/** Text whose contrast is below WCAG's AA (4.5, or 3 where it is large), and buttons and fields without a name. */
function faults() {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a > 0.99) {
        return [r, g, b];
      }
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const style = getComputedStyle(element);
    if (own && element.checkVisibility() && !element.closest(":disabled, noscript")) {
      const [a, b] = [light(channels(style.color)), light(behind(element))].sort((x, y) => y - x);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      if ((a + 0.05) / (b + 0.05) < least) {
        found.push(`${element.className || element.tagName}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
      }
    }
    if (element.matches("button, input") && !(element.textContent || element.ariaLabel || element.labels?.[0]?.textContent)) {
      found.push(`${element.outerHTML} has no name`);
    }
  }
  return found;
}

async function faultsOf(page) {
  const found = [];
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await page.evaluate(faults)).map((one) => `${colorScheme} ${one}`));
  }
  return found;
}

/** What is inked of a figure is some 0.72 of its type. */
async function largeEnough() {
  for (const [width, height] of Object.values(SIZES)) {
    await screens.speaker.setViewportSize({ width, height });
    const size = await screens.speaker.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".time .head")).fontSize));
    assert.ok(0.72 * size >= height / 4, `${size} px on ${height}`);
  }
}

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, PLAN, ["--live"], ["--speed", "20"]);
  await house.open();
  browser = await launch();
  board = await openBoard(browser, house);
  ({ see, press, order } = handsOn(board));
  await see("[data-online='9']");
  for (const view of ["hall", "speaker", "run_sheet", "watcher"]) {
    screens[view] = await open(await house.displayLink(`Màn hình ${view}`, view));
    await seeOn(screens[view], "[data-phase=live]");
  }
});

after(async () => {
  await browser?.close();
  await house?.close();
});

test("before the opening the hall has title and programme, and counts to the opening", async () => {
  await order("Shift+O", "[data-meeting=assembling]");
  await seeOn(screens.hall, "[data-idle=assembling]");
  assert.match(await screens.hall.textContent(".slate"), /HỘI NGHỊ/i);
  assert.equal(await screens.hall.locator(".agenda li").count(), 7);
  await look(screens.hall, "hall-before", ["desk"]);
  await order("Shift+O", "[data-meeting=live]");
});

test("in the reception the hall counts down, in figures that move", async () => {
  await order("n", '[data-item="01"][data-state=active]');
  await seeOn(screens.hall, '[data-count=opening] [data-figures]');
  const first = await screens.hall.getAttribute("[data-figures]", "data-figures");
  await screens.hall.waitForFunction((was) => document.querySelector("[data-figures]").dataset.figures !== was, first);
  await look(screens.hall, "hall-reception");
});

test("the speaker's screen follows a take, in figures a quarter of the screen high", async () => {
  while (!(await board.$(`[data-item="${DISCUSSION}"][data-state=active]`))) {
    const next = await board.getAttribute("[data-item][data-state=pending]", "data-item");
    await order("n", `[data-item="${next}"][data-state=active]`);
  }
  await press("Enter");
  await seeOn(screens.speaker, "[data-on-air]");
  await seeOn(screens.speaker, "main[data-count=speech][data-phase=fine] [data-figures]");
  await seeOn(screens.speaker, "[data-next-turn]");
  await look(screens.speaker, "speaker-fine");
  await largeEnough();
  await seeOn(screens.hall, "[data-on-air]");
  await look(screens.hall, "hall-speaking");
});

test("what the operator says stands there until it is taken away, and nowhere else", async () => {
  await press("p");
  await see("[data-dialog=tell_speaker] input:focus");
  await board.keyboard.type("Còn 2 phút, xin kết luận");
  await press("Enter");
  await seeOn(screens.speaker, '[data-told="Còn 2 phút, xin kết luận"]');
  await see("[data-lectern=text]");
  await look(screens.speaker, "speaker-told");
  assert.ok(!(await screens.hall.content()).includes("Còn 2 phút"));
  assert.ok(!(await screens.watcher.content()).includes("Còn 2 phút"));
  await press("0");
  await seeOn(screens.speaker, "[data-dark]");
  await see("[data-lectern=dark]");
  await board.screenshot({ path: join(SHOTS, "screen-board-lectern.png") });
  await press("0");
  await seeOn(screens.speaker, "[data-dark]", { state: "detached" });
});

test("overtime has its own sign, word and frame, and nothing blinks", async () => {
  await seeOn(screens.speaker, "main[data-phase=overtime]", { timeout: 90_000 });
  assert.match(await screens.speaker.getAttribute("[data-figures]", "data-figures"), /^\+\d/);
  assert.match(await screens.speaker.textContent(".label"), /▲QUÁ GIỜ/);
  const moving = await screens.speaker.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
  await look(screens.speaker, "speaker-over");
  await largeEnough();
  await look(screens.hall, "hall-over", ["desk"]);
  await seeOn(screens.watcher, ".counted[data-phase=overtime]");
});

test("the chair sees who asks, and approves; the next three stand there", async () => {
  const password = await house.addAccount("chutri", "chair");
  const chair = await open(`${house.url}chair.html`, { size: "phone" });
  await chair.fill("input[name=account]", "chutri");
  await chair.fill("input[name=password]", password);
  await chair.click("button.do");
  await seeOn(chair, ".chair [data-on-air]");
  await seeOn(chair, "[data-next-turn]");
  house.tell("tra-on", "raise_hand");
  await seeOn(chair, "[data-request] [data-approve]");
  await look(chair, "chair");
  assert.deepEqual(await faultsOf(chair), []);
  await chair.click("[data-request] [data-approve]");
  await seeOn(chair, "[data-request]", { state: "detached" });
  assert.deepEqual(chair.foreign, []);
  await chair.context().close();
});

test("who follows sees the programme, who likes paper one or two pages of it", async () => {
  await look(screens.watcher, "watcher");
  await look(screens.run_sheet, "run-sheet", ["desk", "phone"]);
  const pdf = await screens.run_sheet.pdf({ path: join(SHOTS, "screen-run-sheet.pdf"), preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 2, `${pages} pages`);
});

test("text stands out and controls have names, in dark and light; no page asks another host", async () => {
  for (const [view, page] of Object.entries(screens)) {
    assert.deepEqual(await faultsOf(page), [], view);
    assert.deepEqual(page.foreign, [], view);
  }
});

test("English is said whole, by the address", async () => {
  const address = (await house.displayLink("English", "hall")).replace("#", "?lang=en#");
  const page = await open(address);
  await seeOn(page, "[data-on-air]");
  await look(page, "hall-english", ["desk"]);
  assert.match(await page.textContent(".agenda"), /Programme/);
  await page.context().close();
});

test("a coordinator that starts again: the screens say so, turn grey, and come back", async () => {
  await house.stop("diemcau-coordinator", "SIGKILL");
  await seeOn(screens.hall, "[data-lost]");
  await seeOn(screens.speaker, "[data-lost]");
  await sleep(300);
  await look(screens.hall, "hall-lost", ["desk"]);
  house.startCoordinator();
  await seeOn(screens.hall, "[data-phase=live]");
  await seeOn(screens.hall, "[data-lost]", { state: "detached" });
  await seeOn(screens.speaker, "[data-on-air]");
});

test("the board lists the screens and makes links; one that is removed closes its screen", async () => {
  await see("[data-connection=live]");
  await board.click("[data-displays]");
  await see("[data-dialog=displays] [data-open]");
  await board.fill("input[name=display-name]", "Hội trường B");
  await press("Enter");
  const address = await (await see("[data-address]")).textContent();
  const fresh = await open(address);
  await seeOn(fresh, "[data-phase=live]");
  await board.screenshot({ path: join(SHOTS, "screen-board-links.png") });
  const row = board.locator("[data-display]", { hasText: "Hội trường B" });
  await row.locator("button").click();
  await seeOn(fresh, "[data-said]");
  assert.match(await fresh.textContent("[data-said]"), /không còn hiệu lực/);
  await fresh.screenshot({ path: join(SHOTS, "screen-removed.png") });
  await press("Escape");
  await house.removeDisplayLink("Màn hình speaker");
  await seeOn(screens.speaker, "[data-said]");
});
