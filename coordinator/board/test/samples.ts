// A small meeting for tests.
import type { TurnState, WireSiteView, WireSnapshot, WireTurnView } from "@protocol";

export function site(id: string, number: number, name = id): WireSiteView {
  return {
    site: id, number, name, short_code: id.slice(0, 3).toUpperCase(), region: "Vùng", kind: number === 1 ? "main" : "remote",
    has_content: false, link: "online", media: "good", barred: false, locked: false, muted: false, spare: false,
    tally: "off", seen: false, heard: false, spoken: 0, steps: [], signs: [],
  };
}

export function turn(id: string, state: TurnState): WireTurnView {
  return {
    turn: id, list: "talks", site: "can-tho", unit: "Cần Thơ", topic: "", allowance: 600_000, origin: "assigned", class: "assigned",
    state, approved: true, acknowledged: false, spoken: 0,
  };
}

export function snapshot(): WireSnapshot {
  return {
    seq: 10, at: 1000,
    meeting: {
      meeting: "m", name: "Hội nghị", host: "Ban", place: "Hà Nội", date: "2022-07-15", title_lines: [], utc_offset: 420,
      form: "party", speed: 1, rehearsal: false, state: "live",
    },
    sites: [site("centre", 1), site("ha-noi", 2, "Hà Nội"), site("can-tho", 3, "Cần Thơ")],
    items: [{ item: "talks", kind: "presentations", title: "Tham luận", lists: ["talks"], state: "active", extended: 0 }],
    lists: [{ list: "talks", title: "Tham luận" }],
    turns: [turn("t-1", "done"), turn("t-2", "waiting")],
    floor: { takes: 0 }, scene: { layout: "slate", panes: [], overridden: false }, alarms: [], messages: [],
    relay: { link: "online" }, microphones: { all_locked: false, venue_open: false },
  };
}
