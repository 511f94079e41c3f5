// A written opinion, and how far the chair has come with it.
import type { OpinionState, WireOpinionView } from "@protocol";
import { useRef } from "preact/hooks";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./opinions.module.css";

const NOTE_MAX = 300;

/** What is said to it may stay empty. */
function Mark({ opinion }: { opinion: WireOpinionView }) {
  const words = useWords();
  const { server } = useStore();
  const note = useRef<HTMLInputElement>(null);
  const mark = (state: OpinionState): void => {
    const text = note.current?.value.trim() ?? "";
    server.give({ name: "opinion.mark", args: { opinion: opinion.opinion, state, ...(text === "" ? {} : { note: text }) } });
  };
  return (
    <div class={css.mark}>
      <input ref={note} maxLength={NOTE_MAX} autocomplete="off" aria-label={words.opinions.note} placeholder={words.opinions.note} data-keys="own" />
      {opinion.state === "given" ? <button type="button" class={button.button} data-opinion-read onClick={() => mark("read")}>{words.opinions.read}</button> : null}
      <button type="button" class={button.button} data-opinion-answered onClick={() => mark("answered")}>{words.opinions.answered}</button>
    </div>
  );
}

export function OpinionRow({ opinion }: { opinion: WireOpinionView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const item = meeting.model.value.items.get(opinion.item);
  return (
    <li class={classes(css.row, opinion.state === "given" && css.fresh)} data-opinion={opinion.opinion} data-state={opinion.state}>
      <p><b>{meeting.siteName(opinion.site).value}{opinion.unit === undefined ? "" : ` · ${opinion.unit}`}</b>
        <small>{meeting.timeOf(opinion.wall)} · {item?.title ?? opinion.item} · {words.opinionState[opinion.state]}{opinion.marked_by?.account === undefined ? "" : ` (${opinion.marked_by.account})`}</small></p>
      <p class={css.text}>{opinion.text}</p>
      {opinion.note === undefined ? null : <p class={css.note}>{words.opinions.said(opinion.note)}</p>}
      {opinion.state !== "answered" && server.mayCommand("opinion.mark") ? <Mark opinion={opinion} /> : null}
    </li>
  );
}
