// What the coordinator says draws again what it changed, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireMessage, WireSiteView } from "@protocol";
import { turn } from "./samples";
import { boardOn, manySites, meetingOf, update, WALL, type Board } from "./stage";

const SITES = 64;

/** One second's figures of all sites: so many of them at this level, the others as ever. */
function telemetry(level: number, changed: number): WireMessage {
  return {
    type: "telemetry", sites: manySites(SITES).map(({ site }, n) => ({
      site, level_dbfs: n < changed ? level : -40, round_trip: 20, loss_permille: 0, bits_per_second: 210_000, converged: true,
    })),
  };
}

const pong = (at: number): WireMessage => ({ type: "pong", t: 1_000_000, at, wall: WALL + at - 1000, seq: 10 });

async function withBoard(act: (board: Board) => Promise<void>): Promise<void> {
  const turns = [turn("t-1", "on_air"), turn("t-2", "waiting")].map((one) => ({ ...one, site: "site-3" }));
  const board = await boardOn(meetingOf(manySites(SITES), { turns, floor: { takes: 1, take: 1, turn: "t-1" } }));
  assert.equal(board.root.querySelectorAll("[data-site]").length, SITES);
  await board.say(telemetry(-40, SITES));
  try {
    await act(board);
  } finally {
    board.close();
  }
}

/** All that is drawn for a tile, and for nothing else. */
const OF_A_TILE = new Set(["Tile", "Level", "Signs", "Media", "Thumbnail", "Icon"]);

test("a second of telemetry draws the level meters whose level changed, and no other component", () => withBoard(async (board) => {
  for (const [changed, at] of [[3, 1000], [SITES, 2000]] as const) {
    const drawn = await board.drawnBy(() => board.say(telemetry(-20 + at / 1000, changed), pong(at)));
    assert.deepEqual([...drawn], [["Level", changed]]);
    assert.deepEqual([...await board.drawnBy(() => board.say(telemetry(-20 + at / 1000, changed), pong(at)))], []);
    await board.say(telemetry(-40, SITES));
  }
}));

test("a site that changes draws its own tile, and no other component", () => withBoard(async (board) => {
  const muted: WireSiteView = { ...(manySites(SITES)[20] as WireSiteView), muted: true };
  const drawn = await board.drawnBy(() => board.say(update({ sites: [muted], seq: 21 })));
  assert.equal(drawn.get("Tile"), 1);
  assert.deepEqual([...drawn.keys()].filter((name) => !OF_A_TILE.has(name)), []);
  assert.ok([...drawn.values()].reduce((sum, count) => sum + count) < 10);
}));

test("a link that is lost draws its tile and the counts it stands in", () => withBoard(async (board) => {
  const lost: WireSiteView = { ...(manySites(SITES)[20] as WireSiteView), link: "lost" };
  const drawn = await board.drawnBy(() => board.say(update({ sites: [lost], seq: 21 })));
  assert.deepEqual([drawn.get("Tile"), drawn.get("Region"), drawn.get("Counts")], [1, 1, 1]);
  assert.deepEqual([...drawn.keys()].filter((name) => !OF_A_TILE.has(name)).sort(), ["Counts", "Region"]);
}));

test("an update that says all of it again, and a number that nothing changed with, draw nothing", () => withBoard(async (board) => {
  const again = update({ ...meetingOf(manySites(SITES)), type: "update", turns: [], messages: [], floor: { takes: 1, take: 1, turn: "t-1" }, seq: 30 });
  assert.deepEqual([...await board.drawnBy(() => board.say(again, { type: "passed", seq: 31 }))], []);
  assert.equal(board.root.querySelector("[data-seq]")?.getAttribute("data-seq"), "31");
}));

test("a turn that is cued draws its row, who is next and what can be done, and no tile but its own", () => withBoard(async (board) => {
  const cued = { ...turn("t-2", "cued"), site: "site-3" };
  const next: WireSiteView = { ...(manySites(SITES)[2] as WireSiteView), tally: "next" };
  const drawn = await board.drawnBy(() => board.say(update({ turns: [cued], sites: [next], floor: { takes: 1, take: 1, turn: "t-1", cued: "t-2" } })));
  assert.equal(drawn.get("TurnRow"), 1);
  assert.equal(drawn.get("UpNext"), 1);
  assert.equal(drawn.get("Tile"), 1);
  assert.equal(drawn.get("Programme"), undefined);
  assert.equal(drawn.get("Header"), undefined);
  assert.equal(drawn.get("Sites"), undefined);
}));
