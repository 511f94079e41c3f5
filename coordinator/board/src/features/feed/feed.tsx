// Log of what happened, and messages between the centre and the sites.
import { useEffect } from "preact/hooks";
import { unreadMessages, unreadOfSites } from "../../domain/queries";
import type { FeedTab } from "../../state/console";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { Log } from "./log";
import { Composer, MessageList } from "./messages";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./feed.module.css";

function TabButton({ tab, current, icon, text }: { tab: FeedTab; current: FeedTab; icon: "log" | "message"; text: string }) {
  const { console } = useStore();
  return (
    <button type="button" role="tab" aria-selected={tab === current} class={css.tab} onClick={() => { console.tab.value = tab; }}>
      <Icon name={icon} />{text}
    </button>
  );
}

/** A site that writes is waiting for somebody: said until its words have been in view. */
function Unread({ inView }: { inView: boolean }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const messages = meeting.messages.value;
  const read = console.messagesRead.value;
  const latest = messages[messages.length - 1]?.at ?? -1;
  useEffect(() => {
    if (inView && latest > read) {
      console.messagesRead.value = latest;
    }
  }, [console, inView, latest, read]);
  const unread = inView ? 0 : unreadMessages(messages, read, server.session.value?.account);
  return <span role="status">{unread === 0 ? null
    : <button type="button" class={classes(chip.chip, css.unread)} onClick={() => { console.tab.value = "messages"; }}>{words.messages.unread(unread)}</button>}</span>;
}

function MessagesTab({ current }: { current: FeedTab }) {
  const words = useWords();
  const { meeting } = useStore();
  const unread = useDerived(() => unreadOfSites(meeting.messages.value), [meeting]);
  return <TabButton tab="messages" current={current} icon="message"
    text={unread > 0 ? `${words.messages.heading} (${unread})` : words.messages.heading} />;
}

export function Feed() {
  const words = useWords();
  const { console, server } = useStore();
  const reads = server.maySee("message.sent");
  const tab = reads ? console.tab.value : "log";
  return (
    <section class={classes(panel.panel, css.feeds)} id="panel-feed" tabIndex={-1} aria-label={tab === "log" ? words.log.heading : words.messages.heading}>
      <header role="tablist">
        <TabButton tab="log" current={tab} icon="log" text={words.log.heading} />
        {reads ? <><MessagesTab current={tab} /><Unread inView={tab === "messages"} /></> : null}
      </header>
      {tab === "log" ? <Log /> : <MessageList />}
      {tab === "messages" && server.mayCommand("message.send") ? <Composer /> : null}
    </section>
  );
}
