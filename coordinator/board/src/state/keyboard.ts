// Keys of the console. One key, one command; a key held down does nothing more.
import { isCharacter, keyName } from "../domain/keys";
import type { FeedTab, PanelName } from "./console";
import type { Store } from "./store";

const PANEL_KEYS: Readonly<Record<string, PanelName>> = {
  "1": "speaking", "2": "sites", "3": "programme", "4": "alarms", "5": "feed", "6": "feed",
};
const TAB_KEYS: Readonly<Record<string, FeedTab>> = { "5": "messages", "6": "log" };

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space on a button are the button's own, as long as it can be pressed. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button:not(:disabled), a") !== null;
}

/** Arrows belong to what scrolls, or is walked, by them. */
function hasArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("[data-keys='own']") !== null;
}

function moveSelection({ meeting, console }: Store, step: -1 | 1): void {
  const turns = meeting.shownTurns.value;
  const place = turns.findIndex((turn) => turn.turn === meeting.selected.value);
  const next = turns[Math.min(turns.length - 1, Math.max(0, place + step))];
  if (next) {
    console.selectedTurn.value = next.turn;
    requestAnimationFrame(() =>
      document.querySelector(`[data-turn="${next.turn}"]`)?.scrollIntoView({ block: "nearest" }));
  }
}

function focusPanel(name: PanelName): void {
  const panel = document.getElementById(`panel-${name}`);
  (panel?.querySelector<HTMLElement>("[data-first]") ?? panel)?.focus();
}

/** A tab is there to be focused when it is drawn. */
function goTo({ console }: Store, name: PanelName, tab: FeedTab | undefined): void {
  if (tab) {
    console.tab.value = tab;
    requestAnimationFrame(() => focusPanel(name));
  } else {
    focusPanel(name);
  }
}

function escape({ console }: Store): void {
  if (console.dialog.peek()) {
    console.closeDialog();
  } else if (console.drawerSite.peek()) {
    console.drawerSite.value = undefined;
  } else if (document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  }
}

/** Keys that move about; true when it was one. */
function navigate(store: Store, key: string, arrowsTaken: boolean): boolean {
  if (key === "j" || (key === "ArrowDown" && !arrowsTaken)) {
    moveSelection(store, 1);
  } else if (key === "k" || (key === "ArrowUp" && !arrowsTaken)) {
    moveSelection(store, -1);
  } else if (PANEL_KEYS[key]) {
    goTo(store, PANEL_KEYS[key], TAB_KEYS[key]);
  } else {
    return false;
  }
  return true;
}

/** A key of the console, typed nowhere. */
function command(store: Store, key: string, event: KeyboardEvent): void {
  const { console, actions, words } = store;
  const ids = actions.onKey(key);
  if (console.dialog.peek()) {
    if ((ids.length > 0 || isCharacter(key)) && !event.repeat) {
      const meant = actions.meant(ids);
      console.toast("note", meant ? words.peek().actions[meant] : key, words.peek().dialogOpen);
    }
  } else if (navigate(store, key, hasArrows(event.target))) {
    event.preventDefault();
  } else if (ids.length > 0) {
    event.preventDefault();
    if (!event.repeat) {
      actions.performMeant(ids);
    }
  } else if (isCharacter(key) && !event.repeat) {
    console.toast("note", key, words.peek().noSuchKey);
  }
}

function sayUnknown({ console, words }: Store): void {
  console.toast("note", words.peek().unknownKey.heading, words.peek().unknownKey.text);
}

export function pressed(store: Store, event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || (event.isComposing && isTyping(event.target))) {
    return;
  }
  const key = keyName(event);
  if (key === "Escape") {
    escape(store);
  } else if (isTyping(event.target) || (isPressable(event.target) && (key === "Enter" || key === " "))) {
    return;
  } else if (key === undefined) {
    sayUnknown(store);
  } else {
    command(store, key, event);
  }
}
