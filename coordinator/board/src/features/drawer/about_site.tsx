// Where a site is, who presides there, whom to ring, what it owes; and putting that right.
import type { WireSiteView } from "@protocol";
import { useState } from "preact/hooks";
import { day } from "../../domain/format";
import { documentsOf, editOf } from "../../domain/roster";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { formText } from "../../ui/form_text";
import css from "./drawer.module.css";

/** Whom to ring: the first thing to know of a site that does not answer. */
export function Contact({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { server } = useStore();
  return server.maySee("site.contact_given")
    ? <p class={css.contact} data-contact><Icon name="phone" /><span>{words.site.contact}: <b>{site.contact ?? words.site.notKnown}</b></span></p>
    : null;
}

export function Owed({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting } = useStore();
  const owed = useDerived(() => documentsOf(meeting.model.value, site), [meeting, site]);
  return owed.length === 0 ? null : (
    <section><h3>{words.site.owed}</h3>
      <ul class={css.owed}>{owed.map((one) => (
        <li key={one.document}><span>{one.title}{one.unit === undefined ? "" : ` – ${one.unit}`}</span>
          {one.due === undefined ? null : <small>{words.site.due(day(one.due, words.language))}</small>}</li>
      ))}</ul>
    </section>
  );
}

interface FieldProps { readonly name: string; readonly label: string; readonly value: string | undefined; readonly max: number; readonly required?: boolean; readonly type?: "date" | "text" }

function Field({ name, label, value, max, required, type }: FieldProps) {
  return <label>{label}<input name={name} type={type ?? "text"} maxLength={max} required={required ?? false} autocomplete="off" defaultValue={value ?? ""} /></label>;
}

function Form({ site, close }: { site: WireSiteView; close: () => void }) {
  const words = useWords();
  const { server } = useStore();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const command = editOf(site, {
      name: formText(form, "name"), short_code: formText(form, "short_code").toUpperCase(), region: formText(form, "region"),
      venue: formText(form, "venue"), chair: formText(form, "chair"), contact: formText(form, "contact"),
      documents_due: formText(form, "documents_due"), has_content: formText(form, "has_content") !== "",
    });
    if (command === undefined || server.give(command)) {
      close();
    }
  };
  return (
    <form class={css.edit} onSubmit={submit} data-edit onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}>
      <Field name="name" label={words.site.name} value={site.name} max={120} required />
      <Field name="short_code" label={words.site.code} value={site.short_code} max={8} required />
      <Field name="region" label={words.site.region} value={site.region} max={80} required />
      <Field name="venue" label={words.site.venue} value={site.venue} max={200} />
      <Field name="chair" label={words.site.chair} value={site.chair} max={200} />
      <Field name="contact" label={words.site.contact} value={site.contact} max={200} />
      <Field name="documents_due" label={words.site.documentsDue} value={site.documents_due} max={10} type="date" />
      <label class={css.check}><input name="has_content" type="checkbox" defaultChecked={site.has_content} />{words.sites.hasContent}</label>
      <div class={css.answers}>
        <button type="submit" class={button.button}><Icon name="check" />{words.site.save}</button>
        <button type="button" class={button.button} onClick={close}>{words.confirm.no}</button>
      </div>
    </form>
  );
}

export function AboutSite({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { server } = useStore();
  const [editing, edit] = useState(false);
  if (editing) {
    return <section><h3>{words.site.edit}</h3><Form site={site} close={() => edit(false)} /></section>;
  }
  const known: [string, string | undefined][] = [[words.site.venue, site.venue], [words.site.chair, site.chair]];
  return (
    <section>
      <dl class={css.about}>{known.map(([name, value]) => value === undefined ? null : <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {server.mayCommand("site.edit")
        ? <button type="button" class={button.button} data-begin-edit onClick={() => edit(true)}><Icon name="pencil" /><span class={button.label}>{words.site.edit}</span></button> : null}
    </section>
  );
}

/** What is hard to take back: asked once more. */
export function RosterActions({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const upcoming = useDerived(() => [...meeting.model.value.turns.values()]
    .filter((turn) => turn.site === site.site && (turn.state === "waiting" || turn.state === "cued" || turn.state === "interrupted")).length, [meeting, site.site]);
  if (site.kind === "main" || meeting.state.value === "closed" || !server.mayCommand("site.remove")) {
    return null;
  }
  const live = server.live.value;
  const ask = (what: string, detail: string, name: "site.remove" | "site.make_main"): void =>
    console.ask(`${what}: ${site.name}`, detail, () => void server.give({ name, args: { site: site.site } }));
  return (
    <div class={classes(css.actions, css.long)}>
      <button type="button" class={button.button} disabled={!live || site.barred} data-make-main
        onClick={() => ask(words.site.makeMain, words.site.makeMainDetail, "site.make_main")}>
        <Icon name="home" /><span class={button.label}>{words.site.makeMain}</span></button>
      <button type="button" class={button.button} disabled={!live || site.tally === "on_air"} data-remove
        onClick={() => ask(words.site.remove, words.site.removeDetail(upcoming), "site.remove")}>
        <Icon name="close" /><span class={button.label}>{words.site.remove}</span></button>
    </div>
  );
}
