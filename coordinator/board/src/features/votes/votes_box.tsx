// All votes: what each came to, what was cast, what stands in its protocol; and one more that nobody planned.
import type { VoteCount, VoteId, WireBallotView, WireVoteRemarkView, WireVoteView } from "@protocol";
import { ballotsOf, remarksOf } from "../../domain/votes";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import { Modal } from "../../ui/modal";
import panel from "../../ui/panel.module.css";
import { VoteButtons } from "./vote_buttons";
import { VoteFigures } from "./vote_figures";
import css from "./votes.module.css";

function BallotRow({ ballot, vote }: { ballot: WireBallotView; vote: WireVoteView }) {
  const words = useWords();
  const { meeting } = useStore();
  const count = ballot.count;
  return (
    <tr data-ballot={ballot.site} data-fault={ballot.fault}>
      <td>{meeting.siteName(ballot.site).value}{ballot.corrected ? ` (${words.votes.corrected})` : ""}
        {ballot.fault === undefined ? null : <small>{words.voteFault[ballot.fault]}</small>}</td>
      {count
        ? <><td>{count.present}</td><td>{count.cast}</td>{count.answers.map((number, place) => <td key={place}>{number}</td>)}<td>{count.spoilt ?? 0}</td></>
        : <><td>{ballot.voter}</td><td>{vote.options[(ballot.choice ?? 1) - 1]}</td></>}
    </tr>
  );
}

function Ballots({ vote }: { vote: WireVoteView }) {
  const words = useWords();
  const { meeting } = useStore();
  const ballots = useDerived(() => ballotsOf(meeting.model.value, vote.vote), [meeting, vote.vote]);
  if (ballots.length === 0) {
    return null;
  }
  const columns = vote.method === "by_site"
    ? [words.votes.present, words.votes.castColumn, ...vote.options, words.votes.spoilt] : [words.votes.voter, words.votes.choice];
  return (
    <table class={css.ballots}>
      <thead><tr><th>{words.votes.site}</th>{columns.map((column) => <th key={column}>{column}</th>)}</tr></thead>
      <tbody>{ballots.map((ballot) => <BallotRow key={ballot.ballot} ballot={ballot} vote={vote} />)}</tbody>
    </table>
  );
}

function figures(count: VoteCount): string {
  return `${count.cast}/${count.present}: ${[...count.answers, count.spoilt ?? 0].join(" – ")}`;
}

function Remark({ remark, vote }: { remark: WireVoteRemarkView; vote: WireVoteView }) {
  const words = useWords();
  const { meeting } = useStore();
  const change = remark.was && remark.now ? [figures(remark.was), figures(remark.now)]
    : remark.choice_was !== undefined && remark.choice_now !== undefined ? [vote.options[remark.choice_was - 1], vote.options[remark.choice_now - 1]] : undefined;
  const text = [
    remark.site === undefined ? undefined : meeting.siteName(remark.site).value, words.voteRemark[remark.remark],
    remark.voter, change?.join(" → "), remark.text,
  ].filter((part) => part !== undefined && part !== "").join(" · ");
  return <li data-remark={remark.remark}><time>{meeting.exactTimeOf(remark.wall)}</time><span>{text}</span></li>;
}

function Remarks({ vote }: { vote: WireVoteView }) {
  const { meeting } = useStore();
  const remarks = useDerived(() => remarksOf(meeting.model.value, vote.vote), [meeting, vote.vote]);
  return <ol class={css.remarks}>{remarks.map((remark) => <Remark key={remark.seq} remark={remark} vote={vote} />)}</ol>;
}

function Vote({ id }: { id: VoteId }) {
  const words = useWords();
  const { meeting } = useStore();
  const vote = useDerived(() => meeting.model.value.votes.find((one) => one.vote === id), [meeting, id]);
  return vote ? (
    <article class={css.vote} data-vote={vote.vote} data-vote-state={vote.state}>
      <header><b>{vote.question}</b><small class="dim">{words.voteMethod[vote.method]}</small><span class={chip.chip}>{words.voteState[vote.state]}</span></header>
      <VoteFigures vote={vote} />
      <Ballots vote={vote} />
      <Remarks vote={vote} />
      <VoteButtons vote={vote} />
    </article>
  ) : null;
}

export function VotesBox() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const ids = useDerived(() => meeting.model.value.votes.map((vote) => vote.vote), [meeting]);
  const mayAdd = server.mayCommand("vote.add") && meeting.state.value !== "closed";
  return (
    <Modal title={words.votes.heading} kind="votes" look={css.box}>
      {ids.length === 0 ? <p>{words.votes.none}</p> : ids.map((id) => <Vote key={id} id={id} />)}
      {mayAdd ? (
        <div class={panel.buttons}>
          <button type="button" class={classes(button.button)} data-new-vote data-focus onClick={() => { console.dialog.value = "new_vote"; }}>{words.votes.add}</button>
        </div>) : null}
    </Modal>
  );
}
