// Doing an action: by key and by button alike.
import { batch, computed, type ReadonlySignal } from "@preact/signals";
import type { Command, SiteId } from "@protocol";
import { actionById, actionMeant, actionsOnKey, commandOf, siteInHand, turnToEdit, type Action, type ActionId, type ReplayAction, type Scope } from "../domain/actions";
import type { Model } from "../domain/model";
import type { Steering } from "../domain/replay";
import { obstacleOf } from "../domain/obstacles";
import { isPendingArea } from "../domain/pending";
import type { Dictionary } from "../i18n/dictionary";
import { TO_ALL_SITES, TO_STAFF, type Console } from "./console";
import type { LogFilter } from "./log_filter";
import type { Meeting } from "./meeting";
import type { Server } from "./server";
import { perKey } from "./steady";
import type { Time } from "./time";

interface Parts {
  readonly console: Console;
  readonly logFilter: LogFilter;
  readonly words: ReadonlySignal<Dictionary>;
  readonly time: Time;
  readonly meeting: Meeting;
  readonly server: Server;
}

/** What a command that is asked for once more would put an end to. */
function atStake(command: Command, model: Model, words: Dictionary): string {
  if (command.name === "item.skip") {
    return model.items.get(command.args.item)?.title ?? "";
  }
  const left = [...model.items.values()].filter((item) => item.state === "pending").length;
  return command.name === "meeting.close" && left > 0 ? words.confirm.itemsLeft(left) : "";
}

export class ActionRunner {
  /** Whether its button can be pressed now. */
  readonly ready: (id: ActionId) => ReadonlySignal<boolean> = perKey((id) => computed(() => this.isReady(id)));

  /** Whether its key means it now, and not another that shares the key. */
  readonly hasKey: (id: ActionId) => ReadonlySignal<boolean> =
    perKey((id) => computed(() => actionById(id).keys.slice(0, 1).every((key) => this.meant(this.onKey(key)) === id)));

  constructor(private readonly parts: Parts) {}

  scope(): Scope | undefined {
    const { meeting, server, time } = this.parts;
    const model = meeting.received.value;
    return model && {
      model,
      role: server.role.value,
      pending: server.commands.pending.value,
      selected: meeting.selected.value,
      /** Only what asks for the time is judged again as it passes. */
      get serverTime() {
        return time.now();
      },
    };
  }

  /** None: the key is no command's here. */
  onKey(key: string): readonly ActionId[] {
    return actionsOnKey(key).filter((id) => !("steer" in actionById(id)) || this.parts.server.replay.value !== undefined);
  }

  isPermitted(action: Action): boolean {
    if ("steer" in action) {
      return this.parts.server.replay.value !== undefined;
    }
    return action.name === undefined || this.parts.server.mayCommand(action.name);
  }

  /** The site that a microphone or details key means. */
  siteInHand(): SiteId | undefined {
    const scope = this.scope();
    return scope && siteInHand(scope)?.site;
  }

  /** Of several actions on one key, the one that it means now. */
  meant(ids: readonly ActionId[]): ActionId | undefined {
    const scope = this.scope();
    return scope ? actionMeant(ids, scope, (action) => this.isPermitted(action)) : ids[0];
  }

  performMeant(ids: readonly ActionId[]): void {
    const id = this.meant(ids);
    if (id !== undefined && this.isReady(id)) {
      this.perform(id);
    } else if (id !== undefined) {
      this.explain(id, this.whyNot(actionById(id)));
    }
  }

  perform(id: ActionId): void {
    const { console, words, server } = this.parts;
    const action = actionById(id);
    if ("local" in action) {
      this.performLocal(id);
      return;
    }
    if ("steer" in action) {
      this.performSteering(action);
      return;
    }
    const scope = this.scope();
    const command = scope && commandOf(action, scope);
    if ((command?.name === "talkback.mark" && command.args.answer === "heard")
      || (command?.name === "roll.mark" && command.args.result === "heard_and_seen")) {
      command.args.evidence = words.peek().talkback.evidence;
    }
    if (!command) {
      this.explain(id, this.whyNot(action));
    } else if (command.name === "turn.approve") {
      console.askAllowance(command.args.turn);
    } else if (command.name === "roll.mark" && command.args.result === "fault") {
      console.faultyOf.value = command.args.site;
    } else if (action.confirm) {
      console.ask(words.peek().actions[id], atStake(command, scope.model, words.peek()), () => void server.give(command));
    } else {
      server.give(command);
    }
  }

  /** A key or a button that does nothing says so. */
  explain(id: ActionId, why: string): void {
    this.parts.console.toast("note", this.parts.words.peek().actions[id], why);
  }

  private isReady(id: ActionId): boolean {
    const action = actionById(id);
    const scope = this.scope();
    if (!scope || !this.isPermitted(action)) {
      return false;
    }
    if ("steer" in action) {
      return this.parts.server.live.value && this.steeringOf(action) !== undefined;
    }
    return "local" in action || (this.parts.server.live.value && commandOf(action, scope) !== undefined);
  }

  private steeringOf(action: ReplayAction): Steering | undefined {
    const { server, time } = this.parts;
    return server.replay.value && action.steer(server.replay.value, time.now());
  }

  private performSteering(action: ReplayAction): void {
    const steering = this.steeringOf(action);
    if (steering) {
      this.parts.server.steer(steering);
    } else {
      this.explain(action.id, this.whyNot(action));
    }
  }

  private performLocal(id: ActionId): void {
    const { console, logFilter } = this.parts;
    if (id === "help" || id === "search" || id === "scene" || id === "votes" || id === "tell_speaker") {
      console.dialog.value = console.dialog.peek() === id ? undefined : id;
    } else if (id === "language") {
      console.language.value = console.language.peek() === "vi" ? "en" : "vi";
    } else if (id === "theme") {
      console.theme.value = console.theme.peek() === "dark" ? "light" : "dark";
    } else if (id === "edit_turn") {
      const scope = this.scope();
      console.editTurn(scope && turnToEdit(scope, console.selectedTurn.peek()));
    } else if (id === "edit_item") {
      console.editItem(undefined);
    } else if (id === "edit_meeting" || id === "import") {
      console.dialog.value = id;
    } else if (id === "message") {
      console.writeTo(TO_ALL_SITES);
    } else if (id === "message_inside") {
      console.writeTo(TO_STAFF);
    } else if (id === "filter_log") {
      this.openLogFilter(console.tab.peek() !== "log" || !logFilter.open.peek());
    } else if (id === "site") {
      const site = this.siteInHand();
      if (site !== undefined) {
        console.openSite(site);
      } else {
        this.explain(id, this.whyNot(actionById(id)));
      }
    }
  }

  /** The keyboard goes where the choice is, and back to the log. */
  private openLogFilter(open: boolean): void {
    const { console, logFilter } = this.parts;
    batch(() => {
      console.tab.value = "log";
      logFilter.open.value = open;
    });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(open ? "[data-log-kind]" : "#panel-feed [data-first]")?.focus());
  }

  private whyNot(action: Action): string {
    const { server } = this.parts;
    const words = this.parts.words.peek();
    if (!this.isPermitted(action)) {
      return server.replay.peek() ? words.refusal.replay : words.notPermitted;
    }
    if (!server.live.peek()) {
      return words.connection.offline;
    }
    if ("steer" in action) {
      return words.replay.nothingThere;
    }
    if (!("local" in action) && isPendingArea(server.commands.pending.peek(), action.name)) {
      return words.awaiting;
    }
    const scope = this.scope();
    const obstacle = scope && obstacleOf(action.id, scope);
    return obstacle === undefined ? words.notNow : words.obstacle[obstacle];
  }
}
