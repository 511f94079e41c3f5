// What is asked of the votes of a model. Sums and states are the server's.
import type { VoteId, WireBallotView, WireVoteRemarkView, WireVoteView } from "@protocol";
import type { Model } from "./model";

/** The question of a vote; its id where the vote is not known any more. */
export function questionOf(model: Model, id: VoteId): string {
  return model.votes.find((vote) => vote.vote === id)?.question ?? id;
}

export function openVote(model: Model): WireVoteView | undefined {
  return model.votes.find((vote) => vote.state === "open");
}

export function ballotsOf(model: Model, id: VoteId): readonly WireBallotView[] {
  return [...model.ballots.values()].filter((ballot) => ballot.vote === id);
}

export function remarksOf(model: Model, id: VoteId): readonly WireVoteRemarkView[] {
  return model.voteRemarks.filter((remark) => remark.vote === id);
}
