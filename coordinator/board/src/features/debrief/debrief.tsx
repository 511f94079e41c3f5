// After the closing: halls are dark, technicians and operators talk and note what happened, until an operator ends it.
import type { AlarmId } from "@protocol";
import { useRef } from "preact/hooks";
import { eventText } from "../../domain/event_text";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import panel from "../../ui/panel.module.css";
import css from "./debrief.module.css";

const TEXT_MAX = 500;

interface Incident { readonly alarm: AlarmId; readonly text: string }

/** As the log has them, the latest first: what was raised in this meeting. */
function useIncidents(): readonly Incident[] {
  const words = useWords();
  const { meeting, server } = useStore();
  return useDerived(() => [...server.log.value].reverse().flatMap((event) => event.name === "alarm.raised"
    ? [{ alarm: event.data.alarm, text: `${meeting.timeOf(event.wall)} ${eventText(meeting.model.value, event, words, [])}` }] : []), [meeting, server, words]);
}

function IncidentNote() {
  const words = useWords();
  const { server } = useStore();
  const incidents = useIncidents();
  const chosen = useRef<HTMLSelectElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const alarm = Number(chosen.current?.value), text = field.current?.value.trim() ?? "";
    if (text !== "" && alarm > 0 && server.give({ name: "alarm.note", args: { alarm, text } })) {
      (event.currentTarget as HTMLFormElement).reset();
    }
  };
  return incidents.length === 0 ? <p class="dim">{words.debrief.noIncidents}</p> : (
    <form class={css.form} data-incident-note onSubmit={submit}>
      <select ref={chosen} aria-label={words.debrief.incident}>{incidents.map(({ alarm, text }) => <option key={alarm} value={alarm}>{text}</option>)}</select>
      <input ref={field} maxLength={TEXT_MAX} required autocomplete="off" aria-label={words.debrief.note} placeholder={words.debrief.note} data-keys="own" />
      <button type="submit" class={button.button}>{words.debrief.save}</button>
    </form>
  );
}

/** Who talks with whom. */
function Talk() {
  const words = useWords();
  const { meeting } = useStore();
  const talkback = meeting.microphones.value.talkback;
  const name = talkback?.site === undefined ? "" : ` ${meeting.siteName(talkback.site).value}`;
  return <p data-talkback={talkback ? "open" : "none"}>{talkback === undefined ? words.debrief.silent
    : `${talkback.private ? words.talkback.private : talkback.site === undefined ? words.talkback.toAll : words.talkback.called}${name}`}</p>;
}

export function Debrief() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  if (meeting.info.value.debrief !== true || !server.maySee("talkback.opened")) {
    return null;
  }
  const end = (): void => console.ask(words.debrief.end, words.debrief.endDetail, () => void server.give({ name: "debrief.end", args: {} }));
  return (
    <section class={classes(panel.panel, css.debrief)} id="panel-debrief" tabIndex={-1} aria-label={words.debrief.heading}>
      <header><h2><Icon name="mic" />{words.debrief.heading}</h2></header>
      <p>{words.debrief.what}</p>
      <Talk />
      {server.mayCommand("alarm.note") ? <IncidentNote /> : null}
      <div class={panel.buttons}>
        <ActionButton id="talk_to_all" icon="mic" />
        <ActionButton id="end_talkback" icon="stop" tone="warn" />
        {server.mayCommand("debrief.end") ? <button type="button" class={classes(button.button, button.careful)} data-debrief-end onClick={end}>{words.debrief.end}</button> : null}
      </div>
    </section>
  );
}
