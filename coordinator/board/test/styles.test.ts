// Names of classes: none that is drawn is missing from its module, and none stands there in vain.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const SOURCE = process.env["DIEMCAU_BOARD_SOURCE"] ?? "../src";

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).map((name) => join(SOURCE, name));
const modules = files.filter((name) => name.endsWith(".module.css"));

function classesOf(module: string): Set<string> {
  const text = readFileSync(module, "utf8").replace(/\/\*[^]*?\*\//g, "").replace(/:global\([^)]*\)/g, "").replace(/\[[^\]]*\]/g, "").replace(/\{[^{}]*\}/g, "{}");
  return new Set([...text.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, name]) => name as string));
}

/** Of each module, the names that components take from it; one that is taken by a variable takes them all. */
function takenFrom(): ReadonlyMap<string, { named: Set<string>; all: boolean }> {
  const taken = new Map(modules.map((module) => [module, { named: new Set<string>(), all: false }]));
  for (const file of files.filter((name) => name.endsWith(".tsx"))) {
    const text = readFileSync(file, "utf8");
    for (const [, local, path] of text.matchAll(/import (\w+) from "(\..*\.module\.css)"/g)) {
      const of = taken.get(join(dirname(file), path as string));
      assert.ok(of, `${file} takes ${path}, which is not there`);
      of.all ||= text.includes(`${local}[`);
      for (const [, name] of text.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, "g"))) {
        of.named.add(name as string);
      }
    }
  }
  return taken;
}

test("every class that a component names is in its module, and every class of a module is named", () => {
  assert.ok(modules.length > 10);
  for (const [module, { named, all }] of takenFrom()) {
    const there = classesOf(module);
    assert.deepEqual([...named].filter((name) => name !== "module" && !there.has(name)), [], `${module} lacks`);
    assert.deepEqual(all ? [] : [...there].filter((name) => !named.has(name)), [], `${module} has in vain`);
  }
});

test("sizes of type are those of the theme", () => {
  for (const module of modules) {
    const own = [...readFileSync(module, "utf8").matchAll(/^.*font(?:-size)?: [^;]*\d+(?:\.\d+)?px/gm)].map(([line]) => line.trim());
    assert.deepEqual(own.filter((line) => !line.includes("clamp(")), [], module);
  }
});
