// The meeting as the coordinator last described it: views by id and their orders. Pure functions:
// a snapshot makes a model, an update makes the next one. Nothing here knows a rule of the meeting.
import type {
  AlarmId, BallotNumber, ItemId, OpinionNumber, Seq, SiteId, TurnId, WireActView, WireAlarmView, WireAttendanceView, WireRegistrationView, WireAskedView, WireBallotView, WireBellView, WireCeremonyView, WireCheckView, WireDocumentView,
  WireDirectionView, WireFloorView, WireHandoutView, WireItemView, WireLecternView, WireLedgerView, WireListView, WireMeetingView, WireMessageView, WireMicrophonesView, WireOpinionView, WireRelayView, WireSceneView,
  WireSiteTicksView, WireSiteView, WireSnapshot, WireTaskView, WireTurnView, WireUpdate, WireVoteRemarkView, WireVoteView,
} from "@protocol";
import { same, unlessChanged } from "./same";

export interface Model {
  readonly seq: Seq;
  readonly meeting: WireMeetingView;
  readonly sites: ReadonlyMap<SiteId, WireSiteView>;
  readonly siteOrder: readonly SiteId[];
  /** As they were when they were removed: their turns still name them. */
  readonly removedSites: ReadonlyMap<SiteId, WireSiteView>;
  readonly items: ReadonlyMap<ItemId, WireItemView>;
  readonly itemOrder: readonly ItemId[];
  readonly lists: ReadonlyMap<string, WireListView>;
  readonly turns: ReadonlyMap<TurnId, WireTurnView>;
  readonly turnOrder: readonly TurnId[];
  readonly floor: WireFloorView;
  readonly scene: WireSceneView;
  readonly alarms: ReadonlyMap<AlarmId, WireAlarmView>;
  readonly messages: readonly WireMessageView[];
  readonly relay: WireRelayView;
  readonly microphones: WireMicrophonesView;
  readonly asked: WireAskedView;
  readonly bell: WireBellView;
  /** The speaker's screen. */
  readonly lectern: WireLecternView;
  readonly documents: readonly WireDocumentView[];
  readonly handouts: readonly WireHandoutView[];
  readonly checks: readonly WireCheckView[];
  readonly ticks: ReadonlyMap<SiteId, WireSiteTicksView>;
  readonly tasks: readonly WireTaskView[];
  readonly ledger: WireLedgerView;
  readonly registrations: ReadonlyMap<SiteId, WireRegistrationView>;
  readonly attendance: WireAttendanceView;
  readonly votes: readonly WireVoteView[];
  readonly direction: WireDirectionView;
  /** In the order they were given. */
  readonly opinions: ReadonlyMap<OpinionNumber, WireOpinionView>;
  readonly ballots: ReadonlyMap<BallotNumber, WireBallotView>;
  /** In the order they came. */
  readonly voteRemarks: readonly WireVoteRemarkView[];
  /** Of all ceremonies, those of an item in their order. */
  readonly acts: readonly WireActView[];
  /** Of the active item; empty where it has none. */
  readonly ceremony: WireCeremonyView;
}

/** Of whom it is not told. */
const NO_BELL: WireBellView = { held: false };
const NO_LECTERN: WireLecternView = { dark: false };
const NO_LEDGER: WireLedgerView = { ready: 0, expected: 0, posted: 0, steps: [] };
const NO_ATTENDANCE: WireAttendanceView = { sites: 0, registered: 0, attended: 0, sums: [], expected: 0, there: 0, absent: 0, reached: false };

const MESSAGES_KEPT = 64;
/** Of one site: none pushes out what others said. */
const MESSAGES_OF_A_SITE = 16;

function byId<K, V>(views: readonly V[], idOf: (view: V) => K): Map<K, V> {
  return new Map(views.map((view) => [idOf(view), view]));
}

export function modelOf(snapshot: WireSnapshot): Model {
  return {
    seq: snapshot.seq,
    meeting: snapshot.meeting,
    sites: byId(snapshot.sites, (site) => site.site),
    siteOrder: snapshot.sites.map((site) => site.site),
    removedSites: byId(snapshot.removed_sites ?? [], (site) => site.site),
    items: byId(snapshot.items, (item) => item.item),
    itemOrder: snapshot.items.map((item) => item.item),
    lists: byId(snapshot.lists, (list) => list.list),
    turns: byId(snapshot.turns, (turn) => turn.turn),
    turnOrder: snapshot.turns.map((turn) => turn.turn),
    floor: snapshot.floor,
    scene: snapshot.scene,
    alarms: byId(snapshot.alarms, (alarm) => alarm.alarm),
    messages: snapshot.messages,
    relay: snapshot.relay,
    microphones: snapshot.microphones,
    asked: snapshot.asked ?? {},
    bell: snapshot.bell ?? NO_BELL,
    lectern: snapshot.lectern ?? NO_LECTERN,
    documents: snapshot.documents ?? [],
    handouts: snapshot.handouts ?? [],
    checks: snapshot.checks ?? [],
    ticks: byId(snapshot.ticks ?? [], (ticks) => ticks.site),
    tasks: snapshot.tasks ?? [],
    ledger: snapshot.ledger ?? NO_LEDGER,
    registrations: byId(snapshot.registrations ?? [], (one) => one.site),
    attendance: snapshot.attendance ?? NO_ATTENDANCE,
    votes: snapshot.votes ?? [],
    direction: snapshot.direction ?? {},
    opinions: byId(snapshot.opinions ?? [], (opinion) => opinion.opinion),
    ballots: byId(snapshot.ballots ?? [], (ballot) => ballot.ballot),
    voteRemarks: snapshot.vote_remarks ?? [],
    acts: snapshot.acts ?? [],
    ceremony: snapshot.ceremony ?? {},
  };
}

/** The same map, and of each view the same object, where nothing changed: what hangs on it is not drawn again. */
function replaced<K, V>(old: ReadonlyMap<K, V>, views: readonly V[], idOf: (view: V) => K): ReadonlyMap<K, V> {
  const changed = views.filter((view) => !same(old.get(idOf(view)), view));
  if (changed.length === 0) {
    return old;
  }
  const next = new Map(old);
  for (const view of changed) {
    next.set(idOf(view), view);
  }
  return next;
}

function told<T>(old: T, next: T | undefined): T {
  return next === undefined ? old : unlessChanged(old, next);
}

function without<K, V>(old: ReadonlyMap<K, V>, gone: readonly K[]): ReadonlyMap<K, V> {
  if (gone.length === 0) {
    return old;
  }
  const next = new Map(old);
  for (const id of gone) {
    next.delete(id);
  }
  return next;
}

/** What a whole order does not name is no more. */
function named<K, V>(old: ReadonlyMap<K, V>, whole: readonly K[] | undefined): ReadonlyMap<K, V> {
  if (!whole || whole.length >= old.size) {
    return old;
  }
  const kept = new Set(whole);
  return without(old, [...old.keys()].filter((id) => !kept.has(id)));
}

/** New ids go to the end until their order is told. */
function ordered<K>(order: readonly K[], whole: readonly K[] | undefined, known: ReadonlyMap<K, unknown>): readonly K[] {
  if (whole) {
    return unlessChanged(order, whole);
  }
  if (order.length === known.size) {
    return order;
  }
  const listed = new Set(order);
  return [...order, ...[...known.keys()].filter((id) => !listed.has(id))];
}

function withMessage(kept: readonly WireMessageView[], next: WireMessageView): readonly WireMessageView[] {
  if (next.message !== undefined && kept.some((one) => one.message === next.message)) {
    return kept.map((one) => one.message === next.message ? next : one);
  }
  const own = next.by.role === "site" ? kept.filter((one) => one.by.role === "site" && one.by.site === next.by.site) : [];
  const rest = own.length < MESSAGES_OF_A_SITE ? kept : kept.filter((one) => one !== own[0]);
  return [...rest, next].slice(-MESSAGES_KEPT);
}

/** Before the first snapshot. */
export const NOTHING: Model = {
  seq: 0,
  meeting: {
    meeting: "", name: "", host: "", place: "", date: "", title_lines: [], utc_offset: 0, form: "party", speed: 1, rehearsal: false, state: "draft",
  },
  sites: new Map(), siteOrder: [], removedSites: new Map(), items: new Map(), itemOrder: [], lists: new Map(), turns: new Map(), turnOrder: [],
  floor: { takes: 0 }, scene: { layout: "slate", panes: [], overridden: false }, alarms: new Map(), messages: [],
  relay: { link: "absent" }, microphones: { all_locked: false, venue_open: false }, asked: {}, bell: NO_BELL, lectern: NO_LECTERN, documents: [], handouts: [], acts: [], ceremony: {},
  checks: [], ticks: new Map(), tasks: [], ledger: NO_LEDGER, registrations: new Map(), attendance: NO_ATTENDANCE,
  votes: [], direction: {}, opinions: new Map(), ballots: new Map(), voteRemarks: [],
};

export function applyUpdate(model: Model, update: WireUpdate): Model {
  const items = named(replaced(model.items, update.items, (item) => item.item), update.item_order);
  const sites = named(replaced(model.sites, update.sites, (site) => site.site), update.site_order);
  const turns = named(replaced(model.turns, update.turns, (turn) => turn.turn), update.turn_order);
  const alarms = replaced(model.alarms, update.alarms, (alarm) => alarm.alarm);
  return {
    seq: Math.max(model.seq, update.seq),
    meeting: told(model.meeting, update.meeting),
    sites,
    siteOrder: ordered(model.siteOrder, update.site_order, sites),
    removedSites: update.removed_sites ? byId(update.removed_sites, (site) => site.site) : model.removedSites,
    items,
    itemOrder: ordered(model.itemOrder, update.item_order, items),
    lists: replaced(model.lists, update.lists, (list) => list.list),
    turns,
    turnOrder: ordered(model.turnOrder, update.turn_order, turns),
    floor: told(model.floor, update.floor),
    scene: told(model.scene, update.scene),
    alarms: without(alarms, update.cleared),
    messages: update.messages.reduce(withMessage, model.messages),
    relay: told(model.relay, update.relay),
    microphones: told(model.microphones, update.microphones),
    asked: told(model.asked, update.asked),
    bell: told(model.bell, update.bell),
    lectern: told(model.lectern, update.lectern),
    documents: told(model.documents, update.documents),
    handouts: told(model.handouts, update.handouts),
    checks: told(model.checks, update.checks),
    ticks: replaced(model.ticks, update.ticks ?? [], (ticks) => ticks.site),
    tasks: told(model.tasks, update.tasks),
    ledger: told(model.ledger, update.ledger),
    registrations: replaced(model.registrations, update.registrations ?? [], (one) => one.site),
    attendance: told(model.attendance, update.attendance),
    votes: told(model.votes, update.votes),
    direction: told(model.direction, update.direction),
    opinions: replaced(model.opinions, update.opinions ?? [], (opinion) => opinion.opinion),
    ballots: replaced(model.ballots, update.ballots ?? [], (ballot) => ballot.ballot),
    voteRemarks: update.vote_remarks ? [...model.voteRemarks, ...update.vote_remarks] : model.voteRemarks,
    acts: told(model.acts, update.acts),
    ceremony: told(model.ceremony, update.ceremony),
  };
}

/** A later number was told without any view changing. */
export function withSeq(model: Model, seq: Seq): Model {
  return seq > model.seq ? { ...model, seq } : model;
}
