// The words of the enums, as generated from proto/words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS } from "@words";

test("words are there in both languages, by enum, field and value", () => {
  assert.equal(WORDS.vi.role.label.chair, "chủ trì");
  assert.equal(WORDS.en.role.label.chair, "chair");
  assert.match(WORDS.vi.refusal.sentence.storage, /; xin báo kỹ thuật viên\.$/);
  assert.deepEqual(Object.keys(WORDS.vi.sign), ["label", "sentence"]);
});
