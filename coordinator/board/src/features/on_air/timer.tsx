// The time of whoever speaks: what is left of it, or what was spoken where it has no limit.
import type { WireTimer } from "@protocol";
import { isLimited, remaining, spokenBy, timerPhase } from "../../domain/clock";
import { countdown, elapsed, length } from "../../domain/format";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import css from "./on_air.module.css";

/** Without a limit there is nothing to count down to: the time spoken, large. */
function CountUp({ timer }: { timer: WireTimer }) {
  const words = useWords();
  const { time } = useStore();
  const spoken = useDerived(() => elapsed(spokenBy(timer, time.now())), [time, timer]);
  return (
    <div class={css.countdown}>
      <div class={css.digits}><span role="timer">{spoken}</span><span class={css.what}>{words.program.spoken}</span></div>
      <div class={css.spans}>{timer.since === undefined ? <Stopped /> : null}<span>{words.program.noLimit}</span></div>
    </div>
  );
}

function Stopped() {
  const words = useWords();
  return <span class={css.stopped}><Icon name="pause" />{words.program.stopped}</span>;
}

function CountDown({ timer }: { timer: WireTimer }) {
  const words = useWords();
  const { time } = useStore();
  const phase = useDerived(() => timerPhase(timer, time.now()), [time, timer]);
  const text = useDerived(() => countdown(remaining(timer, time.now())), [time, timer]);
  const spoken = useDerived(() => elapsed(spokenBy(timer, time.now())), [time, timer]);
  const share = useDerived(() => Math.round(1000 * Math.min(1, spokenBy(timer, time.now()) / Math.max(1, timer.allowance))), [time, timer]);
  return (
    <div class={css.countdown} data-phase={phase}>
      <div class={css.digits}><span role="timer">{text}</span>
        <span class={css.what}>{phase === "overtime" ? <><Icon name="alarm" />{words.program.overtime}</> : words.program.left}</span>
      </div>
      <div class={css.progress} aria-hidden="true"><i style={{ width: `${share / 10}%` }} /></div>
      <div class={css.spans}>
        <span>{words.program.spoken} <b>{spoken}</b></span>
        {timer.since === undefined ? <Stopped /> : null}
        <span>{words.program.allowance} <b>{length(timer.allowance)}</b></span>
      </div>
    </div>
  );
}

export function Timer({ timer }: { timer: WireTimer }) {
  return isLimited(timer) ? <CountDown timer={timer} /> : <CountUp timer={timer} />;
}
