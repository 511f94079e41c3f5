import assert from "node:assert/strict";
import { test } from "node:test";
import { isLimited, remaining, ServerClock, spokenBy, timerPhase } from "../src/domain/clock";

const RUNNING = { turn: "t-1", spoken: 60_000, allowance: 600_000, warning: 60_000, since: 1_000_000 };

test("a running timer counts from its instant, a stopped one stands", () => {
  assert.equal(spokenBy(RUNNING, 1_030_000), 90_000);
  const { since: _, ...stopped } = RUNNING;
  assert.equal(spokenBy(stopped, 9_999_999), 60_000);
});

test("a clock slightly behind never takes spoken time back", () => {
  assert.equal(spokenBy(RUNNING, 999_950), 60_000);
});

test("warning begins exactly at its span, overtime right after zero", () => {
  const end = 1_000_000 + 540_000;
  assert.equal(timerPhase(RUNNING, end - 60_001), "fine");
  assert.equal(timerPhase(RUNNING, end - 60_000), "warning");
  assert.equal(timerPhase(RUNNING, end), "warning");
  assert.equal(timerPhase(RUNNING, end + 1), "overtime");
  assert.equal(remaining(RUNNING, end + 5_000), -5_000);
});

test("without a limit there is neither warning nor overtime", () => {
  const unlimited = { ...RUNNING, allowance: 0, warning: 0 };
  assert.equal(isLimited(unlimited), false);
  assert.equal(timerPhase(unlimited, 9_000_000), "fine");
});

test("the exchange with the smallest round trip gives the offset", () => {
  let local = 0;
  const clock = new ServerClock(() => local);
  local = 300;
  clock.sample(100, 5_000_000, 1_700_000_000_000); // 200 ms round trip
  local = 1010;
  clock.sample(1000, 5_000_905, 1_700_000_000_905); // 10 ms: server's instant is local + 4999900
  local = 2400;
  clock.sample(2000, 5_002_300, 1_700_000_002_300);
  assert.equal(clock.now(), 2400 + 4_999_900);
  assert.equal(clock.roundTrip(), 10);
  assert.equal(clock.wallOf(5_000_000), 1_700_000_000_000);
});

test("another run of the coordinator starts a new reckoning", () => {
  let local = 0;
  const clock = new ServerClock(() => local);
  clock.sample(0, 5_000, 0);
  clock.reset();
  local = 100;
  clock.sample(100, 70_000, 0);
  assert.equal(clock.now(), 70_000);
});

test("in a replay the clock goes at the rate that it is told, from where it was put", () => {
  let local = 1000;
  const clock = new ServerClock(() => local);
  clock.sample(1000, 50_000, 1_700_000_050_000);
  clock.put(900_000, 1_600_000_900_000, 60);
  local = 1500;
  assert.equal(clock.now(), 930_000);
  assert.equal(clock.wallOf(900_000), 1_600_000_900_000);
  local = 1600;
  clock.sample(1580, 935_500, 1_600_000_935_500, 60); // 20 ms round trip: 935 500 was at 1590
  assert.equal(clock.now(), 936_100);
});

test("a clock that stands shows one time, whatever passes here", () => {
  let local = 0;
  const clock = new ServerClock(() => local);
  clock.put(70_000, 0, 0);
  local = 60_000;
  assert.equal(clock.now(), 70_000);
  clock.sample(59_990, 70_000, 0, 0);
  local = 90_000;
  assert.equal(clock.now(), 70_000);
});

test("another rate is another reckoning: what was said at the one before is forgotten", () => {
  let local = 0;
  const clock = new ServerClock(() => local);
  clock.sample(0, 5_000, 0); // no round trip: never bettered
  local = 1000;
  clock.sample(900, 6_000, 0, 4);
  local = 2000;
  assert.equal(clock.now(), 6_000 + 4 * 1050);
});
