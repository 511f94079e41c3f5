import assert from "node:assert/strict";
import { test } from "node:test";
import type { MeetingState, WireMessageView, WireSiteView, WireSnapshot, WireTurnView, WireUpdate } from "@protocol";
import { en } from "../src/i18n/en";
import { applyUpdate, modelOf, withSeq, type Model } from "../src/domain/model";
import { alarmsInOrder, defaultTurn, folded, regionsOf, searchSites, siteName, sitesInOrder, sitesOwing, turnsOf, unreadMessages, usualAllowance } from "../src/domain/queries";
import { editOf } from "../src/domain/roster";
import { same } from "../src/domain/same";
import { siteStatus, siteTroubles } from "../src/domain/site_status";
import { site, turn, snapshot } from "./samples";

function update(change: Partial<WireUpdate>): WireUpdate {
  return { type: "update", seq: 20, at: 1, sites: [], items: [], lists: [], turns: [], alarms: [], cleared: [], messages: [], ...change };
}

const START: WireSnapshot = snapshot();

test("an update replaces views by id and leaves the others as they were", () => {
  const before = modelOf(START);
  const after = applyUpdate(before, update({ sites: [{ ...site("can-tho", 3), link: "lost" }] }));
  assert.equal(after.sites.get("can-tho")?.link, "lost");
  assert.equal(after.sites.get("ha-noi"), before.sites.get("ha-noi"));
  assert.equal(after.turns, before.turns);
  assert.equal(after.seq, 20);
});

test("an update told twice changes nothing more", () => {
  const change = update({ turns: [turn("t-2", "cued")], messages: [] });
  const once = applyUpdate(modelOf(START), change);
  assert.deepEqual(applyUpdate(once, change), once);
});

test("a view that says the same as before is the same object, and so is what holds it", () => {
  const before = modelOf(START);
  const after = applyUpdate(before, update({
    ...START, sites: [...before.sites.values()].map((one) => ({ ...one, signs: [...one.signs] })), turn_order: [...before.turnOrder],
    item_order: [...before.itemOrder], floor: { ...START.floor }, meeting: { ...START.meeting }, type: "update", messages: [],
  } as Partial<WireUpdate>));
  assert.equal(after.sites, before.sites);
  assert.equal(after.turnOrder, before.turnOrder);
  assert.equal(after.itemOrder, before.itemOrder);
  assert.equal(after.floor, before.floor);
  assert.equal(after.meeting, before.meeting);
});

test("documents are the same when they say the same", () => {
  assert.ok(same({ a: [1, { b: "x" }], c: undefined }, { a: [1, { b: "x" }], c: undefined }));
  for (const [one, other] of [[[1], [1, 2]], [{ a: 1 }, { b: 1 }], [{ a: 1 }, { a: 1, b: undefined }], [[], {}], [null, {}], [0, ""]]) {
    assert.ok(!same(one, other));
  }
});

test("orders come whole; what is new and unordered goes last", () => {
  const more = applyUpdate(modelOf(START), update({ turns: [turn("t-9", "waiting")] }));
  assert.deepEqual(more.turnOrder, ["t-1", "t-2", "t-9"]);
  const moved = applyUpdate(more, update({ turn_order: ["t-9", "t-1", "t-2"] }));
  assert.deepEqual(turnsOf(moved, moved.items.get("talks")).map((one) => one.turn), ["t-9", "t-1", "t-2"]);
});

test("a turn that the whole order does not name is no more", () => {
  const before = modelOf(START);
  const after = applyUpdate(before, update({ turn_order: ["t-2"] }));
  assert.deepEqual([...after.turns.keys()], ["t-2"]);
  assert.deepEqual(after.turnOrder, ["t-2"]);
  assert.equal(applyUpdate(before, update({ turn_order: ["t-2", "t-1"] })).turns, before.turns);
  assert.equal(applyUpdate(before, update({ turn_order: [] })).turns.size, 0);
});

test("no site pushes out the messages of others", () => {
  const message = (at: number, by: WireMessageView["by"]): WireMessageView => ({ at, wall: at, by, text: "x" });
  let model = applyUpdate(modelOf(START), update({ messages: [message(30, { role: "operator", account: "a" })] }));
  for (let at = 31; at < 131; at += 1) {
    model = applyUpdate(model, update({ messages: [message(at, { role: "site", site: "can-tho" })] }));
  }
  const ofSite = model.messages.filter((one) => one.by.role === "site");
  assert.equal(ofSite.length, 16);
  assert.equal(ofSite.at(-1)?.at, 130);
  assert.ok(model.messages.some((one) => one.at === 30));
});

test("cleared alarms go, the number never steps back", () => {
  const raised = applyUpdate(modelOf(START), update({ alarms: [{ alarm: 1, kind: "site_lost", at: 1, wall: 1, acknowledged: false }] }));
  assert.equal(raised.alarms.size, 1);
  const cleared = applyUpdate(raised, update({ cleared: [1], seq: 5 }));
  assert.equal(cleared.alarms.size, 0);
  assert.equal(cleared.seq, 20);
  assert.equal(withSeq(cleared, 3).seq, 20);
  assert.equal(withSeq(cleared, 33).seq, 33);
});

test("the console means the cued turn, else the next approved one", () => {
  const list: WireTurnView[] = [turn("t-1", "done"), { ...turn("t-2", "waiting"), approved: false }, turn("t-3", "waiting"), turn("t-4", "cued")];
  assert.equal(defaultTurn(list), "t-4");
  assert.equal(defaultTurn(list.slice(0, 3)), "t-3");
  assert.equal(defaultTurn(list.slice(0, 1)), undefined);
});

test("an approved turn is offered what its list's turns have", () => {
  const asked = { ...turn("t-9", "waiting"), allowance: 0 };
  const other = { ...turn("t-8", "waiting"), list: "others", allowance: 60_000 };
  const model = (turns: WireTurnView[]): Model => modelOf({ ...START, turns });
  assert.equal(usualAllowance(model([turn("t-1", "done"), { ...turn("t-2", "done"), allowance: 1 }, turn("t-3", "done"), other, asked]), asked), 600_000);
  assert.equal(usualAllowance(model([other, asked]), asked), undefined);
  assert.equal(usualAllowance(model([turn("t-1", "done")]), { ...asked, allowance: 120_000 }), 120_000);
});

test("the gravest alarm that nobody has seen stands first", () => {
  const kinds = ["site_lost", "main_venue_lost", "site_lost", "on_air_unheard", "relay_lost"] as const;
  const alarms = kinds.map((kind, n) => ({ alarm: n + 1, kind, at: 1, wall: 1, acknowledged: n === 4 }));
  const model = modelOf({ ...START, alarms });
  assert.deepEqual(alarmsInOrder(model).map((alarm) => alarm.alarm), [2, 4, 3, 1, 5]);
});

test("what the centre wrote itself is not unread", () => {
  const messages = (["site", "operator", "site"] as const).map((role, n) => ({ text: "", at: 10 * n, wall: 0, by: { role } }));
  assert.equal(unreadMessages(messages, -1, "an"), 2);
  assert.equal(unreadMessages(messages, 0, "an"), 1);
  assert.equal(unreadMessages(messages, 20, "an"), 0);
});

test("what a colleague wrote on the inner line is unread, what one wrote oneself is not", () => {
  const messages = ["an", "binh"].map((account, n) => ({ text: "", at: n, wall: 0, by: { role: "operator" as const, account }, audience: "staff" as const }));
  assert.equal(unreadMessages(messages, -1, "an"), 1);
  assert.equal(unreadMessages(messages, -1, "chi"), 2);
});

test("a site that is named no more is gone, and known by its name; one that comes back is a site again", () => {
  const model = modelOf(START);
  const gone = site("can-tho", 3, "Cần Thơ");
  const removed = applyUpdate(model, update({ site_order: ["centre", "ha-noi"], removed_sites: [gone] }));
  assert.deepEqual([...removed.sites.keys()], ["centre", "ha-noi"]);
  assert.equal(siteName(removed, "can-tho"), "Cần Thơ");
  const back = applyUpdate(removed, update({ sites: [gone], site_order: ["centre", "ha-noi", "can-tho"], removed_sites: [] }));
  assert.deepEqual(sitesInOrder(back).map((one) => one.site), ["centre", "ha-noi", "can-tho"]);
  assert.equal(back.removedSites.size, 0);
});

test("a form tells what it changed, and nothing where nothing is", () => {
  const before = { ...site("can-tho", 3, "Cần Thơ"), contact: "Văn phòng" };
  const fields = { name: "Cần Thơ ", short_code: before.short_code, region: before.region, venue: "", chair: "", contact: "Văn phòng",
    documents_due: "", has_content: false };
  assert.equal(editOf(before, fields), undefined);
  assert.deepEqual(editOf(before, { ...fields, contact: "", venue: "Phòng 2" }),
    { name: "site.edit", args: { site: "can-tho", venue: "Phòng 2", contact: "" } });
});

test("all that keeps a site from being seen and heard is told, nothing of one that is well", () => {
  const well = site("can-tho", 3);
  assert.deepEqual(siteTroubles(well, en), []);
  assert.deepEqual(siteTroubles({ ...well, link: "lost", media: "silent", locked: true, muted: true, signs: ["picture_black", "reception_poor"] }, en),
    [en.happened.link(en.linkState.lost), en.media.silent, en.sites.lockedByCentre, en.program.mutedLocally, en.signName.picture_black]);
});

test("what nobody measures any more is called good by nobody, nor bad; what the site says itself stands", () => {
  const well = site("can-tho", 3);
  const lost = { ...well, media: "silent" } as const;
  assert.deepEqual(siteTroubles(well, en, "10:42"), ["media not known since 10:42"]);
  assert.deepEqual(siteTroubles(lost, en, "10:42"), ["media not known since 10:42"]);
  for (const one of [well, lost, { ...well, media: "degraded" } as const]) {
    assert.deepEqual(siteStatus(one, "live", false, en), { tone: "dim", icon: "help", text: "not known" });
  }
  assert.equal(siteStatus({ ...well, link: "lost" }, "live", false, en).text, en.linkState.lost);
  assert.equal(siteStatus({ ...well, signs: ["reception_poor"] }, "live", false, en).text, en.sites.smallPicture);
  assert.equal(siteStatus({ ...well, tally: "standby" }, "live", false, en).text, en.tally.standby);
  assert.equal(siteStatus(well, "live", true, en).text, en.sites.ready);
});

test("a tile says in each state of the meeting what is true of the site", () => {
  const ready = { ...site("can-tho", 3), steps: (["registered", "documents_in", "line_tested", "roll_called", "seated"] as const)
    .map((step) => ({ step, at: 1, by: { role: "technician" as const } })) };
  const text = (one: Partial<WireSiteView>, meeting: MeetingState): string => siteStatus({ ...ready, ...one }, meeting, true, en).text;
  for (const before of ["draft", "assembling"] as const) {
    assert.equal(text({}, before), en.sites.ready);
    assert.equal(text({ steps: [] }, before), en.sites.steps(0, 5));
    assert.equal(text({ media: "none" }, before), en.mediaState.none);
    assert.equal(text({ link: "absent", steps: [] }, before), en.linkState.absent);
    assert.equal(text({ signs: ["source_missing"] }, before), en.signLabel.source_missing);
  }
  assert.equal(text({ signs: ["picture_black"] }, "live"), en.signLabel.picture_black);
  assert.equal(text({ signs: ["talking_while_locked"] }, "live"), en.sites.ready);
  assert.equal(text({ signs: ["voice_silent"] }, "live"), en.signLabel.voice_silent);
  assert.equal(text({ signs: ["voice_silent"], muted: true }, "live"), en.sites.ready);
  assert.equal(text({}, "closed"), en.linkState.online);
  assert.equal(text({ link: "lost", media: "silent" }, "closed"), en.happened.gone);
  assert.equal(text({ link: "absent", media: "none" }, "closed"), en.sites.neverCame);
});

test("sites are found without Vietnamese marks, the main venue stands outside the regions", () => {
  assert.equal(folded("Đắk Lắk"), "dak lak");
  const model = modelOf(START);
  assert.deepEqual(searchSites(sitesInOrder(model), "can tho").map((one) => one.site), ["can-tho"]);
  assert.deepEqual(regionsOf([...model.sites.values()]).map((region) => region.sites.length), [2]);
});

test("a site owes its documents from the day after, unless they are in or it is barred", () => {
  const due = { ...site("can-tho", 3), steps: [], documents_due: "2022-07-10" };
  const owing = (change: object, today: string): number =>
    sitesOwing(modelOf({ ...START, sites: [{ ...due, ...change }] }), today).length;
  assert.equal(owing({}, "2022-07-10"), 0);
  assert.equal(owing({}, "2022-07-11"), 1);
  assert.equal(owing({ barred: true }, "2022-07-11"), 0);
  assert.equal(owing({ steps: [{ step: "documents_in", at: 1, by: { role: "technician" } }] }, "2022-07-11"), 0);
});
