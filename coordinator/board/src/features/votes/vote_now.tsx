// The vote that is open, or that belongs to the item that is under way: beside the floor.
import { currentVote } from "../../domain/votes";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import chip from "../../ui/chip.module.css";
import panel from "../../ui/panel.module.css";
import { VoteButtons } from "./vote_buttons";
import { VoteFigures } from "./vote_figures";
import css from "./votes.module.css";

export function VoteNow() {
  const words = useWords();
  const { console, meeting } = useStore();
  const vote = useDerived(() => currentVote(meeting.model.value), [meeting]);
  if (!vote || meeting.state.value !== "live") {
    return null;
  }
  return (
    <section class={classes(panel.panel, css.now)} id="panel-votes" tabIndex={-1} aria-label={words.votes.heading} data-vote={vote.vote} data-vote-state={vote.state}>
      <header><h2><Icon name="check" />{words.votes.heading}</h2>
        <span class={classes(chip.chip, vote.state === "invalid" ? chip.bad : vote.state === "open" ? chip.info : undefined)}>{words.voteState[vote.state]}</span>
        <button type="button" class={classes(button.button, button.quiet)} data-votes onClick={() => { console.dialog.value = "votes"; }}>{words.votes.all}</button></header>
      <p class={css.question}>{vote.question}</p>
      <div aria-live="polite"><VoteFigures vote={vote} /></div>
      <VoteButtons vote={vote} />
    </section>
  );
}
