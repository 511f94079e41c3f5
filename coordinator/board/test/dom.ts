// A document for components under node. What jsdom does not draw is left out: every box has
// the same size, no picture is decoded, nothing scrolls.
import { webcrypto } from "node:crypto";
import { after } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html lang=vi><body></body></html>", { url: "http://127.0.0.1/", pretendToBeVisual: true });

class NothingIsMeasured {
  observe(): void {}
  disconnect(): void {}
}

const NAMES = [
  "document", "localStorage", "location", "Element", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "HTMLSelectElement",
  "HTMLDialogElement", "KeyboardEvent", "Event", "FormData", "requestAnimationFrame", "cancelAnimationFrame",
] as const;

Object.assign(globalThis, Object.fromEntries(NAMES.map((name) => [name, window[name]])),
  { window, ResizeObserver: NothingIsMeasured });
Object.defineProperty(globalThis, "crypto", { value: webcrypto, configurable: true }); // node 18 has it only as a module
window.Element.prototype.scrollIntoView = () => undefined;
for (const [name, size] of [["clientWidth", 1060], ["clientHeight", 950]] as const) { // of the tiles' box on a Full HD screen
  Object.defineProperty(window.Element.prototype, name, { get: () => size });
}
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

const { setTimeout: later } = globalThis;
globalThis.setTimeout = ((act: () => void, ms?: number) => later(act, ms).unref()) as typeof setTimeout; // nor do notes of the board, for seconds
after(() => window.close()); // its timers would keep the process
