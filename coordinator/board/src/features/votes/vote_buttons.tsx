// What an operator does with a vote.
import type { WireVoteView } from "@protocol";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";

function left(vote: WireVoteView): number {
  return (vote.sites ?? 0) - (vote.counted ?? 0);
}

function OpenVoteButtons({ vote }: { vote: WireVoteView }) {
  const words = useWords();
  const { console, server } = useStore();
  const close = (): void => void server.give({ name: "vote.close", args: { vote: vote.vote } });
  const askToClose = (): void => left(vote) === 0 ? close() : console.ask(words.votes.close, words.votes.withoutSites(left(vote)), close);
  const cancel = (): void => console.ask(words.votes.cancel, vote.question, () => void server.give({ name: "vote.cancel", args: { vote: vote.vote } }));
  return (
    <>
      <button type="button" class={classes(button.button, button.primary)} data-vote-close onClick={askToClose}>{words.votes.close}</button>
      <button type="button" class={button.button} data-vote-count onClick={() => console.countVote(vote.vote)}>{words.votes.count}</button>
      <button type="button" class={classes(button.button, button.careful)} data-vote-cancel onClick={cancel}>{words.votes.cancel}</button>
    </>
  );
}

/** Those that can do something now. */
export function VoteButtons({ vote }: { vote: WireVoteView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  if (!server.mayCommand("vote.open") || meeting.state.value !== "live") {
    return null;
  }
  const open = (): void => void server.give({ name: "vote.open", args: { vote: vote.vote } });
  return (
    <div class={panel.buttons}>
      {vote.state === "planned"
        ? <button type="button" class={classes(button.button, button.primary)} data-vote-open onClick={open}>{words.votes.open}</button> : null}
      {vote.state === "open" ? <OpenVoteButtons vote={vote} /> : null}
      {vote.state === "closed" || vote.state === "invalid"
        ? <button type="button" class={button.button} data-vote-count onClick={() => console.countVote(vote.vote)}>{words.votes.correct}</button> : null}
    </div>
  );
}
