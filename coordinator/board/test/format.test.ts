import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../src/i18n/en";
import { vi } from "../src/i18n/vi";
import { countdown, day, deviation, elapsed, length, dated, levelShare, plannedTime, timeOfDay, wallTime, wallTimeSeconds } from "../src/domain/format";

test("time left is rounded up, overtime down", () => {
  assert.equal(countdown(600_000), "10:00");
  assert.equal(countdown(599_001), "10:00");
  assert.equal(countdown(1), "00:01");
  assert.equal(countdown(0), "00:00");
  assert.equal(countdown(-999), "+00:00");
  assert.equal(countdown(-61_000), "+01:01");
  assert.equal(countdown(3_661_000), "1:01:01");
});

test("elapsed time is rounded down and never negative", () => {
  assert.equal(elapsed(59_999), "00:59");
  assert.equal(elapsed(-5), "00:00");
});

test("lengths and deviations", () => {
  assert.equal(length(600_000), "10′");
  assert.equal(length(45_000), "45″");
  assert.equal(length(5_400_000), "90′");
  assert.equal(length(150_000), "2′30″");
  assert.equal(deviation(-184_000, vi), "3 phút");
  assert.equal(deviation(30_000, vi), "30 giây");
  assert.equal(deviation(59_700, vi), "1 phút");
  assert.equal(deviation(4_440_000, vi), "1 giờ 14 phút");
  assert.equal(deviation(4_440_000, en), "1 h 14 min");
});

test("clock times are those of the place, wherever the browser is", () => {
  assert.equal(timeOfDay(27_000_000), "07:30");
  const stamp = Date.UTC(2022, 6, 15, 0, 30, 5);
  assert.equal(wallTime(stamp, 420), "07:30");
  assert.equal(wallTimeSeconds(stamp, 420), "07:30:05");
  assert.equal(wallTime(stamp, -60), "23:30");
  assert.equal(day("2022-07-15", "vi"), "15/7/2022");
  assert.equal(day("2025-07-05", "vi"), "05/7/2025");
  assert.equal(day("2026-02-28", "vi"), "28/02/2026");
  assert.equal(day("2025-07-05", "en"), "2025-07-05");
});

test("the level meter spans 60 dB", () => {
  assert.equal(levelShare(-120), 0);
  assert.equal(levelShare(-30), 0.5);
  assert.equal(levelShare(0), 1);
});

test("times of another day say which", () => {
  assert.equal(dated("00:15", "2022-07-16", "2022-07-16"), "00:15");
  assert.equal(dated("23:15", "2022-07-15", "2022-07-16"), "23:15 15/7");
  assert.equal(plannedTime(27_000_000, "2022-07-15"), "07:30");
  assert.equal(plannedTime(87_300_000, "2022-07-15"), "00:15 16/7");
  assert.equal(plannedTime(86_400_000 * 2 + 27_000_000, "2022-12-31"), "07:30 2/1");
});
