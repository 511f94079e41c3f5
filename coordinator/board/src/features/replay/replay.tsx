// The bar of a meeting that is played: where it stands, how fast it goes, and where it can go.
import type { Instant, WireReplay, WireReplayMark } from "@protocol";
import { useState } from "preact/hooks";
import { elapsed } from "../../domain/format";
import { markAt, shareOf } from "../../domain/replay";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import css from "./replay.module.css";

function within({ begins, ends }: WireReplay, at: Instant): Instant {
  return Math.min(ends, Math.max(begins, at));
}

/** Where it stands; while a hand is on the slider, where that is. */
function When({ replay, held }: { replay: WireReplay; held: Instant | undefined }) {
  const { meeting, time } = useStore();
  const clock = useDerived(() => meeting.exactTimeOf(time.wallOf(held ?? time.now())), [held, meeting, time]);
  const since = useDerived(() => elapsed(Math.max(0, (held ?? time.now()) - replay.begins)), [held, replay, time]);
  return (
    <span class={css.when}>
      <time data-replay-time>{clock}</time>
      <small>{since} / {elapsed(replay.ends - replay.begins)}</small>
    </span>
  );
}

/** Where an item began. */
function Mark({ replay, mark }: { replay: WireReplay; mark: WireReplayMark }) {
  const { meeting, server } = useStore();
  const title = meeting.item(mark.item).value?.title ?? mark.item;
  return (
    <button type="button" class={css.mark} tabIndex={-1} title={title} aria-label={title} data-mark={mark.item}
      style={{ left: `${100 * shareOf(replay, mark.at)}%` }} onClick={() => server.steer({ how: "time", at: mark.at })} />
  );
}

interface SliderProps { readonly replay: WireReplay; readonly held: Instant | undefined; readonly hold: (at: Instant | undefined) => void }

/** The keys are the console's again as soon as the hand is off it. */
function Slider({ replay, held, hold }: SliderProps) {
  const words = useWords();
  const { server, time } = useStore();
  const second = useDerived(() => Math.round(within(replay, time.now()) / 1000) * 1000, [replay, time]);
  return (
    <div class={css.line}>
      {replay.marks.map((mark) => <Mark key={mark.item} replay={replay} mark={mark} />)}
      <input type="range" min={replay.begins} max={replay.ends} step={1000} value={held ?? second} aria-label={words.replay.time}
        onInput={(event) => hold(Number(event.currentTarget.value))}
        onChange={(event) => {
          server.steer({ how: "time", at: Number(event.currentTarget.value) });
          event.currentTarget.blur();
          hold(undefined);
        }} />
    </div>
  );
}

function Items({ replay }: { replay: WireReplay }) {
  const words = useWords();
  const { meeting, server, time } = useStore();
  const now = useDerived(() => markAt(replay, time.now())?.item ?? "", [replay, time]);
  const go = (item: string): void => {
    const mark = replay.marks.find((one) => one.item === item);
    server.steer({ how: "time", at: mark?.at ?? replay.begins });
  };
  return (
    <select class={css.items} value={now} aria-label={words.replay.item}
      onChange={(event) => { go(event.currentTarget.value); event.currentTarget.blur(); }}>
      <option value="">{words.replay.beforeItems}</option>
      {replay.marks.map((mark) => <option key={mark.item} value={mark.item}>{meeting.item(mark.item).value?.title ?? mark.item}</option>)}
    </select>
  );
}

export function Replay({ replay }: { replay: WireReplay }) {
  const words = useWords();
  const [held, hold] = useState<Instant | undefined>(undefined);
  const stands = replay.rate === 0;
  return (
    <section class={css.replay} aria-label={words.replay.heading} data-replay={stands ? "stands" : "goes"}>
      <ActionButton id="replay_toggle" icon={stands ? "take" : "pause"} tone="primary" text={stands ? words.replay.goOn : words.replay.pause} />
      <ActionButton id="replay_previous" icon="undo" compact />
      <ActionButton id="replay_next" icon="next" compact />
      <When replay={replay} held={held} />
      <Slider replay={replay} held={held} hold={hold} />
      <Items replay={replay} />
      <span class={css.speed}>
        <ActionButton id="replay_slower" compact text="−" />
        <b data-replay-speed title={words.replay.speed}>{replay.speed}×</b>
        <ActionButton id="replay_faster" compact text="+" />
      </span>
    </section>
  );
}
