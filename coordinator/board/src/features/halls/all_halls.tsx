// What is done in all halls at once while the meeting is on: their microphones, the ready check, the bell.
import { isBellInHand } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./all_halls.module.css";

/** While assembling they stand with the checks; in a pause the bell has a panel of its own. */
function InTheMeeting() {
  const { meeting, time } = useStore();
  const hasBell = useDerived(() => isBellInHand(meeting.model.value, time.now()), [meeting, time]);
  return (
    <>
      {meeting.asked.value.ready?.open === true
        ? <ActionButton id="end_ready" icon="stop" tone="warn" /> : <ActionButton id="ask_ready" icon="hand" />}
      {hasBell ? null : <ActionButton id="ring_bell" icon="bell" />}
    </>
  );
}

export function AllHalls() {
  const { meeting } = useStore();
  const { all_locked, venue_open } = meeting.microphones.value;
  return (
    <div class={classes(panel.buttons, css.halls)}>
      {all_locked ? <ActionButton id="unmute_all" icon="mic" tone="warn" /> : <ActionButton id="mute_all" icon="muted" />}
      {venue_open ? <ActionButton id="close_venue" icon="locked" tone="warn" /> : <ActionButton id="open_venue" icon="mic" />}
      {meeting.state.value === "live" ? <InTheMeeting /> : null}
    </div>
  );
}
