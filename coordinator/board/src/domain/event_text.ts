// An event as a sentence of the log.
import type { ActId, AlarmId, CheckId, ItemId, SiteId, TaskId, TurnId, WireEvent } from "@protocol";
import { countdown, length } from "./format";
import type { Dictionary, EventNames } from "../i18n/dictionary";
import { lineText } from "./line_text";
import type { Model } from "./model";
import { siteName } from "./queries";
import { questionOf } from "./votes";

function signed(by: number): string {
  return by >= 0 ? `+${countdown(by)}` : `−${countdown(-by)}`;
}

/** What people wrote: the text of the event, or its reason. */
function said(event: WireEvent): string {
  const { text, reason } = event.data as { text?: string; reason?: string };
  return text ?? reason ?? "";
}

/** What was put right reads so now. */
function texts(...given: readonly (string | undefined)[]): string {
  return given.filter((text) => text !== undefined && text !== "").join(" · ");
}

function checkTitle(model: Model, id: CheckId): string {
  return model.checks.find((one) => one.check === id)?.title ?? id;
}

function taskTitle(model: Model, id: TaskId): string {
  return model.tasks.find((one) => one.task === id)?.title ?? id;
}

function actName(model: Model, id: ActId): string {
  return model.acts.find((act) => act.act === id)?.name ?? id;
}

function documentTitle(model: Model, id: string): string {
  return model.documents.find((one) => one.document === id)?.title ?? id;
}

function handoutTitle(model: Model, id: string): string {
  return model.handouts.find((one) => one.handout === id)?.title ?? id;
}

function readingText(model: Model, message: number, words: Dictionary): string {
  const read = model.messages.find((one) => one.message === message);
  return read?.by.role === "site" ? words.happened.readAtCentre : words.happened.readThere;
}

function detailOf(model: Model, event: WireEvent, words: Dictionary): string {
  switch (event.name) {
    case "site.linked":
    case "relay.linked":
      return words.happened.link(words.linkState[event.data.link]);
    case "site.spared":
      return event.data.waiting ? words.happened.waits : words.happened.gone;
    case "site.media_changed":
      return words.media[event.data.media];
    case "site.observed":
      return event.data.present ? words.signName[event.data.sign] : words.happened.over(words.signName[event.data.sign]);
    case "site.barred":
      return event.data.barred ? words.site.bar : words.site.unbar;
    case "site.contact_given":
      return event.data.contact === "" ? words.site.noContact : words.site.ring(event.data.contact);
    case "site.edited":
      return event.data.name ?? "";
    case "vote.added":
      return event.data.question;
    case "vote.removed":
    case "vote.opened":
    case "vote.cast":
    case "vote.closed":
      return questionOf(model, event.data.vote);
    case "vote.corrected":
    case "vote.cancelled":
      return texts(questionOf(model, event.data.vote), event.data.reason);
    case "act.added":
    case "act.removed":
    case "act.shown":
    case "act.returned":
    case "act.done":
      return actName(model, event.data.act);
    case "act.edited":
      return texts(event.data.name ?? actName(model, event.data.act), event.data.office, event.data.award, event.data.giver);
    case "act.skipped":
      return texts(actName(model, event.data.act), event.data.reason);
    case "document.added":
      return event.data.title;
    case "document.removed":
      return event.data.document;
    case "document.received":
      return event.data.file.name;
    case "document.discarded":
      return texts(documentTitle(model, event.data.document), event.data.reason);
    case "handout.offered":
      return event.data.title;
    case "handout.withdrawn":
      return handoutTitle(model, event.data.handout);
    case "handout.marked":
      return `${handoutTitle(model, event.data.handout)} – ${words.receipt[event.data.receipt]}`;
    case "site.signed":
      return `${event.data.done ? words.happened.signed : words.happened.unsigned}: ${words.step[event.data.step]}`;
    case "site.checked":
      return texts(`${event.data.done ? words.happened.ticked : words.happened.unticked}: ${checkTitle(model, event.data.check)}`, event.data.note);
    case "site.registered":
      return event.data.delegates.map((one) => `${one.category} ${one.count}`).join(" · ");
    case "site.attended":
      return event.data.delegates.map((one) => `${one.category} ${one.present}+${one.online}−${one.absent}`).join(" · ");
    case "site.posted":
      return event.data.present ? words.happened.posted : words.happened.unposted;
    case "check.added":
    case "task.added":
      return event.data.title;
    case "check.removed":
      return event.data.check;
    case "task.removed":
      return event.data.task;
    case "task.marked":
      return texts(`${event.data.done ? words.happened.taskDone : words.happened.taskOpen}: ${taskTitle(model, event.data.task)}`, event.data.note);
    case "site.muted":
      return event.data.muted ? words.sites.muted : words.happened.unmuted;
    case "mic.locked":
      return event.data.locked ? words.site.lock : words.site.unlock;
    case "mic.all_locked":
      return event.data.locked ? words.actions.mute_all : words.actions.unmute_all;
    case "mic.venue_opened":
      return event.data.open ? words.actions.open_venue : words.actions.close_venue;
    case "talkback.opened":
      return event.data.private ? words.talkback.private : event.data.site === undefined ? words.talkback.toAll : words.talkback.called;
    case "talkback.marked":
      return words.talkbackAnswer[event.data.answer];
    case "talkback.closed":
      return words.talkbackEnd[event.data.cause];
    case "bell.rung":
      return words.bellReason[event.data.reason];
    case "bell.held":
      return event.data.held ? words.actions.hold_bell : words.actions.release_bell;
    case "speaker.told":
      return event.data.text ?? words.lectern.cleared;
    case "speaker.darkened":
      return event.data.dark ? words.actions.darken_speaker : words.actions.light_speaker;
    case "ready.ended":
      return `${words.ready.counted(event.data.ready, event.data.of)} (${words.askedEnd[event.data.cause]})`;
    case "line_test.reported":
      return lineText(event.data.figures, words);
    case "line_test.confirmed":
      return event.data.heard ? words.lineTest.heard : words.lineTest.unheard;
    case "line_test.ended":
      return `${words.lineTest.counted(event.data.passed, event.data.of)} (${words.askedEnd[event.data.cause]})`;
    case "direction.offered":
      return texts(event.data.to, event.data.note);
    case "direction.declined":
      return texts(event.data.note);
    case "direction.linked":
      return `${event.data.account} – ${words.linkState[event.data.link]}`;
    case "opinion.marked":
      return texts(words.opinionState[event.data.state], event.data.note);
    case "message.read":
      return readingText(model, event.data.message, words);
    case "roll.marked":
      return texts(words.rollResult[event.data.result], event.data.note);
    case "content.shown":
      return event.data.shown ? words.site.showContent : words.site.hideContent;
    case "turn.approved":
      return event.data.allowance === undefined ? ""
        : event.data.allowance > 0 ? length(event.data.allowance) : words.program.noLimit;
    case "film.observed":
      return words.filmState[event.data.state];
    case "item.extended":
    case "floor.extended":
      return signed(event.data.by);
    case "meeting.edited":
      return texts(event.data.name, event.data.host, event.data.place, event.data.date, ...(event.data.title_lines ?? []));
    case "item.edited":
      return texts(event.data.title, event.data.by, event.data.kind === undefined ? undefined : words.itemKind[event.data.kind],
        event.data.film);
    case "programme.shortened":
      return `${event.data.keep / 10}%`;
    case "list.edited":
      return event.data.title;
    case "list.hands_closed":
      return event.data.closed ? words.actions.close_hands : words.actions.open_hands;
    case "turn.edited":
      return texts(event.data.speaker, event.data.office, event.data.unit, event.data.topic,
        event.data.site === undefined ? undefined : words.happened.fromSite(siteName(model, event.data.site)));
    case "turn.telephoned":
      return texts(event.data.at === undefined ? words.happened.hungUp : words.happened.byTelephone(siteName(model, event.data.at)), event.data.note);
    case "floor.interrupted":
      return words.cause[event.data.cause];
    case "scene.overridden":
      return words.layout[event.data.layout];
    case "alarm.raised":
      return words.alarm[event.data.kind];
    default:
      return said(event);
  }
}

function turnName(model: Model, id: TurnId): string {
  const turn = model.turns.get(id);
  return turn ? siteName(model, turn.site) : id;
}

/** Later events of an alarm tell its number only; what it is stands among the alarms, or in the log. */
function alarmName(model: Model, id: AlarmId, log: readonly WireEvent[], words: Dictionary): string {
  const raised = log.find((event) => event.name === "alarm.raised" && event.data.alarm === id);
  const alarm = model.alarms.get(id) ?? (raised?.name === "alarm.raised" ? raised.data : undefined);
  return alarm === undefined ? `#${id}`
    : alarm.site === undefined ? words.alarm[alarm.kind] : `${words.alarm[alarm.kind]} ${siteName(model, alarm.site)}`;
}

/** The event as a sentence. `log`: what happened before it. */
export function eventText(model: Model, event: WireEvent, words: Dictionary, log: readonly WireEvent[]): string {
  const data = event.data as { site?: SiteId; turn?: TurnId; item?: ItemId };
  const names: EventNames = {
    site: data.site === undefined ? "" : siteName(model, data.site),
    turn: data.turn === undefined ? "" : turnName(model, data.turn),
    item: data.item === undefined ? "" : model.items.get(data.item)?.title ?? data.item,
    detail: event.name === "alarm.acknowledged" && event.data.kind !== undefined
      ? words.happened.all(words.alarm[event.data.kind])
      : event.name === "alarm.noted" ? `${alarmName(model, event.data.alarm, log, words)}: ${event.data.text}`
      : event.name === "alarm.acknowledged" || event.name === "alarm.cleared"
      ? alarmName(model, event.data.alarm, log, words) : detailOf(model, event, words),
  };
  return words.event[event.name](names).trim();
}
