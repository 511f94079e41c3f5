// One cell of an office's table: what stands there, what was taken of it, and putting it right on the spot. What a new
// text means is for the coordinator to say.
import type { ImportValue } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { cellName } from "../../domain/import_cells";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { Icon } from "../../ui/icon";
import css from "./import.module.css";
import { valueText } from "./value_text";

interface Place { readonly sheet: number; readonly column: string; readonly row: number }

function CellForm({ text, label, done }: { text: string; label: string; done: (text: string | undefined) => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const answered = useRef(false);
  useEffect(() => { field.current?.select(); }, []);
  /** Once: a field that is taken away loses the focus too. */
  const finish = (next: string | undefined): void => {
    if (!answered.current) {
      answered.current = true;
      done(next);
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      finish(field.current?.value);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      finish(undefined);
    }
  };
  return <textarea ref={field} class={css.field} rows={Math.min(6, 1 + Math.floor(text.length / 40))} maxLength={1100} aria-label={label} defaultValue={text}
    data-cell-field onKeyDown={pressed} onBlur={(event) => finish(event.currentTarget.value)} />;
}

/** What was taken of the cell, where that is something else than stands there. */
function Understood({ value, text }: { value: ImportValue | undefined; text: string }) {
  const words = useWords();
  if (value === undefined || (value.text === text && value.before === undefined)) {
    return null;
  }
  const now = valueText(words, value.field, value.text) || words.office.empty;
  return (
    <small class={css.understood}>
      {value.before === undefined ? null : <del title={words.office.before}>{valueText(words, value.field, value.before) || words.office.empty}</del>}
      {value.text === text ? null : <span>→ {now}</span>}
    </small>
  );
}

export function Cell({ place, text, value, marked }: { place: Place; text: string; value: ImportValue | undefined; marked: boolean }) {
  const words = useWords();
  const { importDesk } = useStore();
  const [editing, edit] = useState(false);
  const name = cellName(place.sheet, place.column, place.row);
  const corrected = importDesk.cells.value.has(name);
  const fixed = importDesk.work.value === "giving";
  const done = (next: string | undefined): void => {
    edit(false);
    if (next !== undefined && next.trim() !== text.trim()) {
      void importDesk.correct(name, next.trim());
    }
  };
  const label = words.office.correct(`${place.column}${place.row}`);
  const inside = editing ? <CellForm text={text} label={label} done={done} />
    : <button type="button" class={css.cellText} disabled={fixed} title={corrected ? words.office.corrected : label} aria-label={`${label}: ${text}`} onClick={() => edit(true)}>{text === "" ? " " : text}</button>;
  const more = <>
    {corrected ? <button type="button" class={button.link} data-take-back title={words.office.takeBack} aria-label={words.office.takeBack} disabled={fixed}
      onClick={() => void importDesk.takeBack(name)}><Icon name="undo" /></button> : null}
    {editing ? null : <Understood value={value} text={text} />}
  </>;
  const look = { "data-cell": name, "data-marked": marked || undefined, "data-corrected": corrected || undefined };
  return <td {...look}>{inside}{more}</td>;
}
