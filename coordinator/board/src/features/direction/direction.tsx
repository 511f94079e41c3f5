// Who directs, and how that is handed over: by an offer that somebody accepts, or from who is gone.
import type { Command } from "@protocol";
import { useRef } from "preact/hooks";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import panel from "../../ui/panel.module.css";
import css from "./direction.module.css";

const NOTE_MAX = 300;

function Give({ text, command, primary, name }: { text: string; command: Command; primary?: boolean; name: string }) {
  const { server } = useStore();
  return <button type="button" class={classes(button.button, primary && button.primary)} data-direction={name} disabled={!server.live.value}
    onClick={() => server.give(command)}>{text}</button>;
}

/** Others who could direct: operators that are on. */
function useOthers(): readonly string[] {
  const { server } = useStore();
  return useDerived(() => (server.present.value?.people ?? [])
    .filter((one) => one.role === "operator" && one.account !== server.session.value?.account).map((one) => one.account), [server]);
}

function OfferForm() {
  const words = useWords();
  const { server } = useStore();
  const others = useOthers();
  const to = useRef<HTMLSelectElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = note.current?.value.trim() ?? "";
    const account = to.current?.value ?? "";
    if (account !== "") {
      server.give({ name: "direction.offer", args: { to: account, ...(text === "" ? {} : { note: text }) } });
    }
  };
  return others.length === 0 ? <p class="dim">{words.direction.nobodyElse}</p> : (
    <form class={css.form} data-offer onSubmit={submit}>
      <select ref={to} aria-label={words.direction.to}>{others.map((one) => <option key={one} value={one}>{one}</option>)}</select>
      <input ref={note} maxLength={NOTE_MAX} autocomplete="off" aria-label={words.direction.note} placeholder={words.direction.note} data-keys="own" />
      <button type="submit" class={button.button}>{words.direction.offer}</button>
    </form>
  );
}

/** Nobody directs, or whoever does is gone: then why is said. */
function TakeForm({ gone }: { gone: boolean }) {
  const words = useWords();
  const { server } = useStore();
  const reason = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = reason.current?.value.trim() ?? "";
    if (text !== "" || !gone) {
      server.give({ name: "direction.take", args: text === "" ? {} : { reason: text } });
    }
  };
  return (
    <form class={css.form} data-take onSubmit={submit}>
      <input ref={reason} maxLength={NOTE_MAX} required={gone} autocomplete="off" aria-label={words.direction.reason} placeholder={words.direction.reason} data-keys="own" />
      <button type="submit" class={button.button}>{words.direction.take}</button>
    </form>
  );
}

/** What this account can do about the direction now. */
function Steps() {
  const words = useWords();
  const { meeting, server } = useStore();
  const { account, link, offer } = meeting.direction.value;
  const own = server.session.value?.account;
  if (!server.mayCommand("direction.take")) {
    return null;
  }
  if (offer && offer.to === own) {
    return (
      <div class={panel.buttons}>
        <Give name="accept" text={words.direction.accept} primary command={{ name: "direction.accept", args: { offer: offer.offer } }} />
        <Give name="decline" text={words.direction.decline} command={{ name: "direction.decline", args: { offer: offer.offer } }} />
      </div>
    );
  }
  if (account !== undefined && account === own) {
    return offer ? <div class={panel.buttons}><Give name="withdraw" text={words.direction.withdraw} command={{ name: "direction.withdraw", args: { offer: offer.offer } }} /></div> : <OfferForm />;
  }
  return account === undefined || link === "lost" ? <TakeForm gone={account !== undefined} /> : null;
}

/** In the box of who is on. */
export function Direction() {
  const words = useWords();
  const { meeting, server } = useStore();
  const { account, since, link, offer } = meeting.direction.value;
  return !server.maySee("direction.taken") ? null : (
    <section class={css.direction} data-directs={account}>
      <p>{account === undefined || since === undefined ? words.direction.nobody : words.direction.directs(account, meeting.exactTimeOf(since))}
        {link === "lost" ? <b class="warn"> {words.direction.gone}</b> : null}</p>
      {offer ? <p>{words.direction.offered(offer.to)}{offer.note === undefined ? "" : `: ${offer.note}`}</p> : null}
      <Steps />
    </section>
  );
}

/** Before everybody's eyes where somebody has to do something: an offer stands, or whoever directs is gone. */
export function HandOver() {
  const words = useWords();
  const { meeting, server } = useStore();
  const { account, link, offer } = meeting.direction.value;
  const lost = link === "lost" && meeting.state.value !== "closed";
  return !server.maySee("direction.taken") || (!offer && !lost) ? null : (
    <section class={classes(panel.panel, css.banner)} id="panel-direction" tabIndex={-1} aria-label={words.direction.heading} role="status" data-lost={lost ? true : undefined}>
      <header><h2><Icon name={lost ? "lost" : "take"} />{words.direction.heading}</h2></header>
      {lost ? <p class="warn">{words.direction.lost(account ?? "")}</p> : null}
      {offer ? <p>{words.direction.offers(account ?? "", offer.to)}{offer.note === undefined ? "" : `: ${offer.note}`}</p> : null}
      <Steps />
    </section>
  );
}
