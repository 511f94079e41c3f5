// A vote of a national conference at the board, against the real coordinator with 64 simulated sites, one of
// which drops in the middle; its numbers are put right after the closing. A viewer reads the result alone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { handsOn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;
const LATE = "ca-mau";

let house;
let browser;
let page;
let see;

/** Saves what a dialog asks; the next key is the board's only when the dialog has gone. */
async function save() {
  await page.click("[data-save]");
  await see("[data-dialog]", { state: "detached" });
}
const counted = (n) => see(`[data-counted="${n}"]`);

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

test("a vote that nobody planned is written, and opened", async () => {
  await page.waitForFunction(() => document.querySelectorAll("[data-link=online]").length >= 64);
  house.tell(LATE, "ignore_vote");
  await page.keyboard.press("Shift+O");
  await see("[data-meeting=assembling]");
  await page.keyboard.press("Shift+O");
  await see("[data-meeting=live]");
  await page.keyboard.press("Shift+V");
  await page.click("[data-new-vote]");
  await page.fill("textarea[name=question]", "Thông qua chương trình hội nghị");
  await save();
  await page.keyboard.press("Shift+V");
  await see("[data-dialog=votes] [data-vote-state=planned]");
  await page.click("[data-dialog=votes] [data-vote-open]");
  await page.keyboard.press("Escape");
  await see("[data-dialog]", { state: "detached" });
  await see("#panel-votes[data-vote-state=open]");
});

test("all but one have voted; it drops, and stands there by name", async () => {
  await counted(63);
  assert.match(await page.textContent("#panel-votes"), /63\/64/);
  assert.equal(await page.getAttribute("[data-missing]", "data-missing"), LATE);
  assert.match(await page.textContent("[data-missing]"), /Chưa có: Cà Mau/);
  house.tell(LATE, "drop");
  await see(`[data-site=${LATE}] [data-link=lost], [data-site=${LATE}][data-link=lost]`);
  await page.keyboard.press("Shift+V");
  await see("[data-dialog=votes] [data-remark=dropped]");
  await page.screenshot({ path: join(SHOTS, "vote-open.png") });
  assert.match(await page.textContent("[data-remark=dropped]"), /Cà Mau · mất kết nối/);
  await page.keyboard.press("Escape");
});

test("it is back and counts; a count that disagrees makes the vote invalid until it is put right", async () => {
  house.tell(LATE, "come_back");
  await see(`[data-site=${LATE}] [data-link=online], [data-site=${LATE}][data-link=online]`);
  await page.click("#panel-votes [data-vote-count]");
  await page.selectOption("[data-dialog=count_vote] select[name=site]", LATE);
  await page.fill("input[name=present]", "30");
  await page.fill("input[name=cast]", "31");
  for (const [place, number] of ["31", "0", "0"].entries()) {
    await page.fill(`input[name=answer-${place + 1}]`, number);
  }
  await save();
  await counted(64);
  await see("#panel-votes [data-fault=more_than_present]");
  await page.click("#panel-votes [data-vote-close]");
  await see("#panel-votes[data-vote-state=invalid]");
  await page.screenshot({ path: join(SHOTS, "vote-invalid.png") });
  await page.click("#panel-votes [data-vote-count]");
  await page.selectOption("[data-dialog=count_vote] select[name=site]", LATE);
  await page.fill("input[name=present]", "31");
  await page.fill("input[name=reason]", "Đếm lại");
  await save();
  await see("#panel-votes[data-vote-state=closed]");
  await page.keyboard.press("Shift+V");
  await see("[data-remark=returned]");
  assert.match(await page.textContent("[data-remark=corrected]"), /31\/30: 31 – 0 – 0 – 0 → 31\/31: 31 – 0 – 0 – 0 · Đếm lại/);
  await page.screenshot({ path: join(SHOTS, "vote-closed.png") });
  await page.keyboard.press("Escape");
});

test("a viewer is told the result, and not who cast what", async () => {
  const password = "a long password";
  execFileSync(house.program("diemcau-coordinator"), ["account", "add", house.state, "xem", "--role", "viewer", "--password-stdin"], { input: `${password}\n` });
  const board = await openBoard(browser, { url: house.url, account: "xem", password });
  await board.keyboard.press("Shift+V");
  await board.waitForSelector("[data-dialog=votes] [data-vote-state=closed] [data-answer='1']");
  for (const hidden of ["[data-ballot]", "[data-remark]", "[data-missing]", "[data-counted]", "[data-new-vote]"]) {
    assert.equal(await board.locator(hidden).count(), 0, hidden);
  }
});
