// Log of what happened, and messages between the centre and the sites.
import type { WireEvent, WireMessageView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { give, log, role } from "../../state/board";
import { consoleState, patch, type FeedTab } from "../../state/console";
import { eventText } from "../../domain/event_text";
import { wallTimeSeconds } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { writeTo } from "../../state/perform";
import { siteName, sitesInOrder, unreadMessages } from "../../domain/queries";
import { mayCommand, maySee } from "../../domain/rights";
import { useWords } from "../../state/words";
import { Icon } from "../../ui/icon";

const LOG_SHOWN = 120;

function by(event: WireEvent, now: Model, words: Dictionary): string {
  return event.by.account ?? (event.by.site === undefined ? words.role[event.by.role] : siteName(now, event.by.site));
}

function Log({ now }: { now: Model }) {
  const words = useWords();
  const events = useWatch(log, (all) => all);
  return (
    <ol class="feed" tabIndex={0} data-first data-keys="own">
      {events.slice(-LOG_SHOWN).reverse().map((event) => (
        <li key={event.seq} class={`event about-${event.name.slice(0, event.name.indexOf("."))}`} data-event={event.name}>
          <time>{wallTimeSeconds(event.wall, now.meeting.utc_offset)}</time>
          <span>{eventText(now, event, words, events)}</span>
          <small>{by(event, now, words)}</small>
        </li>
      ))}
      {events.length === 0 ? <li class="empty">{words.log.empty}</li> : null}
    </ol>
  );
}

function sender(now: Model, message: WireMessageView, words: Dictionary): string {
  if (message.by.role === "site") {
    return siteName(now, message.by.site);
  }
  const to = message.site === undefined ? words.messages.toAll : siteName(now, message.site);
  return `${words.messages.centre} → ${to}`;
}

function MessageList({ now }: { now: Model }) {
  const words = useWords();
  return (
    <ol class="feed" tabIndex={0} data-first data-keys="own" aria-live="polite">
      {[...now.messages].reverse().map((message) => (
        <li key={`${message.at} ${message.by.site ?? ""}`} class={message.by.role === "site" ? "message from-site" : "message"}>
          <time>{wallTimeSeconds(message.wall, now.meeting.utc_offset)}</time>
          <span><b>{sender(now, message, words)}</b> {message.text}</span>
          {message.by.role === "site" && mayCommand(role(), "message.send")
            ? <button type="button" class="link" title={words.messages.reply} aria-label={`${words.messages.reply}: ${sender(now, message, words)}`}
              onClick={() => writeTo(message.by.site)}>↩</button> : <small />}
        </li>
      ))}
      {now.messages.length === 0 ? <li class="empty">{words.messages.empty}</li> : null}
    </ol>
  );
}

function Composer({ now }: { now: Model }) {
  const words = useWords();
  const to = useWatch(consoleState, (state) => state.messageTo);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (text !== "") {
      const given = give({ name: "message.send", args: to === undefined ? { text } : { text, site: to } });
      if (given) {
        (event.currentTarget as HTMLFormElement).reset();
      }
    }
  };
  useEffect(() => field.current?.setCustomValidity(""), [to]);
  return (
    <form class="composer" onSubmit={submit}>
      <select aria-label={words.messages.to} value={to ?? ""}
        onChange={(event) => patch({ messageTo: event.currentTarget.value === "" ? undefined : event.currentTarget.value })}>
        <option value="">{words.messages.toAll}</option>
        {sitesInOrder(now).map((site) => <option key={site.site} value={site.site}>{site.name}</option>)}
      </select>
      <input id="message-text" ref={field} maxLength={500} required autocomplete="off"
        placeholder={`${words.messages.write} ${to === undefined ? words.messages.toAll : siteName(now, to)}`} />
      <button type="submit" class="button">{words.messages.send}</button>
    </form>
  );
}

function TabButton({ tab, current, icon, text }: { tab: FeedTab; current: FeedTab; icon: "log" | "message"; text: string }) {
  return (
    <button type="button" role="tab" aria-selected={tab === current} class="tab" onClick={() => patch({ tab })}>
      <Icon name={icon} />{text}
    </button>
  );
}

/** A site that writes is waiting for somebody: said until its words have been in view. */
function Unread({ messages, inView }: { messages: readonly WireMessageView[]; inView: boolean }) {
  const words = useWords();
  const read = useWatch(consoleState, (state) => state.messagesRead);
  const latest = messages[messages.length - 1]?.at ?? -1;
  useEffect(() => {
    if (inView && latest > read) {
      patch({ messagesRead: latest });
    }
  }, [inView, latest, read]);
  const unread = inView ? 0 : unreadMessages(messages, read);
  return <span role="status">{unread === 0 ? null
    : <button type="button" class="chip unread" onClick={() => patch({ tab: "messages" })}>{words.messages.unread(unread)}</button>}</span>;
}

export function Feed({ now }: { now: Model }) {
  const words = useWords();
  const chosen = useWatch(consoleState, (state) => state.tab);
  const reads = maySee(role(), "message.sent");
  const tab = reads ? chosen : "log";
  const fromSites = now.messages.filter((message) => message.by.role === "site").length;
  return (
    <section class="panel feeds" id="panel-feed" tabIndex={-1} aria-label={tab === "log" ? words.log.heading : words.messages.heading}>
      <header role="tablist">
        <TabButton tab="log" current={tab} icon="log" text={words.log.heading} />
        {reads ? <TabButton tab="messages" current={tab} icon="message"
          text={fromSites > 0 ? `${words.messages.heading} (${fromSites})` : words.messages.heading} /> : null}
        {reads ? <Unread messages={now.messages} inView={tab === "messages"} /> : null}
      </header>
      {tab === "log" ? <Log now={now} /> : <MessageList now={now} />}
      {tab === "messages" && mayCommand(role(), "message.send") ? <Composer now={now} /> : null}
    </section>
  );
}
