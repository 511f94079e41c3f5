// The data of the meeting are put right: its name, who convenes it, where, when, and what its papers say.
import { useState } from "preact/hooks";
import { meetingEdit, meetingForm, type MeetingForm } from "../../domain/edits";
import { useStore, useWords } from "../../state/store";
import { EditBox } from "./edit_box";
import { ChoiceField, LinesField, TextField } from "./fields";
import { useForm } from "./use_form";
import css from "./edit.module.css";

export function EditMeeting() {
  const words = useWords();
  const [opened] = useState(useStore().meeting.info.peek());
  const state = useForm<MeetingForm>(meetingForm(opened));
  const commands = () => [meetingEdit(opened, state.form)].flatMap((command) => command ?? []);
  return (
    <EditBox title={words.actions.edit_meeting} kind="edit_meeting" commands={commands}>
      <TextField of={state} name="name" label={words.edit.name} max={200} required first />
      <TextField of={state} name="host" label={words.edit.host} max={200} required />
      <div class={css.times}>
        <TextField of={state} name="place" label={words.edit.place} max={200} required />
        <TextField of={state} name="date" label={words.edit.date} type="date" required />
        <ChoiceField of={state} name="form" label={words.edit.form}>
          {Object.entries(words.edit.forms).map(([form, label]) => <option key={form} value={form}>{label}</option>)}
        </ChoiceField>
      </div>
      <div class={css.times}>
        <TextField of={state} name="hardEnd" label={words.edit.hardEnd} type="datetime-local" />
        <TextField of={state} name="handMinutes" label={words.edit.handMinutes} type="number" />
      </div>
      <LinesField of={state} name="chairs" label={words.edit.chairs} rows={2} />
      <LinesField of={state} name="titleLines" label={words.edit.titleLines} rows={4} />
      <div class={css.times}>
        <TextField of={state} name="superior" label={words.edit.superior} max={200} />
        <TextField of={state} name="number" label={words.edit.number} max={20} />
        <TextField of={state} name="symbol" label={words.edit.symbol} max={40} />
      </div>
      <div class={css.times}>
        <TextField of={state} name="locality" label={words.edit.locality} max={120} />
        <TextField of={state} name="secretary" label={words.edit.secretary} max={120} />
      </div>
      <LinesField of={state} name="recipients" label={words.edit.recipients} rows={3} />
    </EditBox>
  );
}
