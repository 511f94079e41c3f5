// Which kinds of events the log shows, and how many it hides.
import type { EventName } from "@protocol";
import { LOG_KINDS, type LogKind } from "../../domain/event_log";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import css from "./feed.module.css";

/** A kind that somebody is never told of cannot be chosen. */
const TOLD_BY: Readonly<Partial<Record<LogKind, EventName>>> = { alarms: "alarm.raised", messages: "message.sent" };

function Kind({ kind }: { kind: LogKind }) {
  const words = useWords();
  const { logFilter } = useStore();
  const shown = !logFilter.hidden.value.has(kind);
  return (
    <button type="button" class={css.kind} aria-pressed={shown} data-log-kind={kind} onClick={() => logFilter.toggle(kind)}>
      <Icon name={shown ? "check" : "absent"} />{words.log.kinds[kind]}
    </button>
  );
}

export function Kinds({ hidden }: { hidden: number }) {
  const words = useWords();
  const { actions, logFilter, server } = useStore();
  const open = logFilter.open.value;
  const kinds = LOG_KINDS.filter((kind) => TOLD_BY[kind] === undefined || server.maySee(TOLD_BY[kind]));
  return (
    <div class={css.kinds}>
      <button type="button" class={css.filter} aria-expanded={open} aria-keyshortcuts="Shift+F" data-log-filter title={words.actions.filter_log}
        onClick={() => actions.perform("filter_log")}>
        <Icon name={open ? "up" : "down"} /><span>{hidden > 0 ? words.log.hidden(hidden) : words.log.whole}</span><kbd>⇧F</kbd>
      </button>
      {open ? <div class={css.choice} role="group" aria-label={words.actions.filter_log}>
        {kinds.map((kind) => <Kind key={kind} kind={kind} />)}</div> : null}
    </div>
  );
}
