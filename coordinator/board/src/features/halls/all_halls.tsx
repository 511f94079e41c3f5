// What is done in all halls at once while the meeting is on: their microphones, the ready check, the bell.
import { useStore } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { classes } from "../../ui/classes";
import { RingBell } from "../bell/bell";
import { AskReady } from "../ready/ready";
import panel from "../../ui/panel.module.css";
import css from "./all_halls.module.css";

/** While assembling, the check and the bell stand with what is asked of all. */
export function AllHalls() {
  const { meeting } = useStore();
  const { all_locked, venue_open } = meeting.microphones.value;
  return (
    <div class={classes(panel.buttons, css.halls)}>
      {all_locked ? <ActionButton id="unmute_all" icon="mic" tone="warn" /> : <ActionButton id="mute_all" icon="muted" />}
      {venue_open ? <ActionButton id="close_venue" icon="locked" tone="warn" /> : <ActionButton id="open_venue" icon="mic" />}
      {meeting.state.value === "live" ? <><AskReady /><RingBell /></> : null}
    </div>
  );
}
