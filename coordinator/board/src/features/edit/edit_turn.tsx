// A turn is put right: a typo, a deputy, another topic, another site to speak from.
import type { TurnId, WireTurnView } from "@protocol";
import { useState } from "preact/hooks";
import { canMoveTurn, canTelephone, telephoneEdit, telephoneForm, turnEdit, turnForm, type TelephoneForm, type TurnForm } from "../../domain/edits";
import { turnsInOrder } from "../../domain/queries";
import { useStore, useWords } from "../../state/store";
import { useDerived } from "../../state/derived";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { EditBox } from "./edit_box";
import { ChoiceField, LinesField, TextField } from "./fields";
import { useForm } from "./use_form";
import css from "./edit.module.css";

function RemoveTurn({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  if (meeting.state.value !== "draft" || meeting.info.value.adjourned !== undefined || !server.mayCommand("turn.remove")) {
    return null;
  }
  const remove = (): void => console.ask(words.edit.removeTurn, `${meeting.siteName(turn.site).peek()} – ${turn.unit}`,
    () => void server.give({ name: "turn.remove", args: { turn: turn.turn } }));
  return <button type="button" class={classes(button.button, button.careful)} data-remove onClick={remove}>{words.edit.removeTurn}</button>;
}

function TurnFields({ turn, choice }: { turn: WireTurnView; choice: preact.ComponentChildren }) {
  const words = useWords();
  const { meeting } = useStore();
  const state = useForm<TurnForm>(turnForm(turn));
  const [opened] = useState(turn); // what others change meanwhile is theirs
  const line = useForm<TelephoneForm>(telephoneForm(turn));
  const elsewhere = meeting.sitesInOrder.value.filter((site) => site.site !== state.form.site && site.kind !== "player");
  const fixed = !canTelephone(turn) || meeting.state.value === "closed";
  const commands = () => [turnEdit(opened, state.form), telephoneEdit(opened, line.form)].flatMap((command) => command ?? []);
  return (
    <EditBox title={words.actions.edit_turn} kind="edit_turn" commands={commands} choice={choice} more={<RemoveTurn turn={turn} />}>
      <TextField of={state} name="unit" label={words.edit.unit} max={200} required first />
      <TextField of={state} name="speaker" label={words.edit.speaker} max={120} />
      <TextField of={state} name="office" label={words.edit.office} max={200} />
      <LinesField of={state} name="topic" label={words.edit.topic} max={1000} rows={3} />
      <ChoiceField of={state} name="site" label={words.edit.site} disabled={!canMoveTurn(turn) || meeting.state.value === "closed"}>
        {meeting.sitesInOrder.value.map((site) => <option key={site.site} value={site.site}>{site.name}</option>)}
      </ChoiceField>
      <ChoiceField of={line} name="at" label={words.edit.telephone} disabled={fixed}>
        <option value="">{words.edit.noTelephone}</option>
        {elsewhere.map((site) => <option key={site.site} value={site.site}>{site.name}</option>)}
      </ChoiceField>
      {line.form.at === "" ? null : <TextField of={line} name="note" label={words.edit.onTheLine} max={300} disabled={fixed} />}
    </EditBox>
  );
}

/** Every turn can be chosen here, also those of items that are over. */
export function EditTurn({ id }: { id: TurnId | undefined }) {
  const words = useWords();
  const { meeting } = useStore();
  const turns = useDerived(() => turnsInOrder(meeting.model.value), [meeting]);
  const [chosen, setChosen] = useState(id ?? turns[0]?.turn);
  const turn = turns.find((one) => one.turn === chosen);
  if (!turn) {
    return null;
  }
  const choice = (<>
    <p class={css.whose} data-whose={turn.turn}>{meeting.siteName(turn.site).value} <small>{turn.speaker ?? turn.unit} · {words.turnState[turn.state]}</small></p>
    <label class={css.choice}>{words.edit.turn}
      <select name="turn" value={turn.turn} onChange={(event) => setChosen(event.currentTarget.value)}>
        {turns.map((one) => <option key={one.turn} value={one.turn}>{meeting.siteName(one.site).value} – {one.unit} ({words.turnState[one.state]})</option>)}
      </select>
    </label>
  </>);
  return <TurnFields key={turn.turn} turn={turn} choice={choice} />;
}
