// All meetings of the installation: the minutes of each can be opened.
import type { HeldMeeting } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import { day } from "../../domain/format";
import { heldMeetings } from "../../net/held_meetings";
import { useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import css from "./past.module.css";

function Row({ held }: { held: HeldMeeting }) {
  const words = useWords();
  const address = `/api/v1/minutes?meeting=${held.meeting}&format=html&lang=${words.language}`;
  return (
    <li data-meeting-id={held.meeting}>
      <span class="dim">{day(held.date, words.language)}</span>
      <b>{held.name}</b>
      <span>{held.served ? words.past.served : words.meeting[held.state]}</span>
      <a href={address} target="_blank" rel="noopener">{words.header.minutes}</a>
    </li>
  );
}

export function Past() {
  const words = useWords();
  const [held, show] = useState<readonly HeldMeeting[] | "asking" | "failed">("asking");
  useEffect(() => {
    void heldMeetings().then((found) => show(found ?? "failed"));
  }, []);
  return (
    <Modal title={words.past.heading} kind="past">
      {held === "asking" ? <p class={css.said}>{words.past.asking}</p>
        : held === "failed" ? <p class={css.said} role="alert">{words.past.failed}</p>
          : <ul class={css.list}>{held.map((one) => <Row key={one.meeting} held={one} />)}</ul>}
    </Modal>
  );
}
