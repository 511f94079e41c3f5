// All meetings of the installation: the papers of each can be opened, and taken as a document to edit.
import type { HeldMeeting } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import { day } from "../../domain/format";
import { heldMeetings } from "../../net/held_meetings";
import { useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import css from "./past.module.css";

const PAPERS = ["minutes", "invitation", "programme", "technical-record", "notice"] as const;

function Papers({ held }: { held: HeldMeeting }) {
  const words = useWords();
  const address = (paper: string, format: string): string =>
    `/api/v1/minutes?meeting=${held.meeting}&paper=${paper}&format=${format}&lang=${words.language}`;
  return (
    <ul class={css.papers}>{PAPERS.map((paper) => (
      <li key={paper} data-paper={paper}>
        <a href={address(paper, "html")} target="_blank" rel="noopener">{words.past.papers[paper]}</a>
        <a href={address(paper, "docx")} download aria-label={`${words.past.papers[paper]}: DOCX`}>DOCX</a>
      </li>))}</ul>
  );
}

function Row({ held }: { held: HeldMeeting }) {
  const words = useWords();
  return (
    <li data-meeting-id={held.meeting}>
      <span class="dim">{day(held.date, words.language)}</span>
      <b>{held.name}</b>
      <span>{held.served ? words.past.served : words.meeting[held.state]}</span>
      <Papers held={held} />
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
