// Awards and a signing by keyboard, on the board of the real coordinator: forward, back, over who is not there.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { handsOn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;
const PLAN = join(process.env.DIEMCAU_PLAN, "../d");
const AWARDS = "06";
const SIGNING = "07";

let house;
let browser;
let page;
let see, order;

const shown = (act) => `[data-act="act-${act}"][data-state=shown][aria-current=step]`;
const look = (name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });

/** Item by item, as far as this one. */
async function begin(item) {
  while (!(await page.$(`[data-item="${item}"][data-state=active]`))) {
    const next = await page.getAttribute("[data-item][data-state=pending]", "data-item");
    await order("n", `[data-item="${next}"][data-state=active]`);
  }
}

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, PLAN);
  await house.open();
  browser = await launch();
  page = await openBoard(browser, house);
  ({ see, order } = handsOn(page));
  await order("Shift+O", "[data-meeting=assembling]");
  await order("Shift+O", "[data-meeting=live]");
});

after(async () => {
  await browser?.close();
  await house?.close();
});

test("awards are stepped by one key, and back by another", async () => {
  await begin(AWARDS);
  await see('[data-act="act-1"][data-state=waiting]');
  assert.equal(await page.locator("[data-act]").count(), 25);
  await order(".", shown(1));
  await order(".", shown(2));
  await order(",", shown(1));
  await see('[data-act="act-2"][data-state=waiting]');
  await order("-", '[data-act="act-1"][data-state=skipped]');
  for (let act = 2; act <= 12; act += 1) {
    await order(".", shown(act));
  }
  assert.match(await page.textContent("#panel-ceremony [data-counted]"), /11 \/ 25/);
  await look("ceremony-awards");
  await page.setViewportSize({ width: 1366, height: 768 });
  await look("ceremony-awards-1366");
  await page.setViewportSize({ width: 1920, height: 1080 });
});

test("the parties sign in order, and the last step ends the ceremony", async () => {
  await begin(SIGNING);
  await order(".", shown(26));
  await order(".", shown(27));
  await look("ceremony-signing");
  await order(".", '[data-act="act-27"][data-state=done]');
  assert.equal(await page.locator("[data-act][data-state=done]").count(), 2);
  await begin("08");
  await page.waitForFunction(() => document.querySelector("#panel-ceremony") === null);
});
