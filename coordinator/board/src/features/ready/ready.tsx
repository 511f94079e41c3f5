// What all sites are asked at once: the line test and the ready check; who has not passed or answered is named.
import type { WireLineTestView, WireReadyView, WireSiteView } from "@protocol";
import { countdown } from "../../domain/format";
import { linesNotPassed, sitesAwaited } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import type { Dictionary } from "../../i18n/dictionary";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { classes } from "../../ui/classes";
import { RingBell } from "../bell/bell";
import panel from "../../ui/panel.module.css";
import css from "./ready.module.css";

/** As many names as stand in two lines. */
const NAMES_SHOWN = 6;

function Left({ due }: { due: number }) {
  const words = useWords();
  const { time } = useStore();
  const text = useDerived(() => countdown(Math.max(0, due - time.now())), [due, time]);
  return <span class="dim">{words.ready.left(text)}</span>;
}

function Ended({ check }: { check: WireReadyView | WireLineTestView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  return check.ended === undefined || check.cause === undefined ? null
    : <span class="dim" data-ended={check.cause}>{words.ready.ended(meeting.timeOf(time.wallOf(check.ended)), words.askedEnd[check.cause])}</span>;
}

function Awaited() {
  const words = useWords();
  const { meeting } = useStore();
  const names = useDerived(() => sitesAwaited(meeting.model.value).map((site) => site.name).join("\n"), [meeting]);
  const all = names === "" ? [] : names.split("\n");
  return (
    <p class={css.awaited} data-awaited={all.length}>{all.length === 0 ? words.ready.all
      : words.ready.waiting(all.slice(0, NAMES_SHOWN).join(", "), Math.max(0, all.length - NAMES_SHOWN))}</p>
  );
}

function Check({ check }: { check: WireReadyView }) {
  const words = useWords();
  const whole = check.ready === check.of;
  return (
    <div class={css.check} data-ready={check.ready} data-open={check.open ? true : undefined} aria-live="polite">
      <b class={whole ? "good" : "warn"}><Icon name={whole ? "check" : "clock"} />{words.ready.counted(check.ready, check.of)}</b>
      {check.open ? <Left due={check.due} /> : <Ended check={check} />}
      <Awaited />
    </div>
  );
}

/** As many lines as say something at a glance; the rest stands at the sites. */
const LINES_SHOWN = 4;

function whatIsWrong(site: WireSiteView, words: Dictionary): string {
  return words.lineTest.notPassed(site.name, (site.line?.findings ?? []).map((one) => words.lineFinding[one]).join(", "));
}

function NotPassed() {
  const words = useWords();
  const { meeting } = useStore();
  const text = useDerived(() => linesNotPassed(meeting.model.value).map((site) => whatIsWrong(site, words)).join("\n"), [meeting, words]);
  const all = text === "" ? [] : text.split("\n");
  const more = all.length - LINES_SHOWN;
  return all.length === 0 ? <p class={css.awaited}>{words.lineTest.all}</p> : (
    <ul class={css.lines} data-not-passed={all.length}>
      {all.slice(0, LINES_SHOWN).map((line) => <li key={line}>{line}</li>)}
      {more > 0 ? <li>{words.lineTest.more(more)}</li> : null}
    </ul>
  );
}

function Lines({ test }: { test: WireLineTestView }) {
  const words = useWords();
  const whole = test.passed === test.of;
  return (
    <div class={css.check} data-line-test={test.open ? "open" : "over"} data-passed={test.passed} data-reported={test.reported} aria-live="polite">
      <b class={whole ? "good" : "warn"}><Icon name={whole ? "check" : "clock"} />{words.lineTest.counted(test.passed, test.of)}</b>
      {test.open
        ? <><span class="dim">{words.lineTest.reported(test.reported, test.of)}</span><Left due={test.due} /></>
        : <><Ended check={test} /><NotPassed /></>}
    </div>
  );
}

/** In the meeting itself the place belongs to the speaking list, once all have answered. */
function isNews(check: WireReadyView, assembling: boolean): boolean {
  return assembling || check.open || check.ready < check.of;
}

export function AskReady() {
  const { meeting } = useStore();
  return meeting.asked.value.ready?.open === true
    ? <ActionButton id="end_ready" icon="stop" tone="warn" /> : <ActionButton id="ask_ready" icon="hand" />;
}

function Buttons({ test }: { test: WireLineTestView | undefined }) {
  return (
    <div class={panel.buttons}>
      <AskReady />
      {test?.open === true ? <ActionButton id="end_line_test" icon="stop" tone="warn" /> : <ActionButton id="test_lines" icon="good" />}
      <RingBell />
    </div>
  );
}

/** In the meeting what there is to press stands with what else is done in all halls. */
export function Ready() {
  const words = useWords();
  const { meeting, server } = useStore();
  const { ready, line_test: test } = meeting.asked.value;
  const assembling = meeting.state.value === "assembling";
  const asks = assembling && server.mayCommand("ready.ask");
  const news = ready !== undefined && isNews(ready, assembling);
  const shown = (assembling || meeting.state.value === "live") && server.maySee("ready.asked") && (asks || news);
  return !shown ? null : (
    <section class={classes(panel.panel, css.ready)} id="panel-ready" tabIndex={-1} aria-label={words.ready.heading}>
      {assembling && test ? <Lines test={test} /> : null}
      {news ? <Check check={ready} /> : null}
      {asks ? <Buttons test={test} /> : null}
    </section>
  );
}
