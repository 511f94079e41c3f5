// What a technician should do something about. New ones are read out.
import type { SiteId, WireAlarmView, WireCertificate, WireGuessedAccount } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { isPendingArea } from "../../domain/pending";
import { documentsOf, isToRing } from "../../domain/roster";
import { acknowledgeAll, alarmsInOrder, alarmsOpen, sitesOwing } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, type Store, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import composer from "../../ui/composer.module.css";
import panel from "../../ui/panel.module.css";
import css from "./alarms.module.css";

/** So many are named; who else, the tiles and details of the sites say. */
const NAMED_MAX = 3;

function whoseSites({ meeting }: Store, alarm: WireAlarmView): readonly SiteId[] {
  if (alarm.kind === "document_late") {
    return sitesOwing(meeting.model.value, meeting.today.value).map((one) => one.site);
  }
  return alarm.site === undefined ? [] : [alarm.site];
}

const NONE: readonly WireAlarmView[] = [];

/** How many of its kind wait with it, said at the first of them alone. */
function alikeOf(alarms: readonly WireAlarmView[], index: number): readonly WireAlarmView[] {
  const kind = alarms[index]?.kind;
  return kind === undefined || alarms.findIndex((one) => one.kind === kind) !== index ? NONE : alarmsOpen(alarms, kind);
}

/** Many of one kind are seen to at once. */
function AllButton({ alike, first, disabled }: { alike: readonly WireAlarmView[]; first: boolean; disabled: boolean }) {
  const words = useWords();
  const { server } = useStore();
  const command = acknowledgeAll(alike);
  return command === undefined ? null : (
    <button type="button" class={classes(button.button, button.compact, css.all)} disabled={disabled} title={words.actions.acknowledge_all}
      onClick={() => server.give(command)}><Icon name="check" /><span class={button.label}>{words.alarms.all(alike.length)}</span>
      {first ? <kbd>⇧A</kbd> : null}</button>
  );
}

/** Whom to ring, where somebody at the site has to do something. */
function Ring({ alarm }: { alarm: WireAlarmView }) {
  const words = useWords();
  const { meeting } = useStore();
  const contact = alarm.site === undefined || !isToRing(alarm.kind) ? undefined : meeting.site(alarm.site).value?.contact;
  return contact === undefined ? null : <small class={css.ring} data-ring><Icon name="phone" label={words.site.contact} />{contact}</small>;
}

/** What the first of those who are late owe. */
function Late({ sites }: { sites: readonly SiteId[] }) {
  const { meeting } = useStore();
  const titles = useDerived(() => {
    const model = meeting.model.value;
    const found = sites.slice(0, NAMED_MAX).flatMap((id) => {
      const site = model.sites.get(id);
      return site ? documentsOf(model, site).map((one) => one.title) : [];
    });
    return [...new Set(found)].slice(0, NAMED_MAX).join(" · ");
  }, [meeting, sites]);
  return titles === "" ? null : <small class={css.ring} data-owed><Icon name="log" />{titles}</small>;
}

function SiteLink({ site }: { site: SiteId }) {
  const { console, meeting } = useStore();
  return <button type="button" class={classes(button.link, css.site)} onClick={() => console.openSite(site)}>{meeting.siteName(site).value}</button>;
}

/** What was done about it, for the technical record. */
function NoteForm({ alarm, close }: { alarm: WireAlarmView; close: () => void }) {
  const words = useWords();
  const { server } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const note = field.current?.value.trim() ?? "";
    if (note !== "" && server.give({ name: "alarm.note", args: { alarm: alarm.alarm, text: note } })) {
      close();
    }
  };
  useEffect(() => field.current?.focus(), [alarm.alarm]);
  return (
    <form class={composer.composer} onSubmit={submit} onKeyDown={(event) => { if (event.key === "Escape" && !event.isComposing) { close(); } }}>
      <input ref={field} name="note" maxLength={300} required autocomplete="off" placeholder={words.alarms.note} aria-label={words.alarms.note} />
      <button type="submit" class={button.button}>{words.messages.send}</button>
    </form>
  );
}

function NoteButton({ open }: { open: () => void }) {
  const label = useWords().alarms.note;
  return <button type="button" class={button.link} data-note-alarm title={label} aria-label={label} onClick={open}><Icon name="log" /></button>;
}

interface AlarmRowProps { readonly alarm: WireAlarmView; readonly alike: readonly WireAlarmView[]; readonly first: boolean }

function AlarmRow({ alarm, alike, first }: AlarmRowProps) {
  const words = useWords();
  const store = useStore();
  const { meeting, server } = store;
  const pending = useDerived(() => isPendingArea(server.commands.pending.value, "alarm.acknowledge"), [server]);
  const disabled = pending || !server.live.value;
  const mayAcknowledge = server.mayCommand("alarm.acknowledge");
  const mayNote = alarm.acknowledged && server.mayCommand("alarm.note");
  const [noting, note] = useState(false);
  const sites = useDerived(() => whoseSites(store, alarm), [store, alarm]);
  const name = alarm.site === undefined ? "" : meeting.siteName(alarm.site).value;
  return (
    <li class={css.alarm} data-acknowledged={alarm.acknowledged ? true : undefined} data-alarm={alarm.kind}>
      <Icon name={alarm.acknowledged ? "check" : "alarm"} />
      <span class={css.what}><b>{words.alarm[alarm.kind]}</b>
        {sites.slice(0, NAMED_MAX).map((site) =>
          <SiteLink key={site} site={site} />)}
        {sites.length > NAMED_MAX ? <small>+{sites.length - NAMED_MAX}</small> : null}
        <Ring alarm={alarm} />
        {alarm.kind === "document_late" ? <Late sites={sites} /> : null}
        {alike.length > 1 && mayAcknowledge ? <AllButton alike={alike} first={first} disabled={disabled} /> : null}
        {noting ? <NoteForm alarm={alarm} close={() => note(false)} /> : null}</span>
      <time>{meeting.exactTimeOf(alarm.wall)}</time>
      {alarm.acknowledged || !mayAcknowledge
        ? <small>{alarm.acknowledged ? words.alarms.acknowledged : ""}
          {mayNote && !noting ? <NoteButton open={() => note(true)} /> : null}</small>
        : <button type="button" class={classes(button.button, button.compact)} disabled={disabled}
          title={words.actions.acknowledge_alarm} aria-label={`${words.actions.acknowledge_alarm}: ${words.alarm[alarm.kind]} ${name}`}
          onClick={() => server.give({ name: "alarm.acknowledge", args: { alarm: alarm.alarm } })}>
          <Icon name="check" />{first ? <kbd>A</kbd> : null}</button>}
    </li>
  );
}

/** Not the meeting's: it goes when nobody guesses any more, and is noted on this board alone. */
function GuessingRow({ guessed, noted }: { guessed: WireGuessedAccount; noted: boolean }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const what = words.alarms.guessed(guessed.account, guessed.attempts, guessed.addresses);
  return (
    <li class={css.alarm} data-acknowledged={noted ? true : undefined} data-alarm="password_guessing">
      <Icon name={noted ? "check" : "alarm"} />
      <span class={css.what}><b>{words.alarms.guessing}</b>{what}</span>
      <time>{meeting.exactTimeOf(guessed.wall)}</time>
      {noted
        ? <small>{words.alarms.acknowledged}</small>
        : <button type="button" class={classes(button.button, button.compact)} title={words.actions.acknowledge_alarm}
          aria-label={`${words.actions.acknowledge_alarm}: ${words.alarms.guessing} ${guessed.account ?? ""}`}
          onClick={() => server.noteGuessing(guessed.account ?? "")}><Icon name="check" /></button>}
    </li>
  );
}

/** Calm: days are left, and nothing of the meeting waits for it. */
function CertificateRow({ told }: { told: WireCertificate }) {
  const words = useWords();
  const day = new Date(told.bound).toLocaleDateString(words.language, { day: "numeric", month: "numeric", year: "numeric" });
  return (
    <li class={css.alarm} data-acknowledged data-alarm="certificate">
      <Icon name="alarm" />
      <span class={css.what}><b>{words.alarms.certificate}</b>{words.alarms.certificates(told.state, day, told.days)}</span>
    </li>
  );
}

export function Alarms() {
  const words = useWords();
  const { meeting, server } = useStore();
  const alarms = useDerived(() => alarmsInOrder(meeting.model.value), [meeting]);
  const guessed = server.guessing.value;
  const noted = server.guessingNoted.value;
  const certificate = server.certificate.value;
  const fresh = alarms.filter((alarm) => !alarm.acknowledged).length;
  const open = fresh + guessed.length - noted.size;
  return (
    <section class={classes(panel.panel, css.alarms)} data-open={open > 0 ? true : undefined} id="panel-alarms" tabIndex={-1} aria-label={words.alarms.heading}>
      <header><h2><Icon name="alarm" />{words.alarms.heading}</h2>
        <span class={open > 0 ? classes(chip.chip, chip.bad) : "dim"} role="status">{open > 0 ? words.alarms.open(open) : words.alarms.none}</span></header>
      <ul aria-live="assertive" aria-relevant="additions">
        {alarms.slice(0, fresh).map((alarm, index) =>
          <AlarmRow key={alarm.alarm} alarm={alarm} alike={alikeOf(alarms, index)} first={index === 0} />)}
        {guessed.map((one) => <GuessingRow key={one.account ?? ""} guessed={one} noted={noted.has(one.account ?? "")} />)}
        {certificate === undefined ? null : <CertificateRow told={certificate} />}
        {alarms.slice(fresh).map((alarm) => <AlarmRow key={alarm.alarm} alarm={alarm} alike={NONE} first={false} />)}
      </ul>
    </section>
  );
}
