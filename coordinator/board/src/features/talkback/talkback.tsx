// Voices before the opening: the main venue speaks to all, calls the roll aloud, or speaks with one site alone.
import type { SiteId, WireRollPart, WireSiteView, WireTalkbackView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { siteTroubles } from "../../domain/site_status";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import composer from "../../ui/composer.module.css";
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

type Tone = "good" | "warn";

/** What came of the call so far: of the roll, or of a call by hand. */
function useAnswer(site: WireSiteView, answer: WireTalkbackView["answer"]): { text: string; tone: Tone; icon: "check" | "silent" | "clock" } {
  const words = useWords();
  const { meeting } = useStore();
  const result = meeting.asked.value.roll?.site === site.site ? site.roll?.result : undefined;
  if (result !== undefined) {
    const good = result === "heard_and_seen";
    return { text: words.rollResult[result], tone: good ? "good" : "warn", icon: good ? "check" : "silent" };
  }
  return answer === undefined
    ? { text: words.talkback.unmarked, tone: "warn", icon: "clock" }
    : { text: words.talkbackAnswer[answer], tone: answer === "heard" ? "good" : "warn", icon: answer === "heard" ? "check" : "silent" };
}

function Called({ site, answer }: { site: WireSiteView; answer: WireTalkbackView["answer"] }) {
  const { text, tone, icon } = useAnswer(site, answer);
  return (
    <>
      <b>{site.name} <small class="dim">{site.region}</small></b>
      <span class={classes(css.answer, tone)}><Icon name={icon} />{text}</span>
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
    <div class={css.now} data-talkback={kind} data-called={site?.site} data-result={site?.roll?.result} aria-live="polite">
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
  const next = meeting.asked.value.roll?.next;
  return <p class={css.next} data-next={next}>{next === undefined ? words.talkback.nobodyNext : words.talkback.next(meeting.siteName(next).value)}</p>;
}

/** What is wrong at the called site, in a few words; the keys are the field's until it is given or left. */
function FaultForm({ id }: { id: SiteId }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const label = words.talkback.fault(meeting.siteName(id).value);
  const close = (): void => { console.faultyOf.value = undefined; };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const note = field.current?.value.trim() ?? "";
    if (server.give({ name: "roll.mark", args: { site: id, result: "fault", ...note === "" ? {} : { note } } })) {
      close();
    }
  };
  useEffect(() => field.current?.focus(), [id]);
  return (
    <form class={composer.composer} data-fault={id} onSubmit={submit}
      onKeyDown={(event) => { if (event.key === "Escape" && !event.isComposing) { close(); } }}>
      <input ref={field} name="fault" maxLength={300} autocomplete="off" placeholder={label} aria-label={label} />
      <button type="submit" class={button.button}>{words.talkback.markFault}</button>
    </form>
  );
}

function RegionButton({ part }: { part: WireRollPart }) {
  const words = useWords();
  const { server } = useStore();
  const { region = "", heard_and_seen, faults, left } = part;
  const of = heard_and_seen + faults + left;
  return (
    <button type="button" class={css.region} data-region={region} data-over={left === 0 ? true : undefined}
      title={words.talkback.callRegion(region)} disabled={left === 0 || !server.live.value}
      onClick={() => server.give({ name: "roll.call", args: { region } })}>
      <span>{region}</span><b>{heard_and_seen}/{of}</b>{faults > 0 ? <i class="warn"><Icon name="silent" />{faults}</i> : null}
    </button>
  );
}

function Regions() {
  const { meeting, server } = useStore();
  const regions = meeting.asked.value.roll?.regions ?? [];
  return server.mayCommand("roll.call") && regions.length > 1
    ? <div class={css.regions}>{regions.map((part) => <RegionButton key={part.region} part={part} />)}</div> : null;
}

function Counted() {
  const words = useWords();
  const all = useStore().meeting.asked.value.roll?.all;
  return all ? <span class="dim" data-roll={all.heard_and_seen}>
    {words.talkback.counted(all.heard_and_seen, all.faults, all.heard_and_seen + all.faults + all.left)}</span> : null;
}

function Panel() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const faulty = console.faultyOf.value;
  return (
    <section class={classes(panel.panel, css.talkback)} id="panel-talkback" tabIndex={-1} aria-label={words.talkback.heading}>
      <header><h2><Icon name="mic" />{words.talkback.heading}</h2><Counted /></header>
      <Now talkback={meeting.microphones.value.talkback} />
      {server.mayCommand("roll.call") ? <Next /> : null}
      {faulty === undefined ? null : <FaultForm id={faulty} />}
      <Regions />
      <div class={panel.buttons}>
        <ActionButton id="call_next" icon="next" tone="primary" />
        <ActionButton id="talk_to_all" icon="mic" />
        <ActionButton id="answer_heard" icon="check" />
        <ActionButton id="answer_not_heard" icon="silent" />
        <ActionButton id="end_talkback" icon="stop" tone="warn" />
        <ActionButton id="begin_roll" icon="undo" />
      </div>
    </section>
  );
}

/** While the meeting is assembling; after that the floor says who is heard. */
export function Talkback() {
  const { meeting, server } = useStore();
  return meeting.state.value === "assembling" && server.maySee("talkback.opened") ? <Panel /> : null;
}
