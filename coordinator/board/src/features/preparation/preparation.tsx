// Before the opening and after the closing: which sites are ready, what the others lack and whom to
// ring, and the tasks of the preparation.
import type { WireSiteView, WireTaskView } from "@protocol";
import { day } from "../../domain/format";
import { sitesUnready } from "../../domain/queries";
import { isPendingArea } from "../../domain/pending";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./preparation.module.css";

function Steps() {
  const words = useWords();
  const { meeting } = useStore();
  const ledger = useDerived(() => meeting.model.value.ledger, [meeting]);
  const { preparation } = meeting.info.value;
  return (
    <ul class={css.counts}>
      {preparation?.post_due === undefined ? null
        : <li data-whole={ledger.posted === ledger.expected ? true : undefined}>{words.preparation.posted} <b>{ledger.posted}/{ledger.expected}</b></li>}
      {ledger.steps.filter((one) => one.needed > 0).map((one) => (
        <li key={one.step} data-step={one.step} data-whole={one.done === one.needed ? true : undefined}>
          {words.step[one.step]} <b>{one.done}/{one.needed}</b>
          {one.due === undefined || one.done === one.needed ? null : <small>{words.preparation.by(meeting.timeOf(one.due))}</small>}
        </li>
      ))}
    </ul>
  );
}

/** One that is not ready: what it lacks, the late ones marked, and whom to ring. */
function Unready({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { console, server } = useStore();
  return (
    <li data-unready={site.site}>
      <button type="button" class={classes(button.link, css.site)} onClick={() => console.openSite(site.site)}>{site.name}</button>
      <span class={css.lacks}>{(site.missing ?? []).map((step) => (
        <span key={step} data-late={site.late?.includes(step) ? true : undefined}>{words.preparation.lacks[step]}</span>
      ))}</span>
      {site.contact !== undefined && server.maySee("site.contact_given") ? <small><Icon name="phone" label={words.site.contact} />{site.contact}</small> : null}
    </li>
  );
}

function Task({ task }: { task: WireTaskView }) {
  const words = useWords();
  const { server } = useStore();
  const pending = useDerived(() => isPendingArea(server.commands.pending.value, "task.mark"), [server]);
  return (
    <li data-task={task.task} data-done={task.done ? true : undefined} data-late={task.late ? true : undefined}>
      <Icon name={task.done ? "check" : task.late ? "alarm" : "clock"} />
      <span><b>{task.title}</b>
        <small>{task.owner}{task.due === undefined ? "" : ` · ${words.site.due(day(task.due, words.language))}`}
          {task.late ? ` · ${words.preparation.late}` : ""}{task.note === undefined ? "" : ` · ${task.note}`}</small></span>
      {server.mayCommand("task.mark")
        ? <button type="button" class={classes(button.button, button.compact)} disabled={pending || !server.live.value} aria-label={`${task.done ? words.preparation.reopen : words.preparation.finish}: ${task.title}`}
          onClick={() => server.give({ name: "task.mark", args: { task: task.task, done: !task.done } })}>
          <Icon name={task.done ? "undo" : "check"} /><span class={button.label}>{task.done ? words.preparation.reopen : words.preparation.finish}</span></button>
        : null}
    </li>
  );
}

function Panel() {
  const words = useWords();
  const { meeting } = useStore();
  const ledger = useDerived(() => meeting.model.value.ledger, [meeting]);
  const tasks = useDerived(() => meeting.model.value.tasks, [meeting]);
  const unready = useDerived(() => sitesUnready(meeting.model.value), [meeting]);
  const whole = ledger.ready === ledger.expected;
  return (
    <section class={classes(panel.panel, css.preparation)} id="panel-preparation" tabIndex={-1} aria-label={words.preparation.heading}>
      <header><h2><Icon name="check" />{words.preparation.heading}</h2>
        <span class={whole ? "dim" : classes(chip.chip, chip.warn)} data-ready>{words.preparation.ready(ledger.ready, ledger.expected)}</span></header>
      <div class={css.scroll}>
        <Steps />
        <ul class={css.unready} aria-label={words.preparation.unready}>{unready.map((site) => <Unready key={site.site} site={site} />)}</ul>
        {tasks.length === 0 ? null
          : <><h3>{words.preparation.tasks}</h3><ul class={css.tasks}>{tasks.map((task) => <Task key={task.task} task={task} />)}</ul></>}
      </div>
    </section>
  );
}

/** Not while the meeting is live: then the floor has the room. */
export function Preparation() {
  const { meeting, server } = useStore();
  const shown = useDerived(() => {
    const { ledger, tasks, meeting: { state } } = meeting.model.value;
    return state !== "live" && (state !== "closed" || tasks.length > 0) && ledger.expected + tasks.length > 0;
  }, [meeting]);
  return shown && server.maySee("site.checked") ? <Panel /> : null;
}
