// Chromium of the system, quiet, and pictures for made-up sites.
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** A machine without a locale has no letters beyond ASCII in the names of files that Chromium saves. */
const LOCALE = { LANG: "C.UTF-8", LC_ALL: "C.UTF-8" };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS, env: { ...process.env, ...LOCALE },
  });
}

/** Drawn rooms, 192 by 108, as JPEG: each of another colour. */
export async function makePictures(browser, count) {
  const page = await browser.newPage();
  const urls = await page.evaluate((many) => Array.from({ length: many }, (_, n) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 192, height: 108 });
    const draw = canvas.getContext("2d");
    const hue = (n * 47) % 360;
    const wall = draw.createLinearGradient(0, 0, 0, 108);
    wall.addColorStop(0, `hsl(${hue} 22% 46%)`);
    wall.addColorStop(1, `hsl(${hue} 26% 24%)`);
    draw.fillStyle = wall;
    draw.fillRect(0, 0, 192, 108);
    draw.fillStyle = "#8d1420";
    draw.fillRect(52, 10, 88, 30);
    draw.fillStyle = "#f4cf6b";
    draw.fillRect(66, 18, 60, 3);
    draw.fillRect(74, 26, 44, 3);
    for (let seat = 0; seat < 5; seat += 1) {
      draw.fillStyle = `hsl(${(hue + 190) % 360} 14% ${18 + 3 * ((n + seat) % 4)}%)`;
      draw.beginPath();
      draw.arc(26 + 35 * seat, 66, 9, 0, 7);
      draw.fill();
      draw.fillRect(12 + 35 * seat, 74, 28, 20);
    }
    draw.fillStyle = `hsl(${hue} 20% 16%)`;
    draw.fillRect(0, 90, 192, 18);
    return canvas.toDataURL("image/jpeg", 0.8);
  }), count);
  await page.close();
  return urls.map((url) => Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
}
