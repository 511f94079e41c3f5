// A turn by telephone on the board of the real coordinator: attached in the form of the turn, on air, in the log.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { handsOn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;
const PLAN = join(process.env.DIEMCAU_PLAN, "../b");
const DISCUSSION = "06";
const CENTRE = "tinh";

let house;
let browser;
let page;
let see, order;

const look = (name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, PLAN);
  await house.open();
  browser = await launch();
  page = await openBoard(browser, house);
  ({ see, order } = handsOn(page));
  await see("[data-online='9']");
  await order("Shift+O", "[data-meeting=assembling]");
  await order("Shift+O", "[data-meeting=live]");
});

after(async () => {
  await browser?.close();
  await house?.close();
});

test("a telephone is attached in the form of a turn, and the floor says where its sound comes in", async () => {
  while (!(await page.$(`[data-item="${DISCUSSION}"][data-state=active]`))) {
    const next = await page.getAttribute("[data-item][data-state=pending]", "data-item");
    await order("n", `[data-item="${next}"][data-state=active]`);
  }
  const turn = await page.locator("[data-turn]", { hasText: "Trà Ôn" }).getAttribute("data-turn");
  await page.click(`[data-turn="${turn}"]`);
  await order("Shift+S", "select[name=at]");
  await page.selectOption("select[name=at]", CENTRE);
  await page.fill("input[name=note]", "Phó Chủ tịch, máy lẻ 101");
  await look("telephone-form");
  await page.click("dialog[data-dialog=edit_turn] [data-save]");
  await page.waitForFunction((id) => /điện thoại/.test(document.querySelector(`li[data-turn="${id}"]`)?.textContent ?? ""), turn);
  await order("Enter", `[data-telephone="${CENTRE}"]`);
  assert.match(await page.textContent("[data-telephone]"), /máy lẻ 101/);
  assert.match(await page.textContent("#panel-feed"), /điện thoại/);
  await look("telephone-on-air");
});
