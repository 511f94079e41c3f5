// The board of a house in a tab of its own, logged in by keyboard as whoever holds the house.
const PATIENCE_MS = 30_000;

export const FULL_HD = { width: 1920, height: 1080 };

/** In the page: what is attached, and keys that lead to it. */
export function handsOn(page) {
  const see = (selector, options) => page.waitForSelector(selector, { state: "attached", ...options });
  const press = (key) => page.keyboard.press(key);
  const order = async (key, selector) => {
    await press(key);
    await see(selector);
  };
  return { see, press, order };
}

/** The house may still be starting. */
export async function logIn(page, house) {
  const { see, press } = handsOn(page);
  for (let reached = false; !reached;) {
    reached = await page.goto(house.url).then(() => true, () => false);
  }
  await see("form input[name=account]:focus");
  await page.keyboard.type(house.account);
  await press("Tab");
  await page.keyboard.type(house.password);
  await press("Enter");
  await see("[data-connection=live]");
}

export async function openBoard(browser, house, viewport = FULL_HD) {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true, viewport })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await logIn(page, house);
  return page;
}
