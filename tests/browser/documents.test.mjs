// Documents on the board against the real coordinator: a file is entered for a site, another is handed out.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { logIn } from "./board_page.mjs";
import { launch } from "./chromium.mjs";
import { House } from "./house.mjs";

const PDF = { name: "../Báo cáo quý II.docx", mimeType: "application/msword", buffer: Buffer.from("%PDF-1.7\nnội dung") };
const NOTHING = { name: "bao-cao.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF") };

test("a file is entered for a site, discarded, and another handed out and withdrawn", async (t) => {
  const house = new House(process.env.DIEMCAU_PROGRAMS, process.env.DIEMCAU_PLAN);
  await house.open();
  t.after(() => house.close());
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1366, height: 768 } });
  await logIn(page, house);
  await page.click("[data-documents]");
  const owed = page.locator("[data-document]:has(select)").first();
  await owed.locator("select").selectOption({ index: 1 });
  await owed.locator("[data-bring]").setInputFiles(NOTHING);
  await owed.getByRole("status").filter({ hasText: "PDF, DOCX" }).waitFor();
  assert.equal(await owed.locator("[data-received]").count(), 0);
  await owed.locator("[data-bring]").setInputFiles(PDF);
  const received = owed.locator("[data-received]");
  await received.waitFor();
  assert.match(await received.textContent(), /Báo cáo quý II\.docx\.pdf/);
  const [download] = await Promise.all([page.waitForEvent("download"), received.locator("a").click()]);
  assert.equal(download.suggestedFilename(), "Báo cáo quý II.docx.pdf");

  await page.fill("[data-title]", "Chương trình hội nghị");
  await page.locator("[data-title] + * [data-bring]").setInputFiles({ ...PDF, name: "chương trình.pdf" });
  const handout = page.locator("[data-handout]");
  await handout.waitFor();
  await handout.locator("summary").click();
  assert.ok(await handout.locator("li").count() > 50);
  await mkdir(process.env.DIEMCAU_SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "documents.png") });
  await handout.locator("[data-withdraw]").click();
  await handout.waitFor({ state: "detached" });
  await page.fill("[data-title]", "Gợi ý tham luận");
  await page.click("[data-choose-sites] summary");
  for (const site of ["ha-giang", "ca-mau"]) {
    await page.check(`[data-choose-sites] input[value=${site}]`);
  }
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "documents-chosen.png") });
  await page.locator("[data-title] + * [data-bring]").setInputFiles({ ...PDF, name: "gợi ý.pdf" });
  await handout.waitFor();
  await handout.locator("summary").click();
  assert.deepEqual(await handout.locator("li span:first-child").allTextContents(), ["Hà Giang", "Cà Mau"]);
  await received.locator("[data-discard]").click();
  await received.waitFor({ state: "detached" });
});

test("at a site's page the programme opens and the report is sent, with the real endpoint between", async (t) => {
  const house = new House(process.env.DIEMCAU_PROGRAMS, process.env.DIEMCAU_PLAN, ["--sites", "ca-mau"]);
  await house.open();
  t.after(() => house.close());
  house.start("diemcau-endpoint", ["--join", join(house.state, "join/ha-giang.json"), "--camera", "test", "--voice", "test", "--size", "360p15",
    "--program", "none", "--papers", join(house.folder, "papers"), "--language", "en"]);
  const browser = await launch();
  t.after(() => browser.close());
  const board = await browser.newPage({ ignoreHTTPSErrors: true });
  await logIn(board, house);
  await board.click("[data-documents]");
  await board.fill("[data-title]", "Chương trình hội nghị");
  await board.locator("[data-title] + * [data-bring]").setInputFiles({ ...PDF, name: "chương trình.pdf" });
  await board.locator("[data-handout]").waitFor();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(await house.said("diemcau-endpoint", /http:\/\/\S+/));
  const link = page.locator("[data-handout] a");
  await link.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.equal(download.suggestedFilename(), "chương trình.pdf");
  await page.locator("[data-handout][data-opened=true]").waitFor();
  const owed = page.locator("[data-owed]").first();
  await owed.locator("[data-bring]").setInputFiles(NOTHING);
  await owed.locator("[data-bringing]:not([data-bringing=on_its_way])").waitFor();
  await page.locator("#papers").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "site-papers-refused.png"), fullPage: true });
  await owed.locator("[data-bring]").setInputFiles(PDF);
  await owed.locator("[data-received]").waitFor();
  assert.match(await owed.locator("[data-received]").textContent(), /Báo cáo quý II\.docx\.pdf/);
  assert.equal(await owed.locator("[data-bringing]").count(), 0);
  await page.screenshot({ path: join(process.env.DIEMCAU_SHOTS, "site-papers.png"), fullPage: true });
});
