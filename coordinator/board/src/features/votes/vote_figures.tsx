// What a vote comes to so far, as the coordinator counts it.
import type { WireVoteView } from "@protocol";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import css from "./votes.module.css";

function Missing({ vote }: { vote: WireVoteView }) {
  const words = useWords();
  const { meeting } = useStore();
  const names = useDerived(() => (vote.missing ?? []).map((site) => meeting.siteName(site).value).join(", "), [meeting, vote.missing]);
  const missing = vote.missing ?? [];
  const more = (vote.sites ?? 0) - (vote.counted ?? 0) - missing.length;
  return missing.length === 0 ? null : <p class={css.missing} data-missing={missing.join(" ")}>{words.votes.missing(names, more)}</p>;
}

/** Counts of sites and answers; what is not told to the reader is left out. */
export function VoteFigures({ vote }: { vote: WireVoteView }) {
  const words = useWords();
  const answers = vote.answers ?? [];
  return (
    <>
      {vote.sites === undefined ? null : (
        <p class={css.figures}>
          <span class={css.counted} data-counted={vote.counted}>{vote.counted}/{vote.sites}</span><span>{words.votes.sites}</span>
          {vote.present === undefined ? null : <span class="dim">{words.votes.cast(vote.cast ?? 0, vote.present, vote.spoilt ?? 0)}</span>}
        </p>)}
      {answers.length === 0 || vote.state === "cancelled" ? null : (
        <dl class={css.answers}>
          {vote.options.map((option, place) => [<dt key={option}>{option}</dt>, <dd key={`${option} n`} data-answer={place + 1}>{answers[place]}</dd>])}
        </dl>)}
      {vote.fault === undefined ? null : <p class={css.fault} data-fault={vote.fault}>{words.voteFault[vote.fault]}</p>}
      {vote.state === "planned" || vote.state === "cancelled" ? null : <Missing vote={vote} />}
    </>
  );
}
