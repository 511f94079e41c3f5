// Doing an action: by key and by button alike.
import type { Command, SiteId } from "@protocol";
import { actionById, commandOf, selectedTurn, siteInHand, type Action, type ActionId, type Scope } from "../domain/actions";
import { clock, commands, give, link, model, role } from "./board";
import { isPendingArea } from "../net/commands";
import { ask, consoleState, patch, setLanguage, setTheme, toast } from "./console";
import type { Model } from "../domain/model";
import { mayCommand } from "../domain/rights";
import { words } from "./words";

export function scope(): Scope | undefined {
  const now = model.get();
  return now && {
    model: now,
    role: role(),
    pending: commands.pending.get(),
    now: clock.now(),
    selected: selectedTurn(now, consoleState.get()),
  };
}

export function isPermitted(action: Action): boolean {
  return action.name === undefined || mayCommand(role(), action.name);
}

/** Whether its button can be pressed now. */
export function isReady(id: ActionId): boolean {
  const action = actionById(id);
  const around = scope();
  if (!around || !isPermitted(action)) {
    return false;
  }
  return "local" in action || (link.get().phase === "live" && commandOf(action, around) !== undefined);
}

export function openSite(site: SiteId): void {
  patch({ drawerSite: site });
}

export function writeTo(site: SiteId | undefined): void {
  patch({ tab: "messages", messageTo: site });
  requestAnimationFrame(() => document.getElementById("message-text")?.focus());
}

function local(id: ActionId): void {
  const state = consoleState.get();
  if (id === "help" || id === "search" || id === "scene") {
    patch({ dialog: state.dialog === id ? undefined : id });
  } else if (id === "language") {
    setLanguage(state.language === "vi" ? "en" : "vi");
  } else if (id === "theme") {
    setTheme(state.theme === "dark" ? "light" : "dark");
  } else if (id === "message") {
    writeTo(undefined);
  } else if (id === "site") {
    const around = scope();
    const site = around && siteInHand(around);
    if (site) {
      openSite(site.site);
    } else {
      explain(id, words().notNow);
    }
  }
}

/** Of several actions on one key, the one that can be done now is done. */
export function performFirst(ids: readonly ActionId[]): void {
  const permitted = ids.filter((id) => isPermitted(actionById(id)));
  const ready = permitted.find(isReady);
  if (ready) {
    perform(ready);
  } else if (permitted[0]) {
    explain(permitted[0], whyNot(actionById(permitted[0])));
  } else if (ids[0]) {
    explain(ids[0], words().notPermitted);
  }
}

/** A key or a button that does nothing says so. */
export function explain(id: ActionId, why: string): void {
  toast("note", words().actions[id], why);
}

function whyNot(action: Action): string {
  if (link.get().phase !== "live") {
    return words().connection.offline;
  }
  const awaited = !("local" in action) && isPendingArea(commands.pending.get(), action.name);
  return awaited ? words().awaiting : words().notNow;
}

/** What a command that is asked for once more would put an end to. */
function atStake(command: Command, now: Model): string {
  if (command.name === "item.skip") {
    return now.items.get(command.args.item)?.title ?? "";
  }
  const left = [...now.items.values()].filter((item) => item.state === "pending").length;
  return command.name === "meeting.close" && left > 0 ? words().confirm.itemsLeft(left) : "";
}

export function perform(id: ActionId): void {
  const action = actionById(id);
  if ("local" in action) {
    local(id);
    return;
  }
  const around = scope();
  const command = around && commandOf(action, around);
  if (!command) {
    explain(id, whyNot(action));
  } else if (command.name === "turn.approve") {
    patch({ dialog: "approve", approving: command.args.turn }); // how long is asked there, and then it is given
  } else if (action.confirm) {
    ask(words().actions[id], atStake(command, around.model), () => void give(command));
  } else {
    give(command);
  }
}
