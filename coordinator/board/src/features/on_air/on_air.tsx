// What everyone sees and hears now: who, since when, how much time is left. Readable from 3 m.
import type { WireTimer, WireTurnView } from "@protocol";
import { turnToResume } from "../../domain/actions";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { SpeakerLine } from "../lectern/speaker_line";
import { Film } from "./film";
import { SceneLine } from "./scene_line";
import { Idle, Interrupted, Speaker } from "./speaker";
import { Timer } from "./timer";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./on_air.module.css";

/** What it stands at; planned times are divided by the meeting's speed as the coordinator does. */
function stoppedTimer(turn: WireTurnView, speed: number): WireTimer {
  return { turn: turn.turn, spoken: turn.spoken, allowance: turn.allowance / speed, warning: 0 };
}

function UndoButton() {
  const words = useWords();
  const { meeting, time } = useStore();
  const until = meeting.floor.value.undo_until;
  const left = useDerived(() => until === undefined ? 0 : Math.max(0, Math.ceil((until - time.now()) / 1000)), [time, until]);
  return <ActionButton id="undo" icon="undo" text={left > 0 ? `${words.actions.undo} ${left}″` : words.actions.undo} />;
}

export function OnAir() {
  const words = useWords();
  const { meeting } = useStore();
  const turn = meeting.turnOnAir.value;
  const item = meeting.activeItem.value;
  const halted = useDerived(() => turnToResume({ model: meeting.model.value, selected: meeting.selected.value }), [meeting]);
  const timer = useDerived(() => halted
    ? stoppedTimer(halted, meeting.info.value.speed) : turn && meeting.floor.value.timer, [meeting, halted, turn]);
  return (
    <section class={classes(panel.panel, css.onAir)} aria-label={words.program.heading}>
      {turn ? <Speaker turn={turn} /> : halted ? <Interrupted turn={halted} /> : <Idle />}
      {timer === undefined ? null : <Timer timer={timer} />}
      {!turn && item?.playback ? <Film item={item} film={item.playback} /> : null}
      <SceneLine />
      <SpeakerLine />
      <div class={classes(panel.buttons, turn && css.floor)}>
        <ActionButton id="release" icon="stop" tone="danger" />
        {turn ? <ActionButton id="pass_on" text={words.short.pass_on ?? words.actions.pass_on} /> : null}
        {turn ? <ActionButton id="interrupt" icon="pause" /> : <ActionButton id="resume" icon="take" tone="primary" />}
      </div>
      <div class={classes(panel.buttons, panel.thirds)}>
        <ActionButton id="extend" text="+1′" />
        <ActionButton id="extend_more" text="+5′" />
        <UndoButton />
      </div>
    </section>
  );
}
