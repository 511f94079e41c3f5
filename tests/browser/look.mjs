// Screenshots of the board over made-up meetings, for looking at.
// Usage (in the build folder): node look.mjs BOARD_DIST OUT [NAME ...]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, makePictures } from "./chromium.mjs";
import { serve } from "./fixture/server.mjs";
import { Stage } from "./fixture/stage.mjs";

const [dist, out] = process.argv.slice(2);
const FULL = { width: 1920, height: 1080 };
const SMALL = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

function speech(count) {
  const stage = new Stage(count);
  stage.duringSpeech();
  return stage;
}

function cut(stage) {
  stage.cutSpeaker();
  return stage;
}

function cutAll(stage) {
  stage.cutAll();
  return stage;
}

function relayLost(stage) {
  stage.loseRelay();
  return stage;
}

const LOOKS = [
  { name: "vi-1920", size: FULL, stage: () => speech(64) },
  { name: "en-1920", size: FULL, stage: () => speech(64), keys: ["l"] },
  { name: "vi-1366", size: SMALL, stage: () => speech(64) },
  { name: "light-1920", size: FULL, stage: () => speech(64), keys: ["d"] },
  { name: "light-1366-en", size: SMALL, stage: () => speech(64), keys: ["d", "l"] },
  { name: "nine-1920", size: FULL, stage: () => speech(9) },
  { name: "thousands-1920", size: FULL, stage: () => speech(2000) },
  { name: "assembling-1920", size: FULL, stage: () => new Stage(64, { state: "assembling" }) },
  { name: "draft-1366", size: SMALL, stage: () => new Stage(64, { state: "draft" }) },
  { name: "closed-1366", size: SMALL, stage: () => new Stage(64, { state: "closed" }) },
  { name: "cut-1920", size: FULL, stage: () => cut(speech(64)) },
  { name: "relay-1920", size: FULL, stage: () => relayLost(speech(64)) },
  { name: "filter-1366", size: SMALL, stage: () => speech(64), keys: ["Shift+F"] },
  { name: "relay-1366", size: SMALL, stage: () => relayLost(speech(64)) },
  { name: "relay-1366-en", size: SMALL, stage: () => relayLost(speech(64)), keys: ["l"] },
  { name: "cut-all-1366", size: SMALL, stage: () => cutAll(speech(64)), keys: ["a"] },
  { name: "cut-all-1920", size: FULL, stage: () => cutAll(speech(64)), keys: ["a"] },
  { name: "phone-390", size: PHONE, stage: () => speech(64), role: "viewer" },
  { name: "help-1920", size: FULL, stage: () => speech(64), keys: ["?"] },
  { name: "help-1366", size: SMALL, stage: () => speech(64), keys: ["?"] },
  { name: "drawer-1920", size: FULL, stage: () => speech(64), keys: ["s"] },
  { name: "drawer-1366", size: SMALL, stage: () => speech(64), keys: ["s"] },
  { name: "inside-1920", size: FULL, stage: () => speech(64), keys: ["Shift+H"] },
  { name: "halls-1366", size: SMALL, stage: () => speech(64), keys: ["h"] },
  { name: "present-1366", size: SMALL, stage: () => speech(64), click: "[data-present]" },
  { name: "edit-1920", size: FULL, stage: () => speech(64), keys: ["s"], then: "[data-begin-edit]" },
  { name: "remove-1366", size: SMALL, stage: () => speech(64), click: "[data-site=ca-mau]", then: "[data-remove]" },
  { name: "approve-1366", size: SMALL, stage: () => speech(64), click: ".speaking_hands", keys: ["y"] },
  { name: "approve-1920-en", size: FULL, stage: () => speech(64), click: ".speaking_hands", keys: ["l", "y"] },
  { name: "scene-1366", size: SMALL, stage: () => speech(64), keys: ["o"] },
  { name: "search-1920", size: FULL, stage: () => speech(64), keys: ["/", "t", "h", "a", "i"] },
  { name: "refused-1920", size: FULL, stage: () => speech(64), keys: ["i"] },
  { name: "viewer-1920", size: FULL, stage: () => speech(64), role: "viewer" },
  { name: "technician-1366", size: SMALL, stage: () => speech(64), role: "technician" },
  { name: "lost-1366", size: SMALL, stage: () => speech(64), cut: true },
  { name: "login-1366", size: SMALL, stage: () => speech(64), role: null },
];

async function take(browser, pictures, { name, size, stage, keys = [], click, then, role = "operator", cut }) {
  const server = await serve(dist, stage(), { role: role ?? undefined, pictures });
  const page = await browser.newPage({ viewport: size });
  page.on("console", (message) => message.type() === "error" && console.log(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`${name}: ${error}`));
  await page.goto(server.url);
  await page.waitForSelector(role === null ? "form" : "[data-connection=live]");
  await page.waitForTimeout(700);
  if (click) {
    await page.locator(click).click();
  }
  for (const key of keys) {
    await page.keyboard.press(key);
  }
  if (then) {
    await page.locator(then).click();
  }
  if (cut) {
    await server.close();
  }
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.context().close();
  await server.close().catch(() => undefined);
}

await mkdir(out, { recursive: true });
const browser = await launch();
const pictures = await makePictures(browser, 13);
const only = process.argv.slice(4);
for (const look of LOOKS.filter(({ name }) => only.length === 0 || only.includes(name))) {
  await take(browser, pictures, look);
}
await browser.close();
