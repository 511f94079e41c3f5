// A pause: how long it still lasts, when the bell rings next, and who has heard it.
import type { BellBrief, WireBellView } from "@protocol";
import { countdown } from "../../domain/format";
import { isBellInHand, sitesInOrder } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./bell.module.css";

function TimeLeft({ until }: { until: number }) {
  const { time } = useStore();
  return <>{useDerived(() => countdown(Math.max(0, until - time.now())), [until, time])}</>;
}

function Pause({ bell }: { bell: WireBellView }) {
  const words = useWords();
  const { meeting } = useStore();
  const { pause, item } = bell;
  const title = useDerived(() => item === undefined ? "" : meeting.item(item).value?.title ?? "", [meeting, item]);
  return pause === undefined ? null : (
    <>
      <b class={css.title}>{title}</b>
      {pause.ends === undefined ? null
        : <span class={css.left} role="timer" data-pause-left>{words.bell.left} <TimeLeft until={pause.ends} /></span>}
    </>
  );
}

function Next({ bell }: { bell: WireBellView }) {
  const words = useWords();
  const at = bell.pause?.bell;
  if (bell.held) {
    return <span class="warn" data-bell-held><Icon name="pause" />{words.bell.held}</span>;
  }
  return at === undefined || bell.next === undefined ? null
    : <span data-next-bell={bell.next}><Icon name="bell" />{words.bell.next(words.bellReason[bell.next])} <TimeLeft until={at} /></span>;
}

function Last({ last }: { last: BellBrief }) {
  const words = useWords();
  const { meeting, server, time } = useStore();
  const heard = useDerived(() => {
    const sites = sitesInOrder(meeting.model.value).filter((site) => site.link === "online");
    return words.bell.heard(sites.filter((site) => server.figures(site.site).value?.bell === last.bell).length, sites.length);
  }, [meeting, server, last.bell, words]);
  const at = meeting.exactTimeOf(time.wallOf(last.at));
  return <span class={classes("dim", css.last)} data-bell={last.bell}>{words.bell.rung(at, words.bellReason[last.reason])} · <span data-bell-heard>{heard}</span></span>;
}

/** Where the bell has no panel of its own, which it has while it is in hand. */
export function RingBell() {
  const { meeting, time } = useStore();
  const inHand = useDerived(() => isBellInHand(meeting.model.value, time.now()), [meeting, time]);
  return inHand ? null : <ActionButton id="ring_bell" icon="bell" />;
}

export function Bell() {
  const words = useWords();
  const { meeting, time } = useStore();
  const bell = meeting.bell.value;
  const underWay = meeting.state.value === "live" || meeting.state.value === "assembling";
  const inHand = useDerived(() => isBellInHand(meeting.model.value, time.now()), [meeting, time]);
  return !underWay || !inHand ? null : (
    <section class={classes(panel.panel, css.bell)} id="panel-bell" tabIndex={-1} aria-label={words.bell.heading}>
      <div class={css.facts} aria-live="off">
        <Pause bell={bell} />
        <Next bell={bell} />
        {bell.last ? <Last last={bell.last} /> : null}
      </div>
      <div class={panel.buttons}>
        <ActionButton id="ring_bell" icon="bell" />
        {bell.held ? <ActionButton id="release_bell" icon="bell" tone="warn" /> : <ActionButton id="hold_bell" icon="pause" />}
      </div>
    </section>
  );
}
