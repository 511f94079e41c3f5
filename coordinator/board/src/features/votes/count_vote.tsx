// What a site has told the centre of its count, or what is to be put right of it.
import type { SiteId, VoteId, WireVoteView } from "@protocol";
import { useState } from "preact/hooks";
import { ballotOf, countCommand, countForm, type CountForm } from "../../domain/votes";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { EditBox } from "../edit/edit_box";
import edit from "../edit/edit.module.css";
import { ChoiceField, TextField } from "../edit/fields";
import { useForm } from "../edit/use_form";
import css from "./votes.module.css";

function NumberFields({ of, vote }: { of: ReturnType<typeof useForm<CountForm>>; vote: WireVoteView }) {
  const words = useWords();
  const setAnswer = (place: number, text: string): void => of.set("answers", of.form.answers.map((one, at) => (at === place ? text : one)));
  return (
    <div class={css.numbers}>
      <TextField of={of} name="present" label={words.votes.present} type="number" required />
      <TextField of={of} name="cast" label={words.votes.castColumn} type="number" required />
      {vote.options.map((option, place) => (
        <label key={option}>{option}
          <input name={`answer-${place + 1}`} type="number" min={0} required value={of.form.answers[place]}
            onInput={(event) => setAnswer(place, event.currentTarget.value)} /></label>
      ))}
      <TextField of={of} name="spoilt" label={words.votes.spoilt} type="number" />
    </div>
  );
}

function NameFields({ of, vote }: { of: ReturnType<typeof useForm<CountForm>>; vote: WireVoteView }) {
  const words = useWords();
  return (
    <>
      <TextField of={of} name="voter" label={words.votes.voter} max={120} required />
      <ChoiceField of={of} name="choice" label={words.votes.choice}>
        {vote.options.map((option, place) => <option key={option} value={String(place + 1)}>{option}</option>)}
      </ChoiceField>
    </>
  );
}

function Fields({ vote, site, choice }: { vote: WireVoteView; site: SiteId; choice: preact.ComponentChildren }) {
  const words = useWords();
  const { meeting } = useStore();
  const [before] = useState(() => ballotOf(meeting.model.peek(), vote.vote, site));
  const of = useForm<CountForm>(countForm(vote, before));
  const commands = () => [countCommand(meeting.model.peek(), vote, site, of.form)];
  return (
    <EditBox title={words.votes.count} kind="count_vote" commands={commands} choice={choice}>
      {vote.method === "by_site" ? <NumberFields of={of} vote={vote} /> : <NameFields of={of} vote={vote} />}
      {before || vote.state !== "open" || vote.method === "by_name" ? <TextField of={of} name="reason" label={words.votes.reason} max={300} /> : null}
    </EditBox>
  );
}

export function CountVote({ id }: { id: VoteId | undefined }) {
  const words = useWords();
  const { meeting } = useStore();
  const vote = useDerived(() => meeting.model.value.votes.find((one) => one.vote === id), [meeting, id]);
  const sites = meeting.sitesInOrder.value;
  const [site, setSite] = useState<SiteId | undefined>(vote?.missing?.[0] ?? sites[0]?.site);
  if (!vote || site === undefined) {
    return null;
  }
  const choice = (
    <label class={edit.choice}>{words.votes.site}
      <select name="site" value={site} onChange={(event) => setSite(event.currentTarget.value)}>
        {sites.map((one) => <option key={one.site} value={one.site}>{one.name}</option>)}
      </select>
    </label>
  );
  return <Fields key={site} vote={vote} site={site} choice={choice} />;
}
