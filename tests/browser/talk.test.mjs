// What people write and hand over at a national conference, on the board, against the real coordinator with
// 64 simulated sites: a notice that is acknowledged, who directs, a written opinion, the debrief.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { handsOn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;

let house;
let browser;
let page;
let see;


before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, process.env.DIEMCAU_PLAN, ["--live"]);
  await house.open();
  browser = await launch();
  page = await openBoard(browser, house);
  ({ see } = handsOn(page));
});

after(async () => {
  await browser?.close();
  await house?.close();
});

test("who assembles the meeting directs it", async () => {
  await page.keyboard.press("Shift+O");
  await see("[data-meeting=assembling]");
  await see(`[data-director="${house.account}"][data-director-link=online]`);
});

test("a ready phrase of the plan goes to all halls, and says by how many it was acknowledged", async () => {
  await page.keyboard.press("h");
  await see("[data-to='@sites']");
  await page.click("[data-acknowledge]");
  await page.focus("#message-text");
  await page.keyboard.press("Alt+7"); // the seventh of plan A
  await see("[data-readers='0/63']");
  await page.screenshot({ path: join(SHOTS, "talk-notice.png") });
  assert.match(await page.textContent("li[data-from=operator]"), /Mời đại biểu ổn định chỗ ngồi/);
  await page.click("[data-missing=ha-giang]"); // rang up
  await see("[data-readers='1/63']");
  assert.equal(await page.locator("[data-missing=ha-giang]").count(), 0);
});

test("after the closing halls are dark, technicians talk, and an operator ends it", async () => {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Shift+O");
  await see("[data-meeting=live]");
  await page.keyboard.press("Shift+O");
  await see("[data-dialog=confirm]");
  await page.keyboard.press("Enter");
  await see("[data-meeting=closed]");
  await see("#panel-debrief [data-talkback=none]");
  await page.keyboard.press("v");
  await see("#panel-debrief [data-talkback=open]");
  await page.screenshot({ path: join(SHOTS, "talk-debrief.png") });
  await page.keyboard.press("r");
  await see("#panel-debrief [data-talkback=none]");
  await page.click("[data-debrief-end]");
  await see("[data-dialog=confirm]");
  await page.keyboard.press("Enter");
  await see("#panel-debrief", { state: "detached" });
});
