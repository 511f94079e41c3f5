// A programme of an office taken in on the board: a workbook and a document, a cell put right, given, seen by another
// operator, and asking for nothing the second time.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { logIn } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const run = promisify(execFile);
const PLANS = join(process.env.DIEMCAU_PLAN, "..");
const OFFICE = join(PLANS, "../../tests/integration");

/** The plan's own tables as a workbook, with lines of its programme written otherwise. */
async function workbook(house, changes) {
  const plan = join(house.folder, "office");
  await cp(join(PLANS, "b"), plan, { recursive: true });
  let agenda = await readFile(join(plan, "agenda.csv"), "utf8");
  for (const [from, to] of changes) {
    assert.ok(agenda.includes(from), from);
    agenda = agenda.replace(from, to);
  }
  await writeFile(join(plan, "agenda.csv"), agenda);
  const book = join(house.folder, "chương trình.xlsx");
  await run(house.program("diemcau-coordinator"), ["export", plan, book]);
  return book;
}

/** As Word writes it: a list of speakers with a time that is none. */
async function document_(house, rows) {
  const file = join(house.folder, "danh sách phát biểu.docx");
  const case_ = JSON.stringify({ document: ["DANH SÁCH PHÁT BIỂU THẢO LUẬN", [["STT", "Đơn vị", "Nội dung", "Thời lượng"], ...rows]] });
  const script = "import json, sys, office; open(sys.argv[1], 'wb').write(office.made(json.loads(sys.argv[2])))";
  await run("python3", ["-B", "-c", script, file, case_], { cwd: OFFICE });
  return file;
}

const quiet = (page) => page.waitForSelector("[data-import-work=none]", { state: "attached" });
const shot = async (page, name) => {
  await mkdir(process.env.DIEMCAU_SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, `import-${name}.png`) });
};

async function choose(page, file) {
  await page.setInputFiles("[data-import-file]", file);
  await page.waitForSelector("[data-table]");
  await quiet(page);
}

async function houseOfB(t) {
  const house = new House(process.env.DIEMCAU_PROGRAMS, join(PLANS, "b"), ["--sites", "tra-on"]);
  await house.open();
  t.after(() => house.close());
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1366, height: 768 } });
  await logIn(page, house);
  return { house, browser, page };
}

test("a workbook changes the programme, another operator sees it, and again it asks for nothing", async (t) => {
  const { house, browser, page } = await houseOfB(t);
  const book = await workbook(house, [["07:40;20", "07:40;25"], ["08:00;20", "08:05;15"], ["Gợi ý thảo luận;Chủ trì", "Gợi ý thảo luận của chủ trì;Chủ trì"]]);
  const other = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1920, height: 1080 } });
  await logIn(other, house);

  await page.keyboard.press("=");
  await page.waitForSelector("[data-dialog=import]");
  await shot(page, "empty");
  await choose(page, book);
  assert.equal(await page.locator("[data-part=agenda] tr[data-fate=changed]").count(), 3);
  assert.match(await page.textContent("[data-part=agenda] [data-row='4']"), /25.*20/s);
  const asked = await page.locator("[data-change=asked]").count();
  assert.ok(asked >= 3);
  await shot(page, "workbook");

  await page.click("[data-import-apply]");
  await page.waitForSelector("[data-import-changes='0']");
  await quiet(page);
  await shot(page, "applied");
  assert.match(await page.textContent("[data-dialog=import]"), /Hội nghị/);
  await other.waitForSelector("[data-item='05'] b[title='Gợi ý thảo luận của chủ trì']");
  assert.match(await other.textContent("[data-item='03']"), /25/);
  await page.keyboard.press("Escape");
  await page.waitForSelector("[data-item='05'] b[title='Gợi ý thảo luận của chủ trì']");

  await page.click("[data-import]");
  await choose(page, book);
  assert.equal(await page.locator("tr[data-fate=changed], tr[data-fate=added]").count(), 0);
  assert.equal(await page.locator("[data-change]").count(), 0);
  assert.equal(await page.locator("[data-import-apply]").count(), 0);
});

test("a cell of a document is put right on the spot, which outlives a lost link, and is given while the meeting is live", async (t) => {
  const { house, page } = await houseOfB(t);
  const file = await document_(house, [["1", "Ủy ban MTTQ tỉnh", "Vai trò của Mặt trận", "10 phút"], ["2", "UBND huyện Trà Ôn", "Nông thôn mới", "mười phút"],
    ["3", "Đơn vị không rõ", "Việc khác", "5 phút"]]);
  await page.click("[data-action=assemble]");
  await page.waitForSelector("[data-meeting=assembling]");
  await page.click("[data-action=open]");
  await page.waitForSelector("[data-meeting=live]");
  await page.keyboard.press("=");
  await choose(page, file);
  const cell = page.locator("[data-cell='1!D3']");
  assert.equal(await cell.getAttribute("data-marked"), "true");
  await shot(page, "document");
  await cell.locator("button").click();
  await page.keyboard.type("12 phút");
  await page.keyboard.press("Escape"); // taken back: the box stays open, nothing was sent
  assert.equal(await cell.getAttribute("data-corrected"), null);
  await cell.locator("button").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("12 phút");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-cell='1!D3'][data-corrected]:not([data-marked])");
  await quiet(page);

  await house.stop("diemcau-coordinator", "SIGKILL");
  house.startCoordinator();
  await page.waitForSelector("[data-stale]", { state: "attached" });
  await page.waitForSelector("[data-stale]", { state: "detached" });
  assert.equal(await page.locator("[data-cell='1!D3'][data-corrected]").count(), 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("="); // it is all there again
  assert.match(await page.textContent("[data-cell='1!D3']"), /12 phút/);
  await shot(page, "corrected");
  await page.click("[data-import-apply]");
  await page.waitForSelector("[data-import-changes='0'], [data-change=left_out]");
  await quiet(page);
  await shot(page, "live");
  await page.keyboard.press("Escape");
  const told = await page.evaluate(async () => (await (await fetch("/api/v1/meeting")).json()).turns
    .filter((turn) => turn.list === "thao-luan" && turn.state === "waiting").map((turn) => [turn.unit, turn.allowance / 60000, turn.topic]));
  assert.deepEqual(told.find(([unit]) => unit === "UBND huyện Trà Ôn"), ["UBND huyện Trà Ôn", 12, "Nông thôn mới"]);
  assert.ok(told.some(([unit]) => unit === "Đơn vị không rõ"));
});

test("what is no office file is said, and the board goes on", async (t) => {
  const { house, page } = await houseOfB(t);
  const file = join(house.folder, "chương trình.xls");
  await writeFile(file, Buffer.from("d0cf11e0a1b11ae1", "hex"));
  await page.keyboard.press("=");
  await page.setInputFiles("[data-import-file]", file);
  await page.locator("[data-dialog=import] [role=status]").filter({ hasText: "chương trình.xls" }).waitFor();
  await shot(page, "old");
  await page.keyboard.press("Escape");
  await page.waitForSelector("[data-dialog=import]", { state: "detached" });
});
