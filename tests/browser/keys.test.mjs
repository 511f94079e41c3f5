// No key is lost in silence: what the operator presses takes effect once, or the board says in a
// sentence that it did not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { boardOn, came, listenTo, speech } from "./onstage.mjs";

/** Longer than the board calls a server silent. */
const STALL_MS = 7000;
const LATE_MS = 300;

/** Once for each id: what is asked again under its old one after a reconnection is the same command. */
const names = (heard) => [...new Map(heard.map(({ id, name }) => [id, name])).values()];

/**
 * The browser gets no time, as on a machine that is overloaded, while the server goes on talking; the
 * page then wakes before the process that brings it what was said.
 */
async function stall(page, ms) {
  const cdp = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  const signal = (name, kind) => processInfo.filter(({ type }) => kind.test(type))
    .forEach(({ id }) => process.kill(id, name));
  signal("SIGSTOP", /renderer|network/);
  await sleep(ms);
  signal("SIGCONT", /renderer/);
  await sleep(LATE_MS);
  signal("SIGCONT", /network/);
  await cdp.detach();
}

async function says(page, sentence) {
  await page.locator("[data-toast]", { hasText: sentence }).first().waitFor();
}

test("a page that could not run for a while does not call the server silent, and its keys are heard", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage);
  let welcomes = 0;
  const welcome = stage.welcome.bind(stage);
  stage.welcome = (role) => {
    welcomes += 1;
    return welcome(role);
  };
  const { page } = await boardOn(t, stage);
  await stall(page, STALL_MS);
  await page.keyboard.press("r");
  await page.waitForSelector("[data-floor=idle]");
  await page.waitForTimeout(STALL_MS / 2);
  assert.deepEqual(names(heard), ["floor.release"]);
  assert.equal(welcomes, 1);
});

test("a link that breaks before the answer is told; the command is then done once", async (t) => {
  const stage = speech(9);
  const obey = stage.obey.bind(stage);
  const heard = listenTo(stage, (command, count) => count === 1 ? [] : obey(command));
  const { page, server } = await boardOn(t, stage);
  await page.keyboard.press("r");
  await page.waitForSelector("[data-action=release]:disabled");
  await came(heard);
  server.cut();
  await says(page, "lệnh sẽ được gửi lại khi có kết nối");
  await page.waitForSelector("[data-floor=idle]");
  assert.equal(heard.length, 2);
  assert.equal(heard[0].id, heard[1].id);
});

test("a key that has to wait for the answer to the one before says so", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage, () => []);
  const { page } = await boardOn(t, stage);
  await page.locator("[data-action=take]").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-action=take]:disabled");
  await page.keyboard.press("Enter");
  await says(page, "Lệnh trước chưa được phản hồi");
  assert.deepEqual(names(heard), ["floor.take"]);
});

test("Enter takes, too, while a site's details or a list have the focus", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("s");
  await page.waitForSelector("[data-drawer]:focus");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[data-turn="t-6"][data-state=on_air]`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("3");
  await page.waitForSelector("#panel-programme ol:focus");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[data-turn="t-7"][data-state=on_air]`);
  assert.deepEqual(names(heard), ["floor.take", "floor.take"]);
});

test("a click leaves Enter to the console, and who walks the tiles by key gives nobody the floor", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("2");
  for (const step of ["Enter", "Enter", "Enter", "Escape"]) { // open, close, open, close
    await page.keyboard.press(step);
    await page.waitForFunction(() => document.activeElement.matches("[data-site], [data-close]"));
  }
  await page.waitForSelector("[data-site]:focus");
  await page.waitForSelector("[data-drawer]", { state: "detached" });
  assert.deepEqual(heard, []);
  await page.keyboard.press("Escape");
  await page.locator("[data-site]").nth(3).click();
  await page.waitForSelector("[data-drawer]:focus");
  await page.keyboard.press("Escape");
  await page.waitForSelector("[data-drawer]", { state: "detached" });
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[data-turn="t-6"][data-state=on_air]`);
  assert.deepEqual(names(heard), ["floor.take"]);
});

test("a key of the console says that a box is open, over the box", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("?");
  await page.keyboard.press("r");
  await says(page, "Đang mở một hộp thoại");
  const covered = await page.locator("dialog[data-dialog=help] [data-toast]").evaluate((toast) => {
    const box = toast.getBoundingClientRect();
    return !toast.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
  });
  assert.equal(covered, false);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.deepEqual(heard, []);
  await page.keyboard.press("r");
  await page.waitForSelector("[data-floor=idle]");
});

/** A letter as UniKey types it: the one before is wiped out, and the new one has the code of no key. */
async function typedByUniKey(page, letter) {
  const cdp = await page.context().newCDPSession(page);
  const press = async (event) => {
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...event, text: undefined });
  };
  await press({ key: "Backspace", code: "Backspace", windowsVirtualKeyCode: 8 });
  await press({ key: letter, code: "", text: letter, windowsVirtualKeyCode: 231 });
  await cdp.detach();
}

test("with Telex on, a key that can be told gives its command, and another one a sentence", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage);
  const { page } = await boardOn(t, stage);
  await typedByUniKey(page, "ê");
  await says(page, "Nếu bộ gõ tiếng Việt đang bật");
  assert.deepEqual(heard, []);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", key: "ê", code: "KeyE", text: "ê", windowsVirtualKeyCode: 69 });
  await came(heard);
  assert.deepEqual(names(heard), ["floor.extend"]);
});

test("a key without a command says so", async (t) => {
  const { page } = await boardOn(t, speech(9));
  await page.keyboard.press(";");
  await says(page, "Phím này không có lệnh");
});

test("a picture that cannot be chosen says so", async (t) => {
  const { page } = await boardOn(t, speech(9));
  await page.keyboard.press("o");
  await page.waitForSelector("dialog[data-dialog=scene][open]");
  const disabled = await page.locator("dialog button:disabled kbd").first().textContent();
  await page.keyboard.press(disabled);
  await says(page, "không có trình chiếu");
});

test("details of a turn's site where there is no turn: said, not passed over", async (t) => {
  const stage = speech(9);
  stage.views.turns = [];
  stage.views.floor = { takes: 0 };
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("s");
  await says(page, "Chưa chọn lượt phát biểu nào");
});

test("what one person asked for is not asked again when the next signs in", async (t) => {
  const stage = speech(9);
  const heard = listenTo(stage, () => []);
  const { page } = await boardOn(t, stage);
  await page.keyboard.press("r");
  await page.waitForSelector("[data-action=release]:disabled");
  await page.locator(".header_tools button").last().click();
  await page.waitForSelector("input[name=password]");
  await says(page, "Không nhận được phản hồi");
  await page.fill("input[name=account]", "nguoi-sau");
  await page.fill("input[name=password]", "x");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-connection=live]");
  await page.waitForSelector("[data-action=release]:enabled");
  assert.equal(heard.length, 1);
});

test("whoever signs out is not asked for the password when the server ends the connection first", async (t) => {
  const { page, server } = await boardOn(t, speech(9));
  await page.route("**/api/v1/session", async (route) => {
    server.say({ type: "bye", code: "unauthorised", text: "" });
    await page.waitForTimeout(500);
    assert.equal(await page.locator("dialog[data-dialog=again]").count(), 0);
    await route.continue();
  });
  await page.locator(".header_tools button").last().click();
  await page.waitForSelector("main.login_login");
});

test("a message written while the link is down stays in its field, and that is said", async (t) => {
  const { page, server } = await boardOn(t, speech(9));
  await page.keyboard.press("h");
  await page.waitForSelector("#message-text:focus");
  await server.close();
  await page.waitForSelector("[data-banner]");
  await page.keyboard.type("Xin kiểm tra micrô");
  await page.keyboard.press("Enter");
  await says(page, "lệnh chưa được gửi");
  assert.equal(await page.inputValue("#message-text"), "Xin kiểm tra micrô");
});
