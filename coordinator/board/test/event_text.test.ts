import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireEvent } from "@protocol";
import { eventText } from "../src/domain/event_text";
import { en } from "../src/i18n/en";
import { vi } from "../src/i18n/vi";
import { modelOf } from "../src/domain/model";
import { snapshot } from "./samples";

const model = modelOf(snapshot());

function event(seq: number, rest: Pick<WireEvent, "name" | "data">): WireEvent {
  return { type: "event", seq, at: seq, wall: seq, by: { role: "system" }, ...rest } as WireEvent;
}

test("an alarm that is over is named, not numbered", () => {
  const raised = event(1, { name: "alarm.raised", data: { alarm: 57, kind: "site_lost", site: "can-tho" } });
  const cleared = event(2, { name: "alarm.cleared", data: { alarm: 57 } });
  assert.equal(eventText(model, cleared, vi, [raised, cleared]), "Hết cảnh báo: Mất liên lạc điểm cầu Cần Thơ");
  assert.equal(eventText(model, cleared, vi, [cleared]), "Hết cảnh báo: #57");
  const all = event(3, { name: "alarm.acknowledged", data: { alarm: 57, kind: "site_lost" } });
  assert.equal(eventText(model, all, vi, [raised, all]), "Tiếp nhận cảnh báo: tất cả “Mất liên lạc điểm cầu”");
});

test("what people wrote stands in the log", () => {
  const skipped = event(1, { name: "item.skipped", data: { item: "02", reason: "hết giờ" } });
  assert.equal(eventText(model, skipped, vi, []), `Bỏ qua: ${model.items.get("02")?.title ?? "02"} – hết giờ`);
  const plain = event(2, { name: "item.skipped", data: { item: "02" } });
  assert.equal(eventText(model, plain, en, []), `Skipped: ${model.items.get("02")?.title ?? "02"}`);
  const sent = event(3, { name: "message.sent", data: { text: "mất tiếng", site: "can-tho" } });
  assert.equal(eventText(model, sent, en, []), "Message: mất tiếng");
});

test("what was put right reads as it is now, with the site where it changed", () => {
  const edited = event(1, { name: "turn.edited", data: { turn: "t-2", unit: "Sở Y tế", site: "ha-noi" } });
  assert.equal(eventText(model, edited, vi, []), "Sửa lượt Cần Thơ: Sở Y tế · phát biểu từ điểm cầu Hà Nội");
  const list = event(2, { name: "list.edited", data: { list: "talks", title: "Thảo luận" } });
  assert.equal(eventText(model, list, en, []), "Speaking list renamed: Thảo luận");
});

test("the log says what happened, in words", () => {
  const muted = event(1, { name: "site.muted", data: { site: "can-tho", muted: false } });
  assert.equal(eventText(model, muted, vi, []), "Cần Thơ: Điểm cầu bật micro");
  const black = event(2, { name: "site.observed", data: { site: "can-tho", sign: "picture_black", present: false } });
  assert.equal(eventText(model, black, vi, []), "Cần Thơ: Hết: Màn hình đen");
  const signed = event(3, { name: "site.signed", data: { site: "can-tho", step: "seated", done: true } });
  assert.equal(eventText(model, signed, en, []), "Cần Thơ: Signed: Seated");
});
