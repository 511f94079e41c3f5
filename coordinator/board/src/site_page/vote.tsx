// The vote that is open: what the hall counts, or who votes by name; and what went wrong.
import type { PanelState, VoteBrief } from "@protocol";
import { useState } from "preact/hooks";
import { fate, isOfVote } from "./requests";
import { usePage } from "./page_state";

interface Numbers { readonly present: string; readonly cast: string; readonly spoilt: string; readonly answers: readonly string[] }

function numbersOf(vote: VoteBrief): Numbers {
  const { count } = vote;
  return {
    present: String(count?.present ?? ""), cast: String(count?.cast ?? ""), spoilt: String(count?.spoilt ?? ""),
    answers: vote.options.map((_, place) => String(count?.answers[place] ?? "")),
  };
}

function NumberField({ id, label, value, set, required }: { id: string; label: string; value: string; set: (text: string) => void; required?: boolean }) {
  return <label>{label}<input id={id} type="number" inputMode="numeric" min={0} max={1_000_000} required={required} value={value} onInput={(event) => set(event.currentTarget.value)} /></label>;
}

/** The hall counts; what was sent before stands in the fields, and is put right there. */
function Count({ vote }: { vote: VoteBrief }) {
  const page = usePage();
  const words = page.words.value.vote;
  const [numbers, setNumbers] = useState(() => numbersOf(vote));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const spoilt = Number(numbers.spoilt);
    page.press({ action: "cast_vote", count: {
      present: Number(numbers.present), cast: Number(numbers.cast), answers: numbers.answers.map(Number), ...spoilt > 0 ? { spoilt } : {},
    } });
  };
  const setAnswer = (place: number, text: string): void =>
    setNumbers({ ...numbers, answers: numbers.answers.map((one, at) => (at === place ? text : one)) });
  return (
    <form id="vote-count" onSubmit={submit}>
      <NumberField id="vote-present" label={words.present} required value={numbers.present} set={(present) => setNumbers({ ...numbers, present })} />
      <NumberField id="vote-cast" label={words.cast} required value={numbers.cast} set={(cast) => setNumbers({ ...numbers, cast })} />
      {vote.options.map((option, place) => (
        <NumberField key={option} id={`vote-answer-${place + 1}`} label={option} required value={numbers.answers[place] ?? ""} set={(text) => setAnswer(place, text)} />
      ))}
      <NumberField id="vote-spoilt" label={words.spoilt} value={numbers.spoilt} set={(spoilt) => setNumbers({ ...numbers, spoilt })} />
      <button type="submit" id="vote-send">{vote.count === undefined ? words.send : words.sendAgain}</button>
    </form>
  );
}

function Ballot({ vote }: { vote: VoteBrief }) {
  const page = usePage();
  const words = page.words.value.vote;
  const [voter, setVoter] = useState("");
  const [choice, setChoice] = useState(1);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = voter.trim();
    if (name !== "" && page.press({ action: "cast_vote", voter: name, choice })) {
      setVoter("");
    }
  };
  return (
    <form id="vote-ballot" onSubmit={submit}>
      <label>{words.voter}<input id="vote-voter" maxLength={120} autocomplete="off" required value={voter} onInput={(event) => setVoter(event.currentTarget.value)} /></label>
      <label>{words.choice}
        <select id="vote-choice" value={choice} onChange={(event) => setChoice(Number(event.currentTarget.value))}>
          {vote.options.map((option, place) => <option key={option} value={place + 1}>{option}</option>)}
        </select></label>
      <button type="submit" id="vote-send">{words.send}</button>
      <p id="vote-ballots">{words.ballots(vote.ballots)}</p>
    </form>
  );
}

function Report() {
  const page = usePage();
  const words = page.words.value.vote;
  const [text, setText] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (text.trim() !== "" && page.press({ action: "report_vote", text: text.trim() })) {
      setText("");
    }
  };
  return (
    <details>
      <summary>{words.problem}</summary>
      <form id="vote-report" onSubmit={submit}>
        <label>{words.problemText}<input id="vote-problem" maxLength={500} autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
        <button type="submit">{words.report}</button>
      </form>
    </details>
  );
}

/** What the centre has of this site, and what is wrong with it. */
function standing(vote: VoteBrief, state: PanelState, { words: { value: words } }: ReturnType<typeof usePage>): string {
  if (vote.fault) {
    return words.voteFaults[vote.fault];
  }
  return vote.count !== undefined && state.waiting === 0 ? words.vote.counted : "";
}

export function Vote({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value.vote;
  const vote = state?.vote;
  if (!state || !vote) {
    return null;
  }
  return (
    <section id="vote" aria-labelledby="vote-title" data-vote={vote.vote}>
      <h2 id="vote-title">{words.heading}</h2>
      <p id="vote-question">{vote.question}</p>
      {vote.method === "by_site" ? <Count key={vote.vote} vote={vote} /> : <Ballot key={vote.vote} vote={vote} />}
      <p id="vote-standing" data-fault={vote.fault} role="status">{standing(vote, state, page)}</p>
      <p id="vote-notice" role="status">{isOfVote(page, state) ? fate(page, state) : ""}</p>
      <Report />
    </section>
  );
}
