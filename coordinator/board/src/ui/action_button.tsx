// A button for one action of the table: its name, its key, and whether it can be done now.
import { actionById, type ActionId } from "../domain/actions";
import { useStore, useWords } from "../state/store";
import { Icon, type IconName } from "./icon";
import button from "./button.module.css";
import { classes } from "./classes";

export interface ActionButtonProps {
  readonly id: ActionId;
  readonly icon?: IconName;
  readonly tone?: "primary" | "danger" | "warn";
  readonly compact?: boolean;
  readonly text?: string;
}

/** A mouse press leaves the focus where it was, so that Enter stays the key of the console. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** Of every button of the board; in a box the buttons are the box's own. */
export function keepFocusOfButtons(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button") && !event.target.closest("dialog")) {
    keepFocus(event);
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  Enter: "⏎", " ": "␣", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", PageUp: "PgUp", PageDown: "PgDn",
};

export function keyLabel(key: string): string {
  if (key.startsWith("Shift+")) {
    return `⇧${keyLabel(key.slice(6))}`;
  }
  const sign = SIGNS[key];
  if (sign !== undefined) {
    return sign;
  }
  if (/^[A-Z]$/.test(key)) {
    return `⇧${key}`;
  }
  return key.toUpperCase();
}

export function ActionButton({ id, icon, tone, compact = false, text }: ActionButtonProps) {
  const words = useWords();
  const { actions } = useStore();
  const action = actionById(id);
  if (!actions.isPermitted(action)) {
    return null;
  }
  const name = words.actions[id];
  const key = actions.hasKey(id).value ? action.keys[0] : undefined;
  return (
    <button type="button" class={classes(button.button, tone && button[tone], compact && button.compact)} disabled={!actions.ready(id).value} data-action={id}
      title={name} aria-label={compact ? name : undefined} aria-keyshortcuts={key ? action.keys.join(" ") : undefined}
      onClick={() => actions.perform(id)}>
      {icon ? <Icon name={icon} /> : null}
      <span class={button.label}>{text ?? (compact ? words.short[id] : undefined) ?? name}</span>
      {key ? <kbd>{keyLabel(key)}</kbd> : null}
    </button>
  );
}
