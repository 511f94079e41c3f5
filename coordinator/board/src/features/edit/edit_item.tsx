// An item of the programme is put right, and the titles of its speaking lists.
import type { Command, ItemId, ItemKind, ListId, WireItemView, WireListView } from "@protocol";
import { useState } from "preact/hooks";
import { canPlanItem, itemEdit, itemForm, itemInsert, newItemForm, type ItemForm, type NewItemForm } from "../../domain/edits";
import { itemsInOrder } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { EditBox } from "./edit_box";
import { ChoiceField, TextField, type FormState } from "./fields";
import { useForm } from "./use_form";
import css from "./edit.module.css";

type Titles = ReadonlyMap<ListId, string>;

function RemoveItem({ item }: { item: WireItemView }) {
  const words = useWords();
  const { console, server } = useStore();
  if (item.state !== "pending" || !server.mayCommand("item.remove")) {
    return null;
  }
  const remove = (): void => console.ask(words.edit.removeItem, item.title, () => void server.give({ name: "item.remove", args: { item: item.item } }));
  return <button type="button" class={classes(button.button, button.careful)} data-remove onClick={remove}>{words.edit.removeItem}</button>;
}

interface ListsProps {
  readonly of: FormState<ItemForm>;
  readonly titles: Titles;
  readonly setTitle: (list: ListId, title: string) => void;
  readonly fixed: boolean;
}

function Lists({ of, titles, setTitle, fixed }: ListsProps) {
  const words = useWords();
  const toggle = (list: ListId): void => of.set("lists", of.form.lists.includes(list)
    ? of.form.lists.filter((one) => one !== list) : [...of.form.lists, list]);
  return titles.size === 0 ? null : (
    <fieldset><legend>{words.edit.lists}</legend>
      {[...titles].map(([list, title]) => (
        <div key={list} class={css.list}>
          <input type="checkbox" checked={of.form.lists.includes(list)} disabled={fixed} onChange={() => toggle(list)} aria-label={title} data-list={list} />
          <input value={title} maxLength={200} required aria-label={words.edit.listTitle} name={`list-${list}`}
            onInput={(event) => setTitle(list, event.currentTarget.value)} />
        </div>
      ))}
    </fieldset>
  );
}

function listEdits(lists: readonly WireListView[], titles: Titles): Command[] {
  return lists.flatMap(({ list, title }) => {
    const now = titles.get(list) ?? title;
    return now === title ? [] : [{ name: "list.edit" as const, args: { list, title: now } }];
  });
}

/** What an item is and when; `fixed`: its times act upon nothing any more. */
function Basics<T extends ItemForm>({ of, fixed }: { of: FormState<T>; fixed: boolean }) {
  const words = useWords();
  const state = of as unknown as FormState<ItemForm>;
  return (
    <>
      <TextField of={state} name="title" label={words.edit.title} max={200} required first />
      <TextField of={state} name="by" label={words.edit.by} max={200} />
      <ChoiceField of={state} name="kind" label={words.edit.kind}>
        {Object.entries(words.itemKind).map(([kind, label]) => <option key={kind} value={kind as ItemKind}>{label}</option>)}
      </ChoiceField>
      {of.form.kind === "film" ? <TextField of={state} name="film" label={words.edit.film} max={120} disabled={fixed} /> : null}
      <div class={css.times}>
        <TextField of={state} name="start" label={words.edit.start} type="datetime-local" disabled={fixed} />
        <TextField of={state} name="minutes" label={words.edit.minutes} type="number" disabled={fixed} />
        <TextField of={state} name="end" label={words.edit.fixedEnd} type="datetime-local" disabled={fixed} />
      </div>
    </>
  );
}

function ItemFields({ item, choice }: { item: WireItemView; choice: preact.ComponentChildren }) {
  const words = useWords();
  const { meeting } = useStore();
  const date = meeting.info.value.date;
  const [opened] = useState(item);
  const [lists] = useState(() => [...meeting.model.peek().lists.values()]);
  const [titles, setTitles] = useState<Titles>(() => new Map(lists.map(({ list, title }) => [list, title])));
  const state = useForm<ItemForm>(itemForm(item, date));
  const fixed = !canPlanItem(item) || meeting.state.value === "closed";
  const commands = () => [...[itemEdit(opened, state.form, date)].flatMap((command) => command ?? []), ...listEdits(lists, titles)];
  return (
    <EditBox title={words.actions.edit_item} kind="edit_item" commands={commands} choice={choice} more={<RemoveItem item={item} />}>
      <Basics of={state} fixed={fixed} />
      <Lists of={state} titles={titles} fixed={fixed} setTitle={(list, title) => setTitles((now) => new Map(now).set(list, title))} />
    </EditBox>
  );
}

function NewItemFields({ items, choice }: { items: readonly WireItemView[]; choice: preact.ComponentChildren }) {
  const words = useWords();
  const { meeting } = useStore();
  const state = useForm<NewItemForm>(newItemForm());
  const commands = () => [itemInsert(items, state.form, meeting.info.value.date)];
  return (
    <EditBox title={words.edit.newItem} kind="edit_item" commands={commands} choice={choice}>
      <Basics of={state} fixed={false} />
      <ChoiceField of={state} name="before" label={words.edit.before}>
        <option value="">{words.edit.atEnd}</option>
        {items.filter(canPlanItem).map((one) => <option key={one.item} value={one.item}>{one.title}</option>)}
      </ChoiceField>
    </EditBox>
  );
}

export function EditItem({ id }: { id: ItemId | undefined }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const items = useDerived(() => itemsInOrder(meeting.model.value), [meeting]);
  const [chosen, setChosen] = useState(id ?? meeting.shownItem.peek()?.item ?? items[0]?.item ?? "");
  const item = items.find((one) => one.item === chosen);
  const mayInsert = server.mayCommand("item.insert") && meeting.state.value !== "closed";
  const choice = (
    <label class={css.choice}>{words.edit.item}
      <select name="item" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
        {items.map((one, place) => <option key={one.item} value={one.item}>{place + 1}. {one.title} ({words.itemState[one.state]})</option>)}
        {mayInsert ? <option value="">{words.edit.newItem}</option> : null}
      </select>
    </label>
  );
  if (item) {
    return <ItemFields key={item.item} item={item} choice={choice} />;
  }
  return mayInsert ? <NewItemFields items={items} choice={choice} /> : null;
}
