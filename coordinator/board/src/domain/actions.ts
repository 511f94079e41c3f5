// Every action of the console, once: its keys, the command it gives and when it can be given. Buttons,
// keyboard and help sheet are drawn from this table; what an action is called is in the dictionary.
import type { Command, CommandName, Instant, MeetingState, Role, RollResult, TurnId, WireItemView, WireListView, WireReplay, WireSiteView, WireTurnView } from "@protocol";
import { isPendingArea, type Pending } from "./pending";
import type { Model } from "./model";
import { nextMark, paced, previousMark, STEP_MS, toMark, type Steering } from "./replay";
import {
  acknowledgeAll, activeItem, alarmsInOrder, alarmsOpen, calledByRoll, defaultTurn, isOpenTurn, nextItem, shownItem, turnCued, turnOnAir, turnsAsked, turnsInOrder, turnsOf,
} from "./queries";

export type ActionId =
  | "assemble" | "open" | "close" | "adjourn" | "reopen"
  | "start_item" | "finish_item" | "skip_item" | "extend_item" | "play_film" | "stop_film"
  | "step_forward" | "step_back" | "skip_act"
  | "cue" | "uncue" | "take" | "release" | "pass_on" | "interrupt" | "resume" | "extend" | "extend_more" | "undo"
  | "approve" | "withdraw" | "absent" | "skip_turn" | "restore" | "move_up" | "move_down" | "acknowledge_turn"
  | "close_hands" | "open_hands" | "clear_hands"
  | "lock_microphone" | "mute_all" | "unmute_all" | "open_venue" | "close_venue"
  | "call_next" | "talk_to_all" | "answer_heard" | "answer_not_heard" | "end_talkback" | "begin_roll"
  | "tell_speaker" | "darken_speaker" | "light_speaker"
  | "ring_bell" | "hold_bell" | "release_bell"
  | "ask_ready" | "end_ready" | "test_lines" | "end_line_test"
  | "scene" | "follow" | "acknowledge_alarm" | "acknowledge_all"
  | "edit_turn" | "edit_item" | "edit_meeting" | "import" | "votes"
  | "replay_toggle" | "replay_slower" | "replay_faster" | "replay_back" | "replay_forward" | "replay_previous" | "replay_next"
  | "replay_previous_item" | "replay_next_item"
  | "search" | "site" | "message" | "message_inside" | "filter_log" | "language" | "theme" | "help";

/** What an action is judged by: all that the board shows at this moment. */
export interface Scope {
  readonly model: Model;
  readonly role: Role | undefined;
  readonly pending: Pending;
  /** By the coordinator's clock. */
  readonly serverTime: Instant;
  readonly selected: TurnId | undefined;
}

interface CommandAction {
  readonly id: ActionId;
  readonly keys: readonly string[];
  readonly name: CommandName;
  /** Hard to take back: asked once more. */
  readonly confirm?: true;
  /** Which of several actions on one key is meant where none of them can be done. */
  readonly states?: readonly MeetingState[];
  command(scope: Scope): Command | undefined;
}

export interface LocalAction {
  readonly id: ActionId;
  readonly keys: readonly string[];
  readonly local: true;
  /** Only for who may give this command. */
  readonly name?: CommandName;
}

/** Of a meeting that is played; there are none while one is held. */
export interface ReplayAction {
  readonly id: ActionId;
  readonly keys: readonly string[];
  readonly name?: undefined;
  /** Undefined: there is nothing to go to. */
  steer(replay: WireReplay, now: Instant): Steering | undefined;
}

export type Action = CommandAction | LocalAction | ReplayAction;

/** Before the opening a key may mean the talkback, from it on the floor and the programme. */
const BEFORE: readonly MeetingState[] = ["draft", "assembling"];
const SINCE: readonly MeetingState[] = ["live", "closed"];

const EXTENSION_MS = 60_000;
const LONG_EXTENSION_MS = 300_000;

/** The turn that keys and buttons of the speaking list mean. */
export function selectedTurn(model: Model, chosenByHand: TurnId | undefined): TurnId | undefined {
  const turns = turnsOf(model, shownItem(model));
  const chosen = turns.find((turn) => turn.turn === chosenByHand);
  return chosen?.turn ?? defaultTurn(turns);
}

function chosen(scope: Scope): WireTurnView | undefined {
  return scope.selected === undefined ? undefined : scope.model.turns.get(scope.selected);
}

/** Turn on air, else the selected one: whose site a microphone or details key means. */
export function siteInHand(scope: Scope): WireSiteView | undefined {
  const turn = chosen(scope) ?? turnOnAir(scope.model);
  return turn && scope.model.sites.get(turn.site);
}

/** The interrupted turn that "resume" means: the selected one, else the first. None while somebody speaks. */
export function turnToResume(scope: Pick<Scope, "model" | "selected">): WireTurnView | undefined {
  if (turnOnAir(scope.model)) {
    return undefined;
  }
  const selected = scope.selected === undefined ? undefined : scope.model.turns.get(scope.selected);
  return selected?.state === "interrupted"
    ? selected : turnsOf(scope.model, activeItem(scope.model)).find((turn) => turn.state === "interrupted");
}

/** The turn that "edit turn" begins with: one that was selected by hand, else who speaks, else the one that is next. */
export function turnToEdit({ model, selected }: Pick<Scope, "model" | "selected">, chosenByHand: TurnId | undefined): TurnId | undefined {
  return selected !== undefined && selected === chosenByHand ? selected : turnOnAir(model)?.turn ?? selected;
}

function itemToStart(scope: Scope): WireItemView | undefined {
  return turnOnAir(scope.model) ? undefined : nextItem(scope.model);
}

/** Neighbours on the list that still wait, for moving before one of them. */
function moved(scope: Scope, step: -1 | 1): Command | undefined {
  const turn = chosen(scope);
  if (turn?.state !== "waiting") {
    return undefined;
  }
  const waiting = turnsOf(scope.model, shownItem(scope.model))
    .filter((one) => one.list === turn.list && (one.state === "waiting" || one.turn === turn.turn));
  const place = waiting.findIndex((one) => one.turn === turn.turn);
  if (step < 0) {
    const before = waiting[place - 1];
    return before && { name: "turn.move", args: { turn: turn.turn, before: before.turn } };
  }
  if (!waiting[place + 1]) {
    return undefined;
  }
  const before = waiting[place + 2];
  return { name: "turn.move", args: before ? { turn: turn.turn, before: before.turn } : { turn: turn.turn } };
}

/** Who follows when the turn on air is over: who is cued, else the selected turn, else the first that may speak. */
export function turnToFollow({ model, selected }: Pick<Scope, "model" | "selected">): WireTurnView | undefined {
  const chosenByHand = selected === undefined ? undefined : model.turns.get(selected);
  return turnCued(model) ?? [chosenByHand, ...turnsOf(model, activeItem(model))]
    .find((turn) => turn !== undefined && turn.state === "waiting" && turn.approved);
}

/** The speaking list whose hands a key means: of the selected turn, else of the item that is shown. */
export function listInHand(scope: Pick<Scope, "model" | "selected">): WireListView | undefined {
  const turn = scope.selected === undefined ? undefined : scope.model.turns.get(scope.selected);
  const id = turn?.list ?? shownItem(scope.model)?.lists[0];
  return id === undefined ? undefined : scope.model.lists.get(id);
}

function forHands(scope: Scope, closed: boolean): Command | undefined {
  const list = scope.model.meeting.state === "closed" ? undefined : listInHand(scope);
  return list === undefined || (list.hands_closed === true) === closed
    ? undefined : { name: "list.close_hands", args: { list: list.list, closed } };
}

function isLive(scope: Scope): boolean {
  return scope.model.meeting.state === "live";
}

/** Off air: before the opening, and in the debrief after the closing. */
export function mayTalk({ meeting }: Model): boolean {
  return meeting.state === "assembling" || meeting.debrief === true;
}

/** What came of calling: of the roll, or of a call by hand; where it is not marked so already. */
function markCalled({ model }: Scope, result: RollResult): Command | undefined {
  const site = calledByRoll(model);
  if (site) {
    return site.roll?.result === "heard_and_seen" && result === "heard_and_seen"
      ? undefined : { name: "roll.mark", args: { site: site.site, result } };
  }
  const talkback = model.microphones.talkback;
  const answer = result === "heard_and_seen" ? "heard" : "not_heard";
  return talkback?.site === undefined || talkback.answer === answer
    ? undefined : { name: "talkback.mark", args: { site: talkback.site, answer } };
}

/** The next act; behind the last one the end of the ceremony. */
function stepForward({ ceremony }: Model): Command | undefined {
  if (ceremony.next !== undefined) {
    return { name: "act.show", args: { act: ceremony.next } };
  }
  return ceremony.shown === undefined ? undefined : { name: "act.finish", args: { act: ceremony.shown } };
}

/** Whether the roll has anything that a new one would void. */
function isUnderWay(scope: Scope): boolean {
  const roll = scope.model.asked.roll;
  return roll?.begun !== undefined && (roll.site !== undefined || roll.all.heard_and_seen + roll.all.faults > 0);
}

function isAssembledOrLive({ model }: Scope): boolean {
  return model.meeting.state === "assembling" || model.meeting.state === "live";
}

function mayAsk(scope: Scope): boolean {
  return isAssembledOrLive(scope) && scope.model.asked.ready?.open !== true;
}

function forTurn(scope: Scope, name: "turn.cue" | "turn.uncue" | "turn.absent" | "turn.skip" | "turn.approve"
  | "turn.withdraw" | "turn.restore" | "turn.acknowledge" | "floor.take",
  allowed: (turn: WireTurnView) => boolean): Command | undefined {
  const turn = chosen(scope);
  return turn && allowed(turn) ? { name, args: { turn: turn.turn } } : undefined;
}

function forFloor(scope: Scope, make: (turn: TurnId) => Command): Command | undefined {
  return scope.model.floor.turn === undefined ? undefined : make(scope.model.floor.turn);
}

export const ACTIONS: readonly Action[] = [
  { id: "assemble", keys: ["O"], states: ["draft"], name: "meeting.assemble",
    command: ({ model }) => model.meeting.state === "draft" ? { name: "meeting.assemble", args: {} } : undefined },
  { id: "open", keys: ["O"], states: ["assembling"], name: "meeting.open",
    command: ({ model }) => model.meeting.state === "assembling" ? { name: "meeting.open", args: {} } : undefined },
  { id: "close", keys: ["O"], states: ["live"], name: "meeting.close", confirm: true,
    command: (scope) => isLive(scope) && !turnOnAir(scope.model) ? { name: "meeting.close", args: {} } : undefined },
  { id: "adjourn", keys: ["Z"], states: ["live"], name: "meeting.adjourn", confirm: true,
    command: (scope) => isLive(scope) && !turnOnAir(scope.model) && nextItem(scope.model) !== undefined ? { name: "meeting.adjourn", args: {} } : undefined },
  { id: "reopen", keys: ["O"], states: ["closed"], name: "meeting.reopen", confirm: true,
    command: ({ model }) => model.meeting.state === "closed" ? { name: "meeting.reopen", args: {} } : undefined },

  // Before the opening, on keys that only a live meeting uses.
  { id: "call_next", keys: ["n"], states: BEFORE, name: "roll.call", command: ({ model }) =>
    model.meeting.state === "assembling" && model.asked.roll?.next !== undefined ? { name: "roll.call", args: {} } : undefined },
  { id: "talk_to_all", keys: ["v"], states: BEFORE, name: "talkback.open", command: ({ model }) => {
    const talkback = model.microphones.talkback;
    return mayTalk(model) && (talkback === undefined || talkback.site !== undefined)
      ? { name: "talkback.open", args: {} } : undefined;
  } },
  { id: "answer_heard", keys: ["y"], states: BEFORE, name: "roll.mark", command: (scope) => markCalled(scope, "heard_and_seen") },
  { id: "answer_not_heard", keys: ["u"], states: BEFORE, name: "roll.mark", command: (scope) => markCalled(scope, "fault") },
  { id: "end_talkback", keys: ["r"], states: BEFORE, name: "talkback.close", command: ({ model }) =>
    model.microphones.talkback === undefined ? undefined : { name: "talkback.close", args: {} } },
  { id: "begin_roll", keys: ["B"], states: BEFORE, name: "roll.begin", confirm: true, command: (scope) =>
    scope.model.meeting.state === "assembling" && isUnderWay(scope) ? { name: "roll.begin", args: {} } : undefined },

  { id: "test_lines", keys: ["T"], states: BEFORE, name: "line_test.start", command: ({ model }) =>
    model.meeting.state === "assembling" && model.asked.line_test?.open !== true ? { name: "line_test.start", args: {} } : undefined },
  { id: "end_line_test", keys: ["T"], states: BEFORE, name: "line_test.end", command: ({ model }) =>
    model.asked.line_test?.open === true ? { name: "line_test.end", args: {} } : undefined },
  { id: "ask_ready", keys: ["R"], name: "ready.ask", command: (scope) => mayAsk(scope) ? { name: "ready.ask", args: {} } : undefined },
  { id: "end_ready", keys: ["R"], name: "ready.end", command: ({ model }) =>
    model.asked.ready?.open === true ? { name: "ready.end", args: {} } : undefined },

  { id: "ring_bell", keys: ["U"], name: "bell.ring", command: (scope) =>
    isAssembledOrLive(scope) && !turnOnAir(scope.model) ? { name: "bell.ring", args: {} } : undefined },
  { id: "hold_bell", keys: ["I"], name: "bell.hold", command: (scope) =>
    scope.model.meeting.state === "closed" || scope.model.bell.held ? undefined : { name: "bell.hold", args: { held: true } } },
  { id: "release_bell", keys: ["I"], name: "bell.hold", command: (scope) =>
    scope.model.meeting.state !== "closed" && scope.model.bell.held ? { name: "bell.hold", args: { held: false } } : undefined },

  { id: "tell_speaker", keys: ["p"], local: true, name: "speaker.tell" },
  { id: "darken_speaker", keys: ["0"], name: "speaker.darken", command: ({ model }) =>
    model.meeting.state === "closed" || model.lectern.dark ? undefined : { name: "speaker.darken", args: { dark: true } } },
  { id: "light_speaker", keys: ["0"], name: "speaker.darken", command: ({ model }) =>
    model.meeting.state !== "closed" && model.lectern.dark ? { name: "speaker.darken", args: { dark: false } } : undefined },

  { id: "start_item", keys: ["n"], states: SINCE, name: "item.start", command: (scope) => {
    const item = isLive(scope) ? itemToStart(scope) : undefined;
    return item && { name: "item.start", args: { item: item.item } };
  } },
  { id: "finish_item", keys: ["N"], name: "item.finish", command: (scope) => {
    const item = turnOnAir(scope.model) ? undefined : activeItem(scope.model);
    return item && { name: "item.finish", args: { item: item.item } };
  } },
  { id: "skip_item", keys: ["X"], name: "item.skip", confirm: true, command: (scope) => {
    const item = turnOnAir(scope.model) ? undefined : activeItem(scope.model) ?? nextItem(scope.model);
    return item && isLive(scope) ? { name: "item.skip", args: { item: item.item } } : undefined;
  } },
  { id: "extend_item", keys: ["P"], name: "item.extend", command: ({ model }) => {
    const item = activeItem(model);
    return item && { name: "item.extend", args: { item: item.item, by: LONG_EXTENSION_MS } };
  } },

  { id: "step_forward", keys: ["."], name: "act.show", command: ({ model }) => stepForward(model) },
  { id: "step_back", keys: [","], name: "act.return", command: ({ model: { ceremony } }) =>
    ceremony.shown === undefined ? undefined : { name: "act.return", args: { act: ceremony.shown } } },
  { id: "skip_act", keys: ["-"], name: "act.skip", command: ({ model: { ceremony } }) => {
    const act = ceremony.shown ?? ceremony.next;
    return act === undefined ? undefined : { name: "act.skip", args: { act } };
  } },
  { id: "play_film", keys: ["M"], name: "film.play", command: (scope) => {
    const item = turnOnAir(scope.model) ? undefined : activeItem(scope.model);
    return item?.film === undefined ? undefined : { name: "film.play", args: { item: item.item } };
  } },
  { id: "stop_film", keys: ["Q"], name: "film.stop", command: ({ model }) => {
    const item = activeItem(model);
    return item?.playback?.on_air ? { name: "film.stop", args: { item: item.item } } : undefined;
  } },

  { id: "cue", keys: ["c"], name: "turn.cue", command: (scope) =>
    isLive(scope) ? forTurn(scope, "turn.cue", (turn) => turn.state === "waiting" && turn.approved) : undefined },
  { id: "uncue", keys: ["c"], name: "turn.uncue", command: (scope) =>
    forTurn(scope, "turn.uncue", (turn) => turn.state === "cued") },
  { id: "take", keys: ["Enter", "t"], name: "floor.take", command: (scope) =>
    isLive(scope)
      ? forTurn(scope, "floor.take", (turn) => (turn.state === "waiting" && turn.approved) || turn.state === "cued")
      : undefined },
  { id: "release", keys: ["r"], states: SINCE, name: "floor.release", command: (scope) =>
    forFloor(scope, (turn) => ({ name: "floor.release", args: { turn } })) },
  { id: "pass_on", keys: ["G"], name: "floor.pass_on", command: (scope) => {
    const next = turnToFollow(scope);
    return next && forFloor(scope, (turn) => ({ name: "floor.pass_on", args: { turn, next: next.turn } }));
  } },
  { id: "interrupt", keys: ["i"], name: "floor.interrupt", command: (scope) =>
    forFloor(scope, (turn) => ({ name: "floor.interrupt", args: { turn, cause: "operator" } })) },
  { id: "resume", keys: ["g"], name: "floor.resume", command: (scope) => {
    const turn = turnToResume(scope);
    return turn && { name: "floor.resume", args: { turn: turn.turn } };
  } },
  { id: "extend", keys: ["e"], name: "floor.extend", command: (scope) =>
    forFloor(scope, (turn) => ({ name: "floor.extend", args: { turn, by: EXTENSION_MS } })) },
  { id: "extend_more", keys: ["E"], name: "floor.extend", command: (scope) =>
    forFloor(scope, (turn) => ({ name: "floor.extend", args: { turn, by: LONG_EXTENSION_MS } })) },
  { id: "undo", keys: ["u"], states: SINCE, name: "floor.undo", command: ({ model, serverTime }) => {
    const { take, undo_until } = model.floor;
    return take !== undefined && undo_until !== undefined && serverTime < undo_until
      ? { name: "floor.undo", args: { take } } : undefined;
  } },

  { id: "approve", keys: ["y"], states: SINCE, name: "turn.approve", command: (scope) =>
    forTurn(scope, "turn.approve", (turn) => turn.state === "waiting" && !turn.approved) },
  { id: "close_hands", keys: ["C"], name: "list.close_hands", command: (scope) => forHands(scope, true) },
  { id: "open_hands", keys: ["C"], name: "list.close_hands", command: (scope) => forHands(scope, false) },
  { id: "clear_hands", keys: ["W"], name: "list.clear_hands", confirm: true, command: (scope) => {
    const list = listInHand(scope);
    return list && scope.model.meeting.state !== "closed" && turnsAsked(turnsInOrder(scope.model)).some((turn) => turn.list === list.list)
      ? { name: "list.clear_hands", args: { list: list.list } } : undefined;
  } },
  { id: "acknowledge_turn", keys: ["Y"], name: "turn.acknowledge", command: ({ model }) => {
    const turn = turnCued(model);
    return turn && !turn.acknowledged ? { name: "turn.acknowledge", args: { turn: turn.turn } } : undefined;
  } },
  { id: "absent", keys: ["b"], name: "turn.absent", command: (scope) =>
    forTurn(scope, "turn.absent", (turn) => turn.state === "waiting" || turn.state === "cued") },
  { id: "skip_turn", keys: ["x"], name: "turn.skip", command: (scope) =>
    forTurn(scope, "turn.skip", isOpenTurn) },
  { id: "withdraw", keys: ["w"], name: "turn.withdraw", command: (scope) =>
    forTurn(scope, "turn.withdraw", (turn) => turn.state === "waiting" || turn.state === "cued") },
  { id: "restore", keys: ["z"], name: "turn.restore", command: (scope) =>
    forTurn(scope, "turn.restore", (turn) =>
      turn.state === "absent" || turn.state === "skipped" || turn.state === "withdrawn") },
  { id: "move_up", keys: ["K", "Shift+ArrowUp"], name: "turn.move", command: (scope) => moved(scope, -1) },
  { id: "move_down", keys: ["J", "Shift+ArrowDown"], name: "turn.move", command: (scope) => moved(scope, 1) },

  { id: "lock_microphone", keys: ["q"], name: "mic.lock", command: (scope) => {
    const site = siteInHand(scope);
    return site && { name: "mic.lock", args: { site: site.site, locked: !site.locked } };
  } },
  { id: "mute_all", keys: ["m"], name: "mic.lock_all", command: ({ model }) =>
    model.microphones.all_locked ? undefined : { name: "mic.lock_all", args: { locked: true } } },
  { id: "unmute_all", keys: ["m"], name: "mic.lock_all", command: ({ model }) =>
    model.microphones.all_locked ? { name: "mic.lock_all", args: { locked: false } } : undefined },
  { id: "open_venue", keys: ["v"], states: SINCE, name: "mic.open_venue", command: (scope) =>
    !isLive(scope) || scope.model.microphones.venue_open ? undefined : { name: "mic.open_venue", args: { open: true } } },
  { id: "close_venue", keys: ["v"], states: SINCE, name: "mic.open_venue", command: (scope) =>
    isLive(scope) && scope.model.microphones.venue_open ? { name: "mic.open_venue", args: { open: false } } : undefined },

  { id: "scene", keys: ["o"], local: true, name: "scene.override" },
  { id: "follow", keys: ["f"], name: "scene.follow", command: ({ model }) =>
    model.scene.overridden ? { name: "scene.follow", args: {} } : undefined },
  { id: "acknowledge_alarm", keys: ["a"], name: "alarm.acknowledge", command: ({ model }) => {
    const alarm = alarmsInOrder(model)[0];
    return alarm && !alarm.acknowledged ? { name: "alarm.acknowledge", args: { alarm: alarm.alarm } } : undefined;
  } },
  { id: "acknowledge_all", keys: ["A"], name: "alarm.acknowledge", command: ({ model }) => {
    const alarms = alarmsInOrder(model);
    return alarms[0] && acknowledgeAll(alarmsOpen(alarms, alarms[0].kind));
  } },

  { id: "edit_turn", keys: ["S"], local: true, name: "turn.edit" },
  { id: "edit_item", keys: ["L"], local: true, name: "item.edit" },
  { id: "edit_meeting", keys: ["D"], local: true, name: "meeting.edit" },
  { id: "import", keys: ["="], local: true, name: "item.edit" },

  { id: "votes", keys: ["V"], local: true },

  { id: "replay_toggle", keys: [" "], steer: ({ rate }) => ({ how: rate === 0 ? "go_on" : "pause" }) },
  { id: "replay_slower", keys: ["["], steer: (replay) => paced(replay, -1) },
  { id: "replay_faster", keys: ["]"], steer: (replay) => paced(replay, 1) },
  { id: "replay_back", keys: ["ArrowLeft"], steer: (_, now) => ({ how: "time", at: Math.round(now - STEP_MS) }) },
  { id: "replay_forward", keys: ["ArrowRight"], steer: (_, now) => ({ how: "time", at: Math.round(now + STEP_MS) }) },
  { id: "replay_previous", keys: ["Shift+ArrowLeft"], steer: () => ({ how: "previous_event" }) },
  { id: "replay_next", keys: ["Shift+ArrowRight"], steer: () => ({ how: "next_event" }) },
  { id: "replay_previous_item", keys: ["PageUp"], steer: (replay, now) => toMark(previousMark(replay, now)) },
  { id: "replay_next_item", keys: ["PageDown"], steer: (replay, now) => toMark(nextMark(replay, now)) },

  { id: "search", keys: ["/"], local: true },
  { id: "site", keys: ["s"], local: true },
  { id: "message", keys: ["h"], local: true, name: "message.send" },
  { id: "message_inside", keys: ["H"], local: true, name: "message.send" },
  { id: "filter_log", keys: ["F"], local: true },
  { id: "language", keys: ["l"], local: true },
  { id: "theme", keys: ["d"], local: true },
  { id: "help", keys: ["?"], local: true },
];

const BY_ID: ReadonlyMap<ActionId, Action> = new Map(ACTIONS.map((action) => [action.id, action]));

export function actionById(id: ActionId): Action {
  return BY_ID.get(id) as Action;
}

function byKey(): ReadonlyMap<string, readonly ActionId[]> {
  const table = new Map<string, ActionId[]>();
  for (const action of ACTIONS) {
    for (const key of action.keys) {
      table.set(key, [...(table.get(key) ?? []), action.id]);
    }
  }
  return table;
}

const BY_KEY = byKey();

/** None: the key is no command's. */
export function actionsOnKey(key: string): readonly ActionId[] {
  return BY_KEY.get(key) ?? [];
}

/**
 * Of the actions on one key the one that is meant now: the one that can be done, though another of its area is on its
 * way; else the one of the present state of the meeting.
 */
export function actionMeant(ids: readonly ActionId[], scope: Scope, isPermitted: (action: Action) => boolean): ActionId | undefined {
  const actions = ids.map(actionById);
  const meant = actions.find((action) => isPermitted(action) && (!("command" in action) || action.command(scope) !== undefined))
    ?? actions.find((action) => !("command" in action) || (action.states?.includes(scope.model.meeting.state) ?? true));
  return (meant ?? actions[0])?.id;
}

/** The first action that gives commands of this name. */
export function actionOf(name: CommandName): Action | undefined {
  return ACTIONS.find((action) => action.name === name);
}

/** The command an action would give now; undefined when it cannot, or another of its area is on its way. */
export function commandOf(action: Action, scope: Scope): Command | undefined {
  if (!("command" in action) || isPendingArea(scope.pending, action.name)) {
    return undefined;
  }
  return action.command(scope);
}
