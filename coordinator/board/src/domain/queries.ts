// Questions the panels ask of a model. Pure.
import type {
  AlarmKind, Command, Instant, ItemId, SiteId, Span, TurnId, WireActView, WireAlarmView, WireItemView, WireMessageView, WireSiteView, WireTurnView,
} from "@protocol";
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

const DAY_MS = 86_400_000;

/** What comes next is planned for a later day than what has been. */
export function hasLaterSitting(model: Model): boolean {
  const items = itemsInOrder(model);
  const next = items.findIndex((item) => item.state === "pending");
  const planned = items.slice(0, Math.max(next, 0)).reverse().find((item) => item.planned_start !== undefined)?.planned_start;
  const start = items[next]?.planned_start;
  return start !== undefined && planned !== undefined && Math.floor(start / DAY_MS) > Math.floor(planned / DAY_MS);
}

/** Of a ceremony, in their order. */
export function actsOf(model: Model, item: ItemId | undefined): WireActView[] {
  return model.acts.filter((act) => act.item === item);
}

/** A ceremony has acts left, and nobody speaks or is about to: it needs the room of the speaking list. */
export function isStepping({ ceremony, floor }: Model): boolean {
  return (ceremony.shown !== undefined || ceremony.next !== undefined) && floor.turn === undefined && floor.cued === undefined;
}

/** The item whose speaking list is worth showing: the active one, else the next that has one. */
export function shownItem(model: Model): WireItemView | undefined {
  return activeItem(model)
    ?? itemsInOrder(model).find((item) => item.state === "pending" && item.lists.length > 0);
}

export function turnsInOrder(model: Model): WireTurnView[] {
  return model.turnOrder.flatMap((id) => model.turns.get(id) ?? []);
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

/** All that people are at: the player of films is none. */
export function sitesInOrder(model: Model): WireSiteView[] {
  return model.siteOrder.flatMap((id) => model.sites.get(id) ?? []).filter((site) => site.kind !== "player");
}

export function player(model: Model): WireSiteView | undefined {
  return [...model.sites.values()].find((site) => site.kind === "player");
}

/** For so long after it has rung one wants to know where it was heard. */
const BELL_SHOWN_MS = 60_000;

/** There is something to say of the bell: a pause is under way, it is held, or it has just rung. */
export function isBellInHand({ bell }: Model, now: Instant): boolean {
  return bell.pause !== undefined || bell.held || (bell.last !== undefined && now - bell.last.at < BELL_SHOWN_MS);
}

/** Whom the ready check waits for. */
export function sitesAwaited(model: Model): WireSiteView[] {
  return sitesInOrder(model).filter((site) => !site.barred && site.ready === "asked");
}

/** Whose line has not passed its test, as far as it was asked. */
export function linesNotPassed(model: Model): WireSiteView[] {
  return sitesInOrder(model).filter((site) => !site.barred && site.line?.passed === false);
}

/** The site that is called by the roll, and not by hand. */
export function calledByRoll(model: Model): WireSiteView | undefined {
  const id = model.asked.roll?.site;
  return id === undefined ? undefined : model.sites.get(id);
}

export function siteName(model: Model, id: SiteId | undefined): string {
  return id === undefined ? "" : (model.sites.get(id) ?? model.removedSites.get(id))?.name ?? id;
}

/** Turns that wait for somebody's approval. */
export function turnsAsked(turns: readonly WireTurnView[]): WireTurnView[] {
  return turns.filter((turn) => turn.state === "waiting" && !turn.approved);
}

/** What is proposed to whoever approves a turn: its own, else what most of its list have; undefined where nobody there has any. */
export function usualAllowance(model: Model, turn: WireTurnView): Span | undefined {
  if (turn.allowance > 0) {
    return turn.allowance;
  }
  const counts = new Map<Span, number>();
  for (const one of model.turns.values()) {
    if (one.list === turn.list && one.allowance > 0) {
      counts.set(one.allowance, (counts.get(one.allowance) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Sites that asked for the floor and still wait. */
export function raisedHands(model: Model): ReadonlySet<SiteId> {
  const hands = new Set<SiteId>();
  for (const turn of model.turns.values()) {
    if (turn.origin === "requested" && turn.state === "waiting") {
      hands.add(turn.site);
    }
  }
  return hands;
}

/** From sites, after the latest that was read. */
export function unreadMessages(messages: readonly WireMessageView[], read: Instant, own: string | undefined): number {
  return messages.filter((message) => message.at > read
    && (message.by.role === "site" || (message.audience === "staff" && message.by.account !== own))).length;
}

/** Of sites, that nobody at the centre has read. */
export function unreadOfSites(messages: readonly WireMessageView[]): number {
  return messages.filter((message) => message.by.role === "site" && message.read_by === undefined).length;
}

/** What all sites feel, then what is wrong with who speaks: not to be sought under a hundred lost sites. */
const GRAVEST: readonly AlarmKind[] = ["relay_lost", "main_venue_lost", "on_air_unheard", "on_air_unseen", "film_player_missing", "film_missing", "film_stopped"];

function gravity(alarm: WireAlarmView): number {
  const place = GRAVEST.indexOf(alarm.kind);
  return place < 0 ? GRAVEST.length : place;
}

/** Unacknowledged first, then the gravest, then the latest. */
export function alarmsInOrder(model: Model): WireAlarmView[] {
  return [...model.alarms.values()].sort((a, b) =>
    Number(a.acknowledged) - Number(b.acknowledged) || gravity(a) - gravity(b) || b.alarm - a.alarm);
}

/** Alarms of a kind that nobody has seen to. */
export function alarmsOpen(alarms: readonly WireAlarmView[], kind: AlarmKind): WireAlarmView[] {
  return alarms.filter((alarm) => alarm.kind === kind && !alarm.acknowledged);
}

/** Sees to all of a kind that this board shows, and to none that is raised before the command is heard. */
export function acknowledgeAll(open: readonly WireAlarmView[]): Command | undefined {
  const last = open.reduce<WireAlarmView | undefined>((latest, one) => latest && latest.alarm > one.alarm ? latest : one, undefined);
  return last && { name: "alarm.acknowledge", args: { alarm: last.alarm, kind: last.kind } };
}

/** Whose documents are not in though their day was before `today` (YYYY-MM-DD). */
export function sitesOwing(model: Model, today: string): WireSiteView[] {
  return sitesInOrder(model).filter((site) => !site.barred && site.documents_due !== undefined &&
    site.documents_due < today && !site.steps.some((one) => one.step === "documents_in"));
}

/** Who is on the roster, not barred, and lacks a step; those that are late first. */
export function sitesUnready(model: Model): WireSiteView[] {
  return sitesInOrder(model).filter((site) => site.kind === "remote" && !site.barred && (site.missing?.length ?? 0) > 0)
    .sort((a, b) => (b.late?.length ?? 0) - (a.late?.length ?? 0));
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

export function searchSites(sites: readonly WireSiteView[], wanted: string): WireSiteView[] {
  const needle = folded(wanted.trim());
  return sites.filter((site) =>
    folded(site.name).includes(needle) || folded(site.short_code).includes(needle) || site.site.includes(needle));
}
