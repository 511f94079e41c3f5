// Everything about one site, and what can be done for it.
import type { ReadinessStep, WireSiteView } from "@protocol";
import { useLayoutEffect, useRef } from "preact/hooks";
import { mayTalk } from "../../domain/actions";
import { day, elapsed } from "../../domain/format";
import { lineRows } from "../../domain/line_text";
import { siteStatus } from "../../domain/site_status";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { Thumbnail } from "../../ui/thumbnail";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { formText } from "../../ui/form_text";
import { AboutSite, Contact, Owed, RosterActions } from "./about_site";
import { Checklist, Post } from "./checklist";
import css from "./drawer.module.css";
import { GiveButton } from "./give_button";
import { Registration } from "./registration";

const STEPS: readonly ReadinessStep[] = ["registered", "documents_in", "line_tested", "checklist", "roll_called", "seated"];

function Figures({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const media = words.mediaState[site.media];
  const unmeasured = meeting.unmeasured.value;
  const told = server.figures(site.site).value;
  const rows: [string, string][] = [
    [words.site.link, words.linkState[site.link]],
    [words.site.media, unmeasured === undefined ? media : words.site.unmeasured(unmeasured, media)],
    [words.site.tally, words.tally[site.tally]],
    [words.site.spoken, elapsed(site.spoken)],
    [words.site.roundTrip, told?.round_trip === undefined ? "–" : `${told.round_trip} ms`],
    [words.site.loss, told?.loss_permille === undefined ? "–" : `${(told.loss_permille / 10).toFixed(1)} %`],
    [words.site.rate, told?.bits_per_second === undefined ? "–" : `${Math.round(told.bits_per_second / 1000)} kbit/s`],
    [words.sites.level, told === undefined ? "–" : `${told.level_dbfs} dBFS`],
    [words.site.converged, told?.converged === undefined ? "–" : told.converged ? words.site.yes : words.site.no],
    [words.site.address, site.address ?? "–"],
  ];
  return <dl class={css.figures}>{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

/** By when, and whether that is over. */
function Due({ site, step }: { site: WireSiteView; step: ReadinessStep }) {
  const words = useWords();
  const { meeting } = useStore();
  const due = useDerived(() => meeting.model.value.ledger.steps.find((one) => one.step === step)?.due, [meeting, step]);
  const by = step === "documents_in" && site.documents_due !== undefined ? words.site.due(day(site.documents_due, words.language))
    : due === undefined ? undefined : words.preparation.by(meeting.timeOf(due));
  return by === undefined ? null : <small data-late={site.late?.includes(step) ? true : undefined}>{by}</small>;
}

function Readiness({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  return (
    <section><h3>{words.site.readiness}</h3>
      <Post site={site} />
      <ul class={css.steps}>{STEPS.map((step) => {
        const done = site.steps.find((one) => one.step === step);
        return (
          <li key={step} data-done={done ? true : undefined}>
            <Icon name={done ? "check" : "absent"} />
            <span><b>{words.step[step]}</b>
              {done ? <small>{meeting.timeOf(time.wallOf(done.at))} · {done.by.account ?? words.role[done.by.role]}
                {done.evidence === undefined ? "" : ` · ${done.evidence}`}</small> : null}
              {done ? null : <Due site={site} step={step} />}</span>
            <GiveButton icon={done ? "undo" : "check"} text={done ? words.site.unsign : words.site.sign}
              command={{ name: "site.sign", args: { site: site.site, step, done: !done } }} tone="compact" />
          </li>
        );
      })}</ul>
    </section>
  );
}

/** What the line test found here, beside the one before. */
function Line({ site }: { site: WireSiteView }) {
  const words = useWords();
  const line = site.line;
  if (!line) {
    return null;
  }
  const before = new Map(line.before ? lineRows(line.before, words) : []);
  const rows = line.figures ? lineRows(line.figures, words) : [];
  const heard = line.heard === undefined ? "–" : line.heard ? words.lineTest.heard : words.lineTest.unheard;
  return (
    <section data-line={line.passed ? "passed" : "open"}><h3>{words.lineTest.heading}</h3>
      <p class={line.passed ? "good" : "warn"}>{line.passed ? words.lineTest.passed : line.findings.map((one) => words.lineFinding[one]).join(", ")}</p>
      <dl class={css.figures}>
        {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}
          {before.has(name) ? <small class="dim"> ({words.lineTest.before}: {before.get(name)})</small> : null}</dd></div>)}
        <div><dt>{words.lineTest.loudspeaker}</dt><dd>{heard}</dd></div>
      </dl>
    </section>
  );
}

function SiteActions({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const id = site.site;
  const shown = meeting.scene.value.content === id;
  return (
    <div class={css.actions}>
      {meeting.asked.value.ready?.open === true && site.ready === "asked"
        ? <GiveButton icon="check" text={words.ready.answerFor} command={{ name: "ready.answer", args: { site: id } }} /> : null}
      {mayTalk(meeting.model.value) && site.kind !== "main" ? <>
        <GiveButton icon="mic" text={words.talkback.call} command={meeting.state.value === "assembling" ? { name: "roll.call", args: { site: id } } : { name: "talkback.open", args: { site: id } }} />
        <GiveButton icon="person" text={words.talkback.callPrivately} command={{ name: "talkback.open", args: { site: id, private: true } }} />
      </> : null}
      <GiveButton icon={site.locked ? "mic" : "locked"} text={site.locked ? words.site.unlock : words.site.lock}
        command={{ name: "mic.lock", args: { site: id, locked: !site.locked } }} />
      <GiveButton icon="bar" text={site.barred ? words.site.unbar : words.site.bar} tone={site.barred ? "warn" : "careful"}
        command={{ name: "site.bar", args: { site: id, barred: !site.barred } }} />
      {site.spare ? <GiveButton icon="spare" text={words.site.promote} tone="warn" command={{ name: "site.promote", args: { site: id } }} /> : null}
      {site.has_content ? <GiveButton icon="content" text={shown ? words.site.hideContent : words.site.showContent}
        command={{ name: "content.show", args: { site: id, shown: !shown } }} /> : null}
      <GiveButton icon="screen" text={words.site.showCamera}
        command={{ name: "scene.override", args: { layout: "solo", panes: [{ site: id, source: "camera" }] } }} />
      {server.mayCommand("message.send")
        ? <button type="button" class={button.button} onClick={() => console.writeTo(id)}><Icon name="message" /><span class={button.label}>{words.site.message}</span></button>
        : null}
    </div>
  );
}

function AddTurn({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const list = meeting.shownItem.value?.lists[0];
  if (list === undefined || !server.mayCommand("turn.add")) {
    return null;
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const speaker = formText(form, "speaker").trim();
    server.give({ name: "turn.add", args: {
      list, site: site.site, unit: formText(form, "unit"), ...(speaker === "" ? {} : { speaker }), topic: "", origin: "operator",
      allowance: Math.round(Number(formText(form, "minutes")) * 60_000),
    } });
  };
  return (
    <section><h3>{words.site.addTurn}</h3>
      <form class={css.addTurn} onSubmit={submit}>
        <label>{words.site.addTurnUnit}<input name="unit" required maxLength={200} defaultValue={site.name} key={site.site} /></label>
        <label>{words.site.addTurnMinutes}<input name="minutes" type="number" min="1" max="120" defaultValue="5" required /></label>
        <label class={css.wide}>{words.edit.speaker}<input name="speaker" maxLength={120} autocomplete="off" key={site.site} /></label>
        <button type="submit" class={button.button}><Icon name="plus" />{words.site.addTurn}</button>
      </form>
    </section>
  );
}

function SiteSigns({ site }: { site: WireSiteView }) {
  const words = useWords();
  if (site.signs.length === 0) {
    return null;
  }
  return (
    <section><h3>{words.site.signs}</h3>
      <ul class={css.signs}>{site.signs.map((sign) => <li key={sign}><Icon name="alarm" />{words.signName[sign]}</li>)}</ul>
    </section>
  );
}

export function Drawer({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { console, meeting } = useStore();
  const box = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  const status = siteStatus(site, meeting.state.value, meeting.unmeasured.value === undefined, words);
  useLayoutEffect(() => {
    before.current = document.activeElement;
    const byKey = before.current?.matches("[data-site]") === true; // Enter on a tile, pressed twice, gives nobody the floor
    (byKey ? box.current?.querySelector<HTMLElement>("[data-close]") : box.current)?.focus();
    return () => before.current instanceof HTMLElement && before.current.focus();
  }, []);
  return (
    <aside class={css.drawer} ref={box} tabIndex={-1} aria-label={`${words.site.details}: ${site.name}`} data-drawer={site.site} data-keys="own">
      <header>
        <div><h2>{site.name}</h2><p>{site.short_code} · {words.site.number} {site.number} · {site.region}</p></div>
        <button type="button" class={classes(button.button, button.quiet)} aria-label={words.close} data-close onClick={() => { console.drawerSite.value = undefined; }}><Icon name="close" /></button>
      </header>
      <div class={css.portrait} data-tone={status.tone}>
        <Thumbnail number={site.number} code={site.short_code} old={site.link !== "online"} />
        <span class={css.status}><Icon name={status.icon} />{status.text}</span>
      </div>
      <Contact site={site} />
      <SiteActions site={site} />
      <AboutSite site={site} />
      <Figures site={site} />
      <SiteSigns site={site} />
      <Readiness site={site} />
      <Registration site={site} />
      <Line site={site} />
      <Checklist site={site} />
      <Owed site={site} />
      <AddTurn site={site} />
      <RosterActions site={site} />
    </aside>
  );
}
