// Bundles the board, the screens and the site page into folders of static files, or (--tests) each test into one file for node --test.
// Usage: node build.mjs OUT        node build.mjs --tests OUT
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const shared = {
  absWorkingDir: here, bundle: true, charset: "utf8", legalComments: "none", logLevel: "warning", jsx: "automatic", jsxImportSource: "preact",
};

/** Script and style of a page, small, but classes keep the names of their files: `tile` of sites.module.css is `sites_tile`. */
async function bundled(entry, options) {
  const { outputFiles } = await build({
    ...shared, ...options, entryPoints: [entry], outdir: "out", write: false, minifyWhitespace: true, minifySyntax: true,
  });
  const ending = (kind) => outputFiles.find(({ path }) => path.endsWith(kind)).text;
  const { code } = await transform(ending(".js"), { minify: true, charset: "utf8", format: options.format, target: options.target });
  return { script: code, style: ending(".css") };
}

/** What a browser may keep for ever has a name that changes with it. */
function nameOf(page, kind, content) {
  return `${page}-${createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase()}.${kind}`;
}

async function bundleBoard(out) {
  const { script, style } = await bundled("src/main.tsx", { format: "esm", target: ["chrome100", "firefox100", "safari15"] });
  const names = { script: nameOf("board", "js", script), style: nameOf("board", "css", style) };
  await mkdir(join(out, "assets"), { recursive: true });
  await writeFile(join(out, "assets", names.script), script);
  await writeFile(join(out, "assets", names.style), style);
  const page = (await readFile(join(here, "src/index.html"), "utf8"))
    .replace("board.js", `assets/${names.script}`)
    .replace("style.css", `assets/${names.style}`);
  await writeFile(join(out, "index.html"), page);
  await writeFile(join(out, "icon.svg"), await readFile(join(here, "src/icon.svg")));
}

/** A display or a phone loads its own page and nothing of the board: so many bytes at most, compressed. */
const SCREEN_BYTES_MAX = 60 * 1024;
const SCREENS = ["hall", "speaker", "watcher", "run_sheet", "chair"];

function weigh(page, ...parts) {
  const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
  if (bytes > SCREEN_BYTES_MAX) {
    throw new Error(`${page} has ${bytes} bytes compressed, more than ${SCREEN_BYTES_MAX}`);
  }
}

/** Beside the board, each a page of its own. Screens in halls have what browsers they have. */
async function bundleScreen(out, page) {
  const { script, style } = await bundled(`src/screens/${page}.tsx`, { format: "iife", target: ["chrome86", "firefox78", "safari14"] });
  weigh(page, script, style);
  const names = { script: nameOf(page, "js", script), style: nameOf(page, "css", style) };
  await writeFile(join(out, "assets", names.script), script);
  await writeFile(join(out, "assets", names.style), style);
  const html = (await readFile(join(here, "src/screens/screen.html"), "utf8"))
    .replace("screen.js", `assets/${names.script}`)
    .replace("screen.css", `assets/${names.style}`);
  await writeFile(join(out, `${page}.html`), html);
}

/** Sites have what browsers they have. */
async function bundleSitePage(out) {
  const { script, style } = await bundled("src/site_page/main.tsx", { format: "iife", target: ["chrome86", "firefox78", "safari14"] });
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "panel.js"), script);
  await writeFile(join(out, "panel.css"), style);
  await writeFile(join(out, "index.html"), await readFile(join(here, "src/site_page/index.html")));
}

async function bundleTests(out) {
  const files = (await readdir(join(here, "test"))).filter((name) => /\.test\.tsx?$/.test(name));
  await build({
    ...shared,
    entryPoints: files.map((name) => join("test", name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    target: "node18",
    external: ["jsdom"],
  });
}

const tests = process.argv[2] === "--tests";
const out = process.argv[tests ? 3 : 2];
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
if (tests) {
  await bundleTests(out);
} else {
  await bundleBoard(join(out, "board"));
  await Promise.all(SCREENS.map((page) => bundleScreen(join(out, "board"), page)));
  await bundleSitePage(join(out, "site_page"));
}
