// Messages between the centre and the sites.
import type { WireMessageView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import composer from "../../ui/composer.module.css";
import css from "./feed.module.css";

function MessageRow({ message }: { message: WireMessageView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const { role, site } = message.by;
  const nameOf = (id: string | undefined): string => id === undefined ? "" : meeting.siteName(id).value;
  const sender = role === "site" ? nameOf(site)
    : `${words.messages.centre} → ${message.site === undefined ? words.messages.toAll : nameOf(message.site)}`;
  return (
    <li class={role === "site" ? css.fromSite : undefined} data-from={role}>
      <time>{meeting.exactTimeOf(message.wall)}</time>
      <span><b>{sender}</b> {message.text}</span>
      {role === "site" && server.mayCommand("message.send")
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

export function Composer() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const to = console.messageTo.value;
  const sites = useDerived(() => meeting.sitesInOrder.value.map(({ site, name }) => ({ site, name })), [meeting]);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (text !== "" && server.give({ name: "message.send", args: to === undefined ? { text } : { text, site: to } })) {
      (event.currentTarget as HTMLFormElement).reset();
    }
  };
  useEffect(() => field.current?.setCustomValidity(""), [to]);
  return (
    <form class={composer.composer} onSubmit={submit}>
      <select aria-label={words.messages.to} value={to ?? ""}
        onChange={(event) => { console.messageTo.value = event.currentTarget.value === "" ? undefined : event.currentTarget.value; }}>
        <option value="">{words.messages.toAll}</option>
        {sites.map(({ site, name }) => <option key={site} value={site}>{name}</option>)}
      </select>
      <input id="message-text" ref={field} maxLength={500} required autocomplete="off"
        placeholder={`${words.messages.write} ${to === undefined ? words.messages.toAll : meeting.siteName(to).value}`} />
      <button type="submit" class={button.button}>{words.messages.send}</button>
    </form>
  );
}
