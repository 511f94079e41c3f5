// Voices before the opening: the main venue speaks to all, calls the roll aloud, or speaks with one site alone.
import type { WireSiteView, WireTalkbackView } from "@protocol";
import { nextOfRoll, rollCount } from "../../domain/queries";
import { siteTroubles } from "../../domain/site_status";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./talkback.module.css";

function useTroubles(site: WireSiteView | undefined): string[] {
  const words = useWords();
  const { meeting } = useStore();
  return site ? siteTroubles(site, words, meeting.unmeasured.value) : [];
}

function Troubles({ texts }: { texts: readonly string[] }) {
  return texts.length === 0 ? null : <span class={css.troubles}><Icon name="alarm" />{texts.join(" · ")}</span>;
}

/** What keeps the main venue from being heard by those it speaks to. */
function VenueTroubles() {
  const words = useWords();
  const { meeting } = useStore();
  const venue = useDerived(() => meeting.sitesInOrder.value.find((site) => site.kind === "main"), [meeting]);
  return <Troubles texts={useTroubles(venue).map((one) => words.talkback.venue(one))} />;
}

function Called({ site, answer }: { site: WireSiteView; answer: WireTalkbackView["answer"] }) {
  const words = useWords();
  return (
    <>
      <b>{site.name}</b>
      <span class={classes(css.answer, answer === "heard" ? "good" : "warn")}>
        <Icon name={answer === "heard" ? "check" : answer === "not_heard" ? "silent" : "clock"} />
        {answer === undefined ? words.talkback.unmarked : words.talkbackAnswer[answer]}
      </span>
      <Troubles texts={useTroubles(site)} />
    </>
  );
}

function Now({ talkback }: { talkback: WireTalkbackView | undefined }) {
  const words = useWords();
  const { meeting } = useStore();
  const site = talkback?.site === undefined ? undefined : meeting.site(talkback.site).value;
  const kind = talkback === undefined ? "none" : talkback.private ? "private" : site ? "called" : "all";
  return (
    <div class={css.now} data-talkback={kind} data-called={site?.site} aria-live="polite">
      {talkback === undefined
        ? <span class="dim">{words.talkback.none}</span>
        : <>
          <span class={css.tag}><Icon name="mic" />
            {kind === "private" ? words.talkback.private : kind === "called" ? words.talkback.called : words.talkback.toAll}</span>
          {site ? <Called site={site} answer={talkback.answer} /> : null}
          <VenueTroubles />
        </>}
    </div>
  );
}

function Next() {
  const words = useWords();
  const { meeting } = useStore();
  const name = useDerived(() => nextOfRoll(meeting.model.value)?.name, [meeting]);
  return <p class={css.next}>{name === undefined ? words.talkback.nobodyNext : words.talkback.next(name)}</p>;
}

function Panel() {
  const words = useWords();
  const { meeting, server } = useStore();
  const talkback = meeting.microphones.value.talkback;
  const answered = useDerived(() => rollCount(meeting.model.value).answered, [meeting]);
  const of = useDerived(() => rollCount(meeting.model.value).of, [meeting]);
  return (
    <section class={classes(panel.panel, css.talkback)} id="panel-talkback" tabIndex={-1} aria-label={words.talkback.heading}>
      <header><h2><Icon name="mic" />{words.talkback.heading}</h2>
        <span class="dim">{words.talkback.counted(answered, of)}</span></header>
      <Now talkback={talkback} />
      {server.mayCommand("talkback.open") ? <Next /> : null}
      <div class={panel.buttons}>
        <ActionButton id="call_next" icon="next" tone="primary" />
        <ActionButton id="talk_to_all" icon="mic" />
        <ActionButton id="answer_heard" icon="check" />
        <ActionButton id="answer_not_heard" icon="silent" />
        <ActionButton id="end_talkback" icon="stop" tone="warn" />
      </div>
    </section>
  );
}

/** While the meeting is assembling; after that the floor says who is heard. */
export function Talkback() {
  const { meeting, server } = useStore();
  return meeting.state.value === "assembling" && server.maySee("talkback.opened") ? <Panel /> : null;
}
