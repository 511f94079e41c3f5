// Bundles the board and the site page into folders of static files, or (--tests) each test into one file for node --test.
// Usage: node build.mjs OUT        node build.mjs --tests OUT
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const shared = {
  absWorkingDir: here, bundle: true, charset: "utf8", legalComments: "none", logLevel: "warning", jsx: "automatic", jsxImportSource: "preact",
};

/** What a browser may keep for ever has a name that changes with it. */
async function bundleBoard(out) {
  const result = await build({
    ...shared,
    entryPoints: { board: "src/main.tsx", style: "src/style/main.css" },
    outdir: join(out, "assets"),
    entryNames: "[name]-[hash]",
    format: "esm",
    target: ["chrome100", "firefox100", "safari15"],
    minify: true,
    metafile: true,
  });
  const names = Object.keys(result.metafile.outputs).map((path) => basename(path));
  const page = (await readFile(join(here, "src/index.html"), "utf8"))
    .replace("board.js", `assets/${names.find((name) => name.endsWith(".js"))}`)
    .replace("style.css", `assets/${names.find((name) => name.endsWith(".css"))}`);
  await writeFile(join(out, "index.html"), page);
  await writeFile(join(out, "icon.svg"), await readFile(join(here, "src/icon.svg")));
}

/** Sites have what browsers they have. */
async function bundleSitePage(out) {
  await build({
    ...shared,
    entryPoints: { panel: "src/site_page/main.tsx" },
    outdir: out,
    format: "iife",
    target: ["chrome86", "firefox78", "safari14"],
    minify: true,
  });
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
  await bundleSitePage(join(out, "site_page"));
}
