// Boards over made-up meetings, for tests: one Chromium for a file, a server and a page for each test.
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launch, makePictures } from "./chromium.mjs";
import { serve } from "./fixture/server.mjs";
import { Stage } from "./fixture/stage.mjs";

const DIST = process.env.DIEMCAU_DIST;
const PATIENCE_MS = 30_000;

export const FULL = { width: 1920, height: 1080 };
export const SMALL = { width: 1366, height: 768 };

let browser;
let pictures;

before(async () => {
  browser = await launch();
  pictures = await makePictures(browser, 3);
});

after(() => browser?.close());

export function speech(count) {
  const stage = new Stage(count);
  stage.duringSpeech();
  return stage;
}

/** Commands that reach the stage; what it does with them is left to `obey`. */
export function listenTo(stage, obey = stage.obey.bind(stage)) {
  const heard = [];
  stage.obey = (command) => {
    heard.push(command);
    return obey(command, heard.length);
  };
  return heard;
}

/** Until a command has come: it may still be on its way, and would be cut with the line. */
export async function came(heard) {
  while (heard.length === 0) {
    await sleep(10);
  }
}

/** A board on a stage; both end with the test. */
export async function boardOn(t, stage, { role = "operator", size = FULL, ...context } = {}) {
  const server = await serve(DIST, stage, { role, pictures });
  const page = await browser.newPage({ viewport: size, ...context });
  page.setDefaultTimeout(PATIENCE_MS);
  t.after(async () => {
    await page.context().close();
    await server.close().catch(() => undefined);
  });
  await page.goto(server.url);
  await page.waitForSelector("[data-connection=live]");
  return { page, server };
}
