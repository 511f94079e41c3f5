// Messages between the centre and the sites, and who has read them.
import type { Command, SiteId, WireMessageReaders, WireMessageView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { TO_ALL_SITES, TO_STAFF } from "../../state/console";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import composer from "../../ui/composer.module.css";
import css from "./feed.module.css";

/** Of what the centre wrote to sites: how many have read it, and the first who have not; a press says that one was told by telephone. */
function Readers({ message, readers }: { message: WireMessageView; readers: WireMessageReaders }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const { message: number, acknowledge } = message;
  const counted = acknowledge ? words.messages.acknowledged(readers.read, readers.of) : words.messages.readBy(readers.read, readers.of);
  const left = readers.of - readers.read - readers.missing.length;
  return (
    <small class={css.readers} data-readers={`${readers.read}/${readers.of}`} data-complete={readers.read === readers.of ? true : undefined}>
      {counted}{readers.missing.length === 0 ? null : <>{words.messages.missing}{readers.missing.map((site) => (
        <button key={site} type="button" class={button.link} data-missing={site} title={words.messages.toldBy} disabled={!server.mayCommand("message.read") || number === undefined}
          onClick={() => { if (number !== undefined) { server.give({ name: "message.read", args: { message: number, site } }); } }}>{meeting.siteName(site).value}</button>
      ))}{left > 0 ? words.messages.more(left) : ""}</>}
    </small>
  );
}

/** Of what a site wrote: by whom it was read, or the press that says so. */
function ReadHere({ message }: { message: WireMessageView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const { message: number, read_by, read_wall } = message;
  if (read_by) {
    return <small class={css.readers} data-read>{words.messages.readHere(read_by.account ?? words.role[read_by.role], read_wall === undefined ? "" : meeting.exactTimeOf(read_wall))}</small>;
  }
  return number === undefined || !server.mayCommand("message.read") ? null : (
    <button type="button" class={button.link} data-read-message={number} onClick={() => server.give({ name: "message.read", args: { message: number } })}>
      {words.messages.markRead}</button>
  );
}

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
      <span><b>{sender}</b> {message.text}
        {message.readers ? <Readers message={message} readers={message.readers} /> : null}
        {role === "site" ? <ReadHere message={message} /> : null}</span>
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
      {[...messages].reverse().map((message) => <MessageRow key={message.message ?? `${message.at} ${message.by.site ?? ""}`} message={message} />)}
      {messages.length === 0 ? <li class="empty">{words.messages.empty}</li> : null}
    </ol>
  );
}

function commandFor(to: SiteId, text: string, acknowledge: boolean): Command {
  const asks = acknowledge ? { acknowledge } : {};
  switch (to) {
    case TO_STAFF:
      return { name: "message.send", args: { text, audience: "staff" } };
    case TO_ALL_SITES:
      return { name: "message.send", args: { text, ...asks } };
    default:
      return { name: "message.send", args: { text, site: to, ...asks } };
  }
}

/** Ready phrases of the plan, or the board's own: sent by one press, or Alt and its number. */
function Phrases({ phrases, send }: { phrases: readonly string[]; send: (text: string) => void }) {
  const words = useWords();
  return (
    <div class={css.phrases} role="group" aria-label={words.messages.phrasesHeading}>
      {phrases.map((text, place) => (
        <button key={text} type="button" class={css.kind} data-phrase={place + 1} aria-keyshortcuts={`Alt+${place + 1}`} title={`Alt+${place + 1}`}
          onClick={() => send(text)}>{text}</button>
      ))}
    </div>
  );
}

/** Where it goes is said three times: chosen, in the field, and on the button. */
export function Composer() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const to = console.messageTo.value;
  const sites = useDerived(() => meeting.sitesInOrder.value.map(({ site, name }) => ({ site, name })), [meeting]);
  const planned = useDerived(() => meeting.model.value.meeting.phrases?.to_sites ?? [], [meeting]);
  const phrases = planned.length > 0 ? planned : words.messages.phrases;
  const field = useRef<HTMLInputElement>(null);
  const asks = useRef<HTMLInputElement>(null);
  const whom = to === TO_STAFF ? words.messages.staff : to === TO_ALL_SITES ? words.messages.allSites(sites.length) : meeting.siteName(to).value;
  const written = to === TO_STAFF ? words.messages.staff : to === TO_ALL_SITES ? words.messages.toAll : whom;
  const send = (text: string): void => {
    if (text !== "" && server.give(commandFor(to, text, asks.current?.checked ?? false))) {
      field.current?.form?.reset();
      console.messageTo.value = TO_STAFF; // what goes to halls is chosen each time
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send(field.current?.value.trim() ?? "");
  };
  const press = (event: KeyboardEvent): void => {
    const phrase = event.altKey && to !== TO_STAFF ? phrases[Number.parseInt(event.code.replace("Digit", ""), 10) - 1] : undefined;
    if (phrase !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      send(phrase);
    }
  };
  useEffect(() => field.current?.setCustomValidity(""), [to]);
  return (
    <form class={classes(composer.composer, to !== TO_STAFF && css.outward)} onSubmit={submit} onKeyDown={press} data-to={to}>
      <select aria-label={words.messages.to} value={to}
        onChange={(event) => { console.messageTo.value = event.currentTarget.value; }}>
        <option value={TO_STAFF}>{words.messages.staff}</option>
        <option value={TO_ALL_SITES}>{words.messages.allSites(sites.length)}</option>
        {sites.map(({ site, name }) => <option key={site} value={site}>{name}</option>)}
      </select>
      {to === TO_STAFF ? null : <>
        <Phrases phrases={phrases} send={send} />
        <label class={css.asks}><input ref={asks} type="checkbox" data-acknowledge /> {words.messages.wantsAnswer}</label>
      </>}
      <input id="message-text" ref={field} maxLength={500} required autocomplete="off" placeholder={to === TO_STAFF ? written : `${words.messages.write} ${written}`} />
      <button type="submit" class={button.button} title={`${words.messages.send}: ${whom}`}>
        {to === TO_STAFF ? words.messages.sendInside : to === TO_ALL_SITES ? words.messages.sendAll : words.messages.send}</button>
    </form>
  );
}
