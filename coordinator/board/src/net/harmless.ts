// What came from the coordinator is shown as text, whatever it says; but some marks in a text act upon
// what stands beside it.

/** They turn or isolate the direction of what follows (Unicode Annex 9); the minutes drop the same ones. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A document as it was sent, without the marks by which a name could rewrite the row it stands in. */
export function parseHarmless(json: string): unknown {
  return JSON.parse(json.replace(TURNING, ""));
}
