// A vote that no plan has: asked now, opened when its time comes.
import { newVote, type VoteForm } from "../../domain/votes";
import { useStore, useWords } from "../../state/store";
import { EditBox } from "../edit/edit_box";
import { ChoiceField, LinesField } from "../edit/fields";
import { useForm } from "../edit/use_form";

export function NewVote() {
  const words = useWords();
  const { meeting } = useStore();
  const state = useForm<VoteForm>({ question: "", options: words.votes.usualOptions, method: "by_site" });
  const commands = () => {
    const command = newVote(meeting.model.peek(), state.form);
    return command ? [command] : [];
  };
  return (
    <EditBox title={words.votes.add} kind="new_vote" commands={commands}>
      <LinesField of={state} name="question" label={words.votes.question} max={500} rows={3} />
      <LinesField of={state} name="options" label={words.votes.options} max={960} rows={4} />
      <ChoiceField of={state} name="method" label={words.votes.method}>
        {Object.entries(words.voteMethod).map(([method, label]) => <option key={method} value={method}>{label}</option>)}
      </ChoiceField>
    </EditBox>
  );
}
