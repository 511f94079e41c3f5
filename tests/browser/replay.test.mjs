// A meeting is held by keyboard and closed; then it is played on the board, by key and by mouse.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { handsOn, logIn, openBoard } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const SHOTS = process.env.DIEMCAU_SHOTS;
const SPOKEN_MS = 8_000;

let house;
let browser;
let page;
let see, press, order;

const look = (name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });
const timer = async () => {
  const [minutes, seconds] = (await page.textContent("[role=timer]")).replace(/[^\d:]/g, "").split(":").map(Number);
  return 60 * minutes + seconds;
};

/** One step of the speed, as the coordinator answers it. */
async function faster(speed) {
  await press("]");
  await page.waitForFunction((times) => document.querySelector("[data-replay-speed]").textContent === `${times}×`, speed);
}

/** Two items, one turn of some seconds, and the end. */
async function hold() {
  await order("Shift+O", "[data-meeting=assembling]");
  await order("Shift+O", "[data-meeting=live]");
  await order("n", "[data-item='01'][data-state=active]");
  while (!(await page.$("[data-turn]"))) {
    const next = await page.getAttribute("[data-item][data-state=pending]", "data-item");
    await order("n", `[data-item="${next}"][data-state=active]`);
  }
  await order("Enter", "[data-floor=on_air]");
  await sleep(SPOKEN_MS);
  await order("r", "[data-floor=idle]");
  await press("Shift+O");
  await see("dialog[data-dialog=confirm][open]");
  await order("Enter", "[data-meeting=closed]");
}

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  house = new House(process.env.DIEMCAU_PROGRAMS, process.env.DIEMCAU_PLAN);
  await house.open();
  browser = await launch();
  page = await openBoard(browser, house);
  ({ see, press, order } = handsOn(page));
  await hold();
  for (const program of ["diemcau-fleet", "diemcau-relay", "diemcau-coordinator"]) {
    await house.stop(program);
  }
  house.start("diemcau-coordinator", ["replay", house.state, "--listen", `127.0.0.1:${house.port}`]);
  await logIn(page, house);
  await see("[data-replay=stands]");
});

after(async () => {
  await browser?.close();
  await house?.close();
});

test("it begins where the sites were called together, stands, and nothing can be ordered", async () => {
  await see("[data-meeting=assembling]");
  await see("[data-replayed]");
  const offered = await page.$$eval("[data-action]", (buttons) => buttons.map((button) => button.dataset.action));
  const harmless = ["language", "site"]; // of this one board
  assert.deepEqual(offered.filter((action) => !action.startsWith("replay_") && !harmless.includes(action)), []);
  await press("Shift+O");
  assert.match(await page.textContent("[data-toast]"), /xem lại/);
  const time = await page.textContent("[data-replay-time]");
  await sleep(1500);
  assert.equal(await page.textContent("[data-replay-time]"), time);
});

test("from event to event, by key, forwards and back; what comes is not in the log", async () => {
  for (let steps = 0; !(await page.$("[data-floor=on_air]")); steps += 1) {
    assert.ok(steps < 40);
    const seq = await page.getAttribute("[data-seq]", "data-seq");
    await press("Shift+ArrowRight");
    await page.waitForFunction((before) => document.querySelector("[data-seq]").dataset.seq !== before, seq);
  }
  const log = await page.textContent("#panel-feed");
  assert.doesNotMatch(log, /Bế mạc hội nghị/);
  await order("Shift+ArrowLeft", "[data-floor=idle]");
  await order("Shift+ArrowRight", "[data-floor=on_air]");
});

test("the counter of who speaks stands, goes, and goes four times as fast", async () => {
  const stood = await timer();
  await sleep(1500);
  assert.equal(await timer(), stood);
  await order(" ", "[data-replay=goes]");
  const begun = await timer();
  await sleep(2000);
  const gone = begun - await timer();
  assert.ok(gone >= 1 && gone <= 3, `${gone} s in 2`);
  await faster(2);
  await faster(4);
  const left = await timer();
  await sleep(1000);
  const more = left - await timer();
  assert.ok(more >= 3 && more <= 6, `${more} s in 1`);
  await order(" ", "[data-replay=stands]");
  await look("replay-1920");
  await page.setViewportSize({ width: 1366, height: 768 });
  await look("replay-1366");
  await page.setViewportSize({ width: 1920, height: 1080 });
});

test("an item is gone to by its mark, a time by the slider, and the end is reached by itself", async () => {
  await page.click("[data-mark='01']");
  await see("[data-item='01'][data-state=active]");
  await press("PageDown");
  await see("[data-item='01'][data-state=done]");
  const slider = page.locator("input[type=range]");
  const { width, height } = await slider.boundingBox();
  await slider.click({ position: { x: width - 3, y: height / 2 } });
  await see("[data-item]:not([data-state=pending])");
  for (const speed of [8, 16, 30, 60]) {
    await faster(speed);
  }
  await press(" ");
  await see("[data-meeting=closed]");
  await see("[data-replay=stands]");
  await page.click("[data-mark='01']");
  await see("[data-meeting=live]");
});
