// The ready check: all sites are asked at once, and who has not answered is named.
import type { WireReadyView } from "@protocol";
import { countdown } from "../../domain/format";
import { sitesAwaited } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { classes } from "../../ui/classes";
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

function Ended({ check }: { check: WireReadyView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  return check.ended === undefined || check.cause === undefined ? null
    : <span class="dim" data-ended={check.cause}>{words.ready.ended(meeting.timeOf(time.wallOf(check.ended)), words.readyEnd[check.cause])}</span>;
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

function Panel() {
  const words = useWords();
  const { meeting } = useStore();
  const check = meeting.asked.value.ready;
  return (
    <section class={classes(panel.panel, css.ready)} id="panel-ready" tabIndex={-1} aria-label={words.ready.heading}>
      {check ? <Check check={check} /> : null}
      <div class={panel.buttons}>
        {check?.open === true ? <ActionButton id="end_ready" icon="stop" tone="warn" /> : <ActionButton id="ask_ready" icon="hand" />}
      </div>
    </section>
  );
}

/** From the gathering of the sites to the closing. */
export function Ready() {
  const { meeting, server } = useStore();
  const state = meeting.state.value;
  const shown = (state === "assembling" || state === "live") && server.maySee("ready.asked");
  return shown && (server.mayCommand("ready.ask") || meeting.asked.value.ready !== undefined) ? <Panel /> : null;
}
