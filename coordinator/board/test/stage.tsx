// A board over a made-up meeting, without a server: what the coordinator would say is put in, and which
// components that draws is counted.
import "./dom";
import { Fragment, options, render, type VNode } from "preact";
import type { Role, WireMessage, WireSiteView, WireSnapshot, WireUpdate } from "@protocol";
import { App } from "../src/features/app/app";
import { createStore, StoreContext, type Store } from "../src/state/store";
import { Line } from "./line";
import { site, snapshot } from "./samples";

/** Preact calls this before a component is drawn; its name is the one that Preact's own tools use. */
const hooks = options as { __r?: (vnode: VNode) => void };

let counts: Map<string, number> | undefined;
const before = hooks.__r;
hooks.__r = (vnode) => {
  before?.(vnode);
  if (counts && typeof vnode.type === "function" && vnode.type !== Fragment) {
    counts.set(vnode.type.name, (counts.get(vnode.type.name) ?? 0) + 1);
  }
};

/** Until what was put in is drawn, and the effects of that are. */
export async function drawn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => setImmediate(done));
  }
}

/** Of one board at a time. */
export interface Board {
  readonly store: Store;
  readonly line: Line;
  readonly root: HTMLElement;
  /** What the coordinator says next. */
  say(...messages: WireMessage[]): Promise<void>;
  /** Name of a component → how often it was drawn meanwhile. */
  drawnBy(act: () => Promise<void>): Promise<ReadonlyMap<string, number>>;
  press(key: string): Promise<void>;
  close(): void;
}

/** The coordinator's wall clock when the board is opened. */
export const WALL = 1_657_843_200_000;
/** So that the texts of clocks do not change while components are counted. */
const STANDING_CLOCK_MS = 1_000_000;

export async function boardOn(meeting: WireSnapshot, role: Role = "operator"): Promise<Board> {
  localStorage.clear(); // languages chosen before
  Object.defineProperty(performance, "now", { value: () => STANDING_CLOCK_MS, configurable: true, writable: true });
  const store = createStore();
  const root = document.createElement("div");
  document.body.append(root);
  store.server.connect({ account: "dieuhanh", role, expires: 0 });
  const line = Line.latest as Line;
  line.onopen?.();
  line.say({
    type: "welcome", version: 1, role, seq: 0, at: meeting.at, wall: WALL, boot: "0".repeat(32), spare: false, snapshot: meeting,
  });
  render(<StoreContext.Provider value={store}><App /></StoreContext.Provider>, root);
  await drawn();
  return {
    store, line, root,
    async say(...messages) {
      messages.forEach((message) => line.say(message));
      await drawn();
    },
    async drawnBy(act) {
      counts = new Map();
      await act();
      const found = counts;
      counts = undefined;
      return found;
    },
    async press(key) {
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: /^[A-Z]$/.test(key), bubbles: true, cancelable: true }));
      await drawn();
    },
    close() {
      store.server.hangUp();
      render(null, root);
      root.remove();
    },
  };
}

/** As many sites as a large meeting has, in regions. */
export function manySites(count: number): WireSiteView[] {
  return Array.from({ length: count }, (_, n) => ({ ...site(`site-${n + 1}`, n + 1, `Tỉnh ${n + 1}`), region: `Vùng ${n % 6}` }));
}

export function meetingOf(sites: WireSiteView[], change: Partial<WireSnapshot> = {}): WireSnapshot {
  return { ...snapshot(), sites, ...change };
}

export function update(change: Partial<WireUpdate>): WireUpdate {
  return {
    type: "update", seq: 20, at: 1000, sites: [], items: [], lists: [], turns: [], alarms: [], cleared: [], messages: [], ...change,
  };
}
