// For how long a raised hand is approved.
import type { Span, TurnId, WireTurnView } from "@protocol";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { length } from "../../domain/format";
import { usualAllowance } from "../../domain/queries";
import { spokenText } from "../speaking/speaking";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import dialogs from "../../ui/dialog.module.css";
import panel from "../../ui/panel.module.css";
import css from "./approve.module.css";

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 5;

function proposedMinutes(usual: Span | undefined): number {
  return usual === undefined ? DEFAULT_MINUTES : Math.max(1, Math.round(usual / MINUTE_MS));
}

/** Whose turn is approved, and for how long: with no limit there would be nothing to count down. */
function ApproveTurn({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const usual = useDerived(() => usualAllowance(meeting.model.value, turn), [meeting, turn]);
  const [minutes, setMinutes] = useState(proposedMinutes(usual));
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.select(), []);
  const approve = (allowance: Span): void => {
    console.closeDialog();
    server.give({ name: "turn.approve", args: { turn: turn.turn, allowance } });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    approve(minutes * MINUTE_MS);
  };
  return (
    <Modal title={words.actions.approve} kind="approve">
      <p class={dialogs.question}>{meeting.siteName(turn.site).value}</p>
      <p class={dialogs.atStake}>{[turn.speaker, turn.unit].filter((text) => text !== undefined && text !== meeting.siteName(turn.site).value).join(" · ")}</p>
      <p class={dialogs.atStake}>{spokenText(turn, words)}</p>
      {turn.topic === "" ? null : <p class={dialogs.atStake}>{turn.topic}</p>}
      <form class={css.form} onSubmit={submit}>
        <label>{words.site.addTurnMinutes}<input ref={field} data-focus name="minutes" type="number" min="1" max="240" required
          value={minutes} onInput={(event) => setMinutes(event.currentTarget.valueAsNumber)} /></label>
        <div class={classes(panel.buttons, dialogs.answers, css.choices)}>
          <button type="submit" class={classes(button.button, button.primary)}>{words.speaking.approveFor(length((minutes || 0) * MINUTE_MS))}<kbd>⏎</kbd></button>
          <button type="button" class={button.button} onClick={() => approve(0)}>{words.speaking.approveUnlimited}</button>
          <button type="button" class={button.button} onClick={() => console.closeDialog()}>{words.confirm.no}<kbd>Esc</kbd></button>
        </div>
      </form>
    </Modal>
  );
}

export function Approve({ id }: { id: TurnId }) {
  const turn = useStore().meeting.turn(id).value;
  return turn ? <ApproveTurn turn={turn} /> : null;
}
