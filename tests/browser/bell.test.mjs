// A reception and a break on the board of the real coordinator: the countdown moves, the bell is rung by hand and held.
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
const BREAK = "07";

let house;
let browser;
let page;
let see, press, order;

const look = (name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, PLAN);
  await house.open();
  browser = await launch();
  page = await openBoard(browser, house);
  ({ see, press, order } = handsOn(page));
  await see("[data-online='9']");
  await order("Shift+O", "[data-meeting=assembling]");
  await order("Shift+O", "[data-meeting=live]");
});

after(async () => {
  await browser?.close();
  await house?.close();
});

/** "14:59" in seconds. */
const seconds = async () => (await page.textContent("[data-pause-left]")).match(/(\d+):(\d+)/).slice(1).reduce((sum, part) => 60 * sum + Number(part), 0);

test("the reception counts down to the opening, and says when the bell rings", async () => {
  await order("n", '[data-item="01"][data-state=active]');
  await see("[data-pause-left]");
  await see("[data-next-bell=opening_soon]");
  const first = await seconds();
  assert.ok(first <= 30 * 60, `${first} s`);
  await sleep(3000);
  const moved = first - await seconds();
  assert.ok(moved >= 2 && moved <= 5, `${moved} s`);
  await look("bell-reception");
});

test("a break counts down; rung by hand the bell is heard at all sites; held it says so", async () => {
  while (!(await page.$(`[data-item="${BREAK}"][data-state=active]`))) {
    const next = await page.getAttribute("[data-item][data-state=pending]", "data-item");
    await order("n", `[data-item="${next}"][data-state=active]`);
  }
  await see("[data-next-bell=break_ending]");
  await order("Shift+U", "[data-bell='1']");
  await page.waitForFunction(() => /9\/9/.test(document.querySelector("[data-bell-heard]")?.textContent ?? ""));
  await look("bell-break");
  await order("Shift+I", "[data-bell-held]");
  assert.equal(await page.locator("[data-next-bell]").count(), 0);
  await page.setViewportSize({ width: 1366, height: 768 });
  await look("bell-held-1366");
  await page.setViewportSize({ width: 1920, height: 1080 });
  await press("Shift+I");
  await see("[data-next-bell=break_ending]");
});
