// Questions the panels ask of a model. Pure.
import type { SiteId, TurnId, WireAlarmView, WireItemView, WireSiteView, WireTurnView } from "@protocol";
import type { Model } from "./model";

export function itemsInOrder(model: Model): WireItemView[] {
  return model.itemOrder.flatMap((id) => model.items.get(id) ?? []);
}

export function activeItem(model: Model): WireItemView | undefined {
  return itemsInOrder(model).find((item) => item.state === "active");
}

export function nextItem(model: Model): WireItemView | undefined {
  return itemsInOrder(model).find((item) => item.state === "pending");
}

/** The item whose speaking list is worth showing: the active one, else the next that has one. */
export function shownItem(model: Model): WireItemView | undefined {
  return activeItem(model)
    ?? itemsInOrder(model).find((item) => item.state === "pending" && item.lists.length > 0);
}

export function turnsOf(model: Model, item: WireItemView | undefined): WireTurnView[] {
  if (!item) {
    return [];
  }
  return model.turnOrder.flatMap((id) => {
    const turn = model.turns.get(id);
    return turn && item.lists.includes(turn.list) ? [turn] : [];
  });
}

export function turnOnAir(model: Model): WireTurnView | undefined {
  return model.floor.turn === undefined ? undefined : model.turns.get(model.floor.turn);
}

export function turnCued(model: Model): WireTurnView | undefined {
  return model.floor.cued === undefined ? undefined : model.turns.get(model.floor.cued);
}

export function isOpenTurn(turn: WireTurnView): boolean {
  return turn.state === "waiting" || turn.state === "cued" || turn.state === "interrupted";
}

/** What the console acts on when nothing was selected by hand: the cued turn, else the next to speak. */
export function defaultTurn(turns: readonly WireTurnView[]): TurnId | undefined {
  const turn = turns.find((one) => one.state === "cued")
    ?? turns.find((one) => one.state === "waiting" && one.approved)
    ?? turns.find((one) => one.state === "interrupted");
  return turn?.turn;
}

export function sitesInOrder(model: Model): WireSiteView[] {
  return [...model.sites.values()].sort((a, b) => a.number - b.number);
}

export function siteName(model: Model, id: SiteId | undefined): string {
  return id === undefined ? "" : model.sites.get(id)?.name ?? id;
}

/** Hands that wait for approval, and how many. */
export function raisedHands(model: Model): ReadonlySet<SiteId> {
  const hands = new Set<SiteId>();
  for (const turn of model.turns.values()) {
    if (turn.origin === "requested" && turn.state === "waiting") {
      hands.add(turn.site);
    }
  }
  return hands;
}

/** Unacknowledged first, then the latest. */
export function alarmsInOrder(model: Model): WireAlarmView[] {
  return [...model.alarms.values()]
    .sort((a, b) => Number(a.acknowledged) - Number(b.acknowledged) || b.alarm - a.alarm);
}

export interface Region {
  readonly name: string;
  readonly sites: readonly WireSiteView[];
}

/** Regions in the order of their first site; the main venue stands before them, alone. */
export function regionsOf(sites: readonly WireSiteView[]): Region[] {
  const regions = new Map<string, WireSiteView[]>();
  for (const site of sites) {
    if (site.kind === "main") {
      continue;
    }
    const members = regions.get(site.region);
    if (members) {
      members.push(site);
    } else {
      regions.set(site.region, [site]);
    }
  }
  return [...regions].map(([name, members]) => ({ name, sites: members }));
}

/** Letters without marks, so that "can tho" finds "Cần Thơ". */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}

export function searchSites(model: Model, wanted: string): WireSiteView[] {
  const needle = folded(wanted.trim());
  return sitesInOrder(model).filter((site) =>
    folded(site.name).includes(needle) || folded(site.short_code).includes(needle) || site.site.includes(needle));
}
