// Messages between the centre and the sites.
import type { Command, SiteId, WireMessageView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { TO_ALL_SITES, TO_STAFF } from "../../state/console";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import composer from "../../ui/composer.module.css";
import css from "./feed.module.css";

function MessageRow({ message }: { message: WireMessageView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const { role, site } = message.by;
  const nameOf = (id: string | undefined): string => id === undefined ? "" : meeting.siteName(id).value;
  const inside = message.audience === "staff";
  const sender = role === "site" ? nameOf(site)
    : inside ? `${words.messages.inside} · ${message.by.account ?? words.role[role]}`
    : `${words.messages.centre} → ${message.site === undefined ? words.messages.toAll : nameOf(message.site)}`;
  return (
    <li class={role === "site" ? css.fromSite : inside ? css.inside : undefined} data-from={role} data-audience={message.audience}>
      <time>{meeting.exactTimeOf(message.wall)}</time>
      <span><b>{sender}</b> {message.text}</span>
      {role === "site" && site !== undefined && server.mayCommand("message.send")
        ? <button type="button" class={button.link} title={words.messages.reply} aria-label={`${words.messages.reply}: ${sender}`}
          onClick={() => console.writeTo(site)}>↩</button> : <small />}
    </li>
  );
}

export function MessageList() {
  const words = useWords();
  const messages = useStore().meeting.messages.value;
  return (
    <ol class={css.feed} tabIndex={0} data-first data-keys="own" aria-live="polite">
      {[...messages].reverse().map((message) => <MessageRow key={`${message.at} ${message.by.site ?? ""}`} message={message} />)}
      {messages.length === 0 ? <li class="empty">{words.messages.empty}</li> : null}
    </ol>
  );
}

function commandFor(to: SiteId, text: string): Command {
  switch (to) {
    case TO_STAFF:
      return { name: "message.send", args: { text, audience: "staff" } };
    case TO_ALL_SITES:
      return { name: "message.send", args: { text } };
    default:
      return { name: "message.send", args: { text, site: to } };
  }
}

/** Where it goes is said three times: chosen, in the field, and on the button. */
export function Composer() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const to = console.messageTo.value;
  const sites = useDerived(() => meeting.sitesInOrder.value.map(({ site, name }) => ({ site, name })), [meeting]);
  const field = useRef<HTMLInputElement>(null);
  const whom = to === TO_STAFF ? words.messages.staff : to === TO_ALL_SITES ? words.messages.allSites(sites.length) : meeting.siteName(to).value;
  const written = to === TO_STAFF ? words.messages.staff : to === TO_ALL_SITES ? words.messages.toAll : whom;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (text !== "" && server.give(commandFor(to, text))) {
      (event.currentTarget as HTMLFormElement).reset();
      console.messageTo.value = TO_STAFF; // what goes to halls is chosen each time
    }
  };
  useEffect(() => field.current?.setCustomValidity(""), [to]);
  return (
    <form class={classes(composer.composer, to !== TO_STAFF && css.outward)} onSubmit={submit} data-to={to}>
      <select aria-label={words.messages.to} value={to}
        onChange={(event) => { console.messageTo.value = event.currentTarget.value; }}>
        <option value={TO_STAFF}>{words.messages.staff}</option>
        <option value={TO_ALL_SITES}>{words.messages.allSites(sites.length)}</option>
        {sites.map(({ site, name }) => <option key={site} value={site}>{name}</option>)}
      </select>
      <input id="message-text" ref={field} maxLength={500} required autocomplete="off" placeholder={to === TO_STAFF ? written : `${words.messages.write} ${written}`} />
      <button type="submit" class={button.button} title={`${words.messages.send}: ${whom}`}>
        {to === TO_STAFF ? words.messages.sendInside : to === TO_ALL_SITES ? words.messages.sendAll : words.messages.send}</button>
    </form>
  );
}
