// Why an action cannot be done now, as far as the board can see it: its sentence stands in the dictionary. Pure.
import { listInHand, siteInHand, type ActionId, type Scope } from "./actions";
import { activeItem, alarmsInOrder, nextItem, shownItem, turnCued, turnOnAir, turnsAsked, turnsOf } from "./queries";

export type Obstacle =
  | "not_assembled" | "not_open" | "closed" | "on_air" | "nobody_speaks" | "no_item" | "no_item_left"
  | "no_turn" | "not_waiting" | "not_approved" | "speaks" | "interrupted" | "none_interrupted" | "not_left" | "first" | "last"
  | "no_hand" | "nobody_follows" | "no_list" | "choose_hand" | "nobody_cued" | "acknowledged" | "no_undo" | "follows" | "is_venue" | "no_content" | "no_alarm" | "alarms_seen"
  | "no_ceremony" | "no_act_left" | "no_act_shown"
  | "all_answered" | "talks_to_all" | "nobody_called" | "marked" | "no_talkback" | "no_film" | "film_off" | "no_roll" | "opened";

type Judge = (scope: Scope) => Obstacle | undefined;

function notLive({ model }: Scope): Obstacle | undefined {
  const { state } = model.meeting;
  return state === "live" ? undefined : state === "closed" ? "closed" : "not_open";
}

function notAssembled({ model }: Scope): Obstacle | undefined {
  const { state } = model.meeting;
  return state === "draft" ? "not_assembled" : state === "closed" ? "closed" : undefined;
}

const notClosed: Judge = ({ model }) => model.meeting.state === "closed" ? "closed" : undefined;

/** The first that stands in the way. */
function firstOf(...judges: readonly Judge[]): Judge {
  return (scope) => judges.reduce<Obstacle | undefined>((found, judge) => found ?? judge(scope), undefined);
}

const isOnAir: Judge = ({ model }) => turnOnAir(model) ? "on_air" : undefined;
const nobodySpeaks: Judge = ({ model }) => turnOnAir(model) ? undefined : "nobody_speaks";
const noItem: Judge = ({ model }) => activeItem(model) ? undefined : "no_item";
const noItemLeft: Judge = ({ model }) => nextItem(model) ? undefined : "no_item_left";

const noCeremony: Judge = ({ model }) => model.ceremony.item === undefined ? "no_ceremony" : undefined;

/** Of an action that is for turns which wait. */
const notWaiting: Judge = ({ model, selected }) => {
  const turn = selected === undefined ? undefined : model.turns.get(selected);
  if (!turn) {
    return "no_turn";
  }
  switch (turn.state) {
    case "waiting": return turn.approved ? undefined : "not_approved";
    case "on_air": return "speaks";
    case "interrupted": return "interrupted";
    default: return "not_waiting";
  }
};

function cannotMove(end: "first" | "last"): Judge {
  return (scope) => {
    const turn = scope.selected === undefined ? undefined : scope.model.turns.get(scope.selected);
    return turn?.state === "waiting" ? end : notWaiting(scope);
  };
}

const noList: Judge = (scope) => scope.model.meeting.state === "closed" ? "closed" : listInHand(scope) ? undefined : "no_list";
const noHand: Judge = ({ model }) => turnsAsked(turnsOf(model, shownItem(model))).length > 0 ? "choose_hand" : "no_hand";
const notCued: Judge = ({ model }) => turnCued(model) ? "acknowledged" : "nobody_cued";
const noAlarm: Judge = ({ model }) => alarmsInOrder(model).length > 0 ? "alarms_seen" : "no_alarm";
const notCalled: Judge = ({ model }) => model.microphones.talkback?.site === undefined ? "nobody_called" : "marked";
const noSite: Judge = (scope) => siteInHand(scope) ? undefined : "no_turn";
const notLeft: Judge = ({ selected }) => selected === undefined ? "no_turn" : "not_left";

const ofTurn = firstOf(notLive, notWaiting);
const ofFloor = firstOf(notLive, nobodySpeaks);

const JUDGES: Readonly<Partial<Record<ActionId, Judge>>> = {
  close: isOnAir,
  start_item: firstOf(notLive, isOnAir, noItemLeft),
  finish_item: firstOf(notLive, isOnAir, noItem),
  skip_item: firstOf(notLive, isOnAir, noItemLeft),
  extend_item: firstOf(notLive, noItem),
  step_forward: firstOf(notLive, noCeremony, () => "no_act_left"), skip_act: firstOf(notLive, noCeremony, () => "no_act_left"),
  step_back: firstOf(notLive, noCeremony, () => "no_act_shown"),
  play_film: firstOf(notLive, isOnAir, () => "no_film"),
  stop_film: firstOf(notLive, () => "film_off"),
  cue: ofTurn, uncue: ofTurn, take: ofTurn,
  release: ofFloor, interrupt: ofFloor, extend: ofFloor, extend_more: ofFloor,
  pass_on: firstOf(ofFloor, () => "nobody_follows"),
  close_hands: noList, open_hands: noList, clear_hands: firstOf(noList, () => "no_hand"),
  resume: firstOf(notLive, isOnAir, () => "none_interrupted"),
  undo: firstOf(notLive, () => "no_undo"),
  approve: noHand,
  acknowledge_turn: firstOf(notLive, notCued),
  absent: notWaiting, skip_turn: notWaiting, withdraw: notWaiting,
  restore: notLeft,
  move_up: cannotMove("first"), move_down: cannotMove("last"),
  lock_microphone: noSite, site: noSite,
  open_venue: notLive, close_venue: notLive,
  follow: () => "follows",
  acknowledge_alarm: noAlarm, acknowledge_all: noAlarm,
  call_next: firstOf(notAssembled, () => "all_answered"),
  talk_to_all: firstOf(notAssembled, () => "talks_to_all"),
  answer_heard: firstOf(notAssembled, notCalled), answer_not_heard: firstOf(notAssembled, notCalled),
  end_talkback: firstOf(notAssembled, () => "no_talkback"),
  begin_roll: firstOf(notAssembled, () => "no_roll"),
  ask_ready: notAssembled, end_ready: notAssembled,
  ring_bell: firstOf(notAssembled, isOnAir), hold_bell: notClosed, release_bell: notClosed,
  test_lines: firstOf(notAssembled, () => "opened"), end_line_test: firstOf(notAssembled, () => "opened"),
};

/** Of an action that gives no command now; undefined where the board does not know. */
export function obstacleOf(id: ActionId, scope: Scope): Obstacle | undefined {
  return JUDGES[id]?.(scope);
}
