// What happened, the latest first.
import type { WireEvent } from "@protocol";
import { logKind } from "../../domain/event_log";
import { eventText } from "../../domain/event_text";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Kinds } from "./kinds";
import css from "./feed.module.css";

const LOG_SHOWN = 120;

function By({ event }: { event: WireEvent }) {
  const words = useWords();
  const { meeting } = useStore();
  const { account, role, site } = event.by;
  return <small>{account ?? (site === undefined ? words.role[role] : meeting.siteName(site).value)}</small>;
}

function LogRow({ event }: { event: WireEvent }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const text = useDerived(() => eventText(meeting.model.value, event, words, server.log.value), [meeting, server, event, words]);
  return (
    <li data-event={event.name}>
      <time>{meeting.exactTimeOf(event.wall)}</time>
      <span>{text}</span>
      <By event={event} />
    </li>
  );
}

export function Log() {
  const words = useWords();
  const { logFilter, server } = useStore();
  const all = server.log.value;
  const events = all.filter((event) => !logFilter.hidden.value.has(logKind(event)));
  return (
    <>
      <Kinds hidden={all.length - events.length} />
      <ol class={css.feed} tabIndex={0} data-first data-keys="own">
        {events.slice(-LOG_SHOWN).reverse().map((event) => <LogRow key={event.seq} event={event} />)}
        {events.length === 0 ? <li class="empty">{all.length === 0 ? words.log.empty : words.log.nothingElse}</li> : null}
      </ol>
    </>
  );
}
