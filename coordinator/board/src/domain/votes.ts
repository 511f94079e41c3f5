// What is asked of the votes of a model, and what forms about them ask for. Sums and states are the server's.
import type { Command, SiteId, VoteCount, VoteId, VoteMethod, WireBallotView, WireVoteRemarkView, WireVoteView } from "@protocol";
import { linesOf } from "./edits";
import type { Model } from "./model";
import { activeItem } from "./queries";

/** The question of a vote; its id where the vote is not known any more. */
export function questionOf(model: Model, id: VoteId): string {
  return model.votes.find((vote) => vote.vote === id)?.question ?? id;
}

/** The one that is open; else that of the active item, or of none: to be opened, or else the one that ended last. */
export function currentVote(model: Model): WireVoteView | undefined {
  const item = activeItem(model)?.item;
  const own = model.votes.filter((vote) => vote.item === undefined || vote.item === item);
  const ended = own.filter((vote) => vote.closed !== undefined).sort((one, other) => (one.closed ?? 0) - (other.closed ?? 0));
  return model.votes.find((vote) => vote.state === "open") ?? own.find((vote) => vote.state === "planned") ?? ended.at(-1);
}

export function ballotsOf(model: Model, id: VoteId): readonly WireBallotView[] {
  return [...model.ballots.values()].filter((ballot) => ballot.vote === id);
}

export function remarksOf(model: Model, id: VoteId): readonly WireVoteRemarkView[] {
  return model.voteRemarks.filter((remark) => remark.vote === id);
}

/** What a site has counted; in a vote by name there may be many, and none is meant. */
export function ballotOf(model: Model, id: VoteId, site: SiteId): WireBallotView | undefined {
  return ballotsOf(model, id).find((ballot) => ballot.site === site && ballot.count !== undefined);
}

// ---- a vote that no plan has ----

export interface VoteForm {
  readonly question: string;
  /** One a line. */
  readonly options: string;
  readonly method: VoteMethod;
}

/** An id that no vote has; undefined where something is still to be written. */
export function newVote(model: Model, form: VoteForm): Command | undefined {
  const question = form.question.trim();
  const options = linesOf(form.options);
  const item = activeItem(model)?.item;
  if (question === "" || options.length < 2) {
    return undefined;
  }
  let number = model.votes.length + 1;
  while (model.votes.some((vote) => vote.vote === `v-${number}`)) {
    number += 1;
  }
  return { name: "vote.add", args: { vote: `v-${number}`, question, options, method: form.method, ...item === undefined ? {} : { item } } };
}

// ---- a count ----

export interface CountForm {
  readonly present: string;
  readonly cast: string;
  readonly spoilt: string;
  readonly answers: readonly string[];
  readonly voter: string;
  /** Number of the option, the first is 1. */
  readonly choice: string;
  readonly reason: string;
}

export function countForm(vote: WireVoteView, before: WireBallotView | undefined): CountForm {
  const count = before?.count;
  return {
    present: String(count?.present ?? ""), cast: String(count?.cast ?? ""), spoilt: String(count?.spoilt ?? ""),
    answers: vote.options.map((_, place) => String(count?.answers[place] ?? "")), voter: "", choice: "1", reason: "",
  };
}

export function countOf(form: Pick<CountForm, "present" | "cast" | "spoilt" | "answers">): VoteCount {
  return {
    present: Number(form.present), cast: Number(form.cast), answers: form.answers.map(Number),
    ...Number(form.spoilt) > 0 ? { spoilt: Number(form.spoilt) } : {},
  };
}

function isCast(model: Model, vote: WireVoteView, site: SiteId, voter: string): boolean {
  return ballotsOf(model, vote.vote).some((ballot) => ballot.site === site && (ballot.voter ?? "") === voter);
}

/** What was cast before is put right. */
export function countCommand(model: Model, vote: WireVoteView, site: SiteId, form: CountForm): Command {
  const voter = vote.method === "by_name" ? form.voter.trim() : "";
  const value = vote.method === "by_name" ? { voter, choice: Number(form.choice) } : { count: countOf(form) };
  const args = { vote: vote.vote, site, ...value };
  const reason = form.reason.trim();
  return isCast(model, vote, site, voter)
    ? { name: "vote.correct", args: { ...args, ...reason === "" ? {} : { reason } } }
    : { name: "vote.cast", args };
}
