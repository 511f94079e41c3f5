// A table of the file, row by row: what stands there, what becomes of it, and beside each row what is to be looked at.
import type { ImportFault, ImportLine, ImportTableView } from "@protocol";
import { countFates, shownColumns, textOfCell } from "../../domain/import_cells";
import { useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { Cell } from "./cell";
import css from "./import.module.css";
import { valueText } from "./value_text";

interface RowProps { readonly table: ImportTableView; readonly line: ImportLine; readonly faults: readonly ImportFault[] }

/** Guessed, or of the plan: what no column of the table says. */
function More({ table, line }: { table: ImportTableView; line: ImportLine }) {
  const words = useWords();
  const fields = new Set(table.columns.map((one) => one.field));
  const more = line.values.filter((value) => !fields.has(value.field) && value.text !== "");
  return <td class={css.more}>{more.map((value) => <span key={value.field}><i>{value.label}</i> {valueText(words, value.field, value.text)}</span>)}</td>;
}

function Looked({ line, faults, width }: { line: ImportLine; faults: readonly ImportFault[]; width: number }) {
  const said = [...faults.map((one) => ({ text: one.text, kind: "fault" })), ...line.notes.map((one) => ({ text: one.text, kind: "note" }))];
  return said.length === 0 ? null : (
    <tr class={css.looked} data-looked={line.row}><td /><td colSpan={width + 2}>
      <ul>{said.map((one) => <li key={one.text} data-said={one.kind}><Icon name="alarm" />{one.text}</li>)}</ul></td></tr>
  );
}

function Row({ table, line, faults }: RowProps) {
  const words = useWords();
  const columns = shownColumns(table);
  const its = faults.filter((one) => one.row === line.row);
  const marked = new Set([...its, ...line.notes].map((one) => one.column));
  return (
    <>
      <tr data-row={line.row} data-fate={line.fate ?? "none"}>
        <th scope="row">{line.row}</th>
        <td class={css.fate}>{line.fate === undefined ? "" : words.office.fate[line.fate]}</td>
        {columns.map((one) => <Cell key={one.column} place={{ sheet: table.sheet, column: one.column, row: line.row }} text={textOfCell(line, one.column)}
          value={one.field === undefined ? undefined : line.values.find((value) => value.field === one.field)} marked={marked.has(one.column)} />)}
        <More table={table} line={line} />
      </tr>
      <Looked line={line} faults={its} width={columns.length} />
    </>
  );
}

/** The titles as the file has them, and below each which field of a plan it is. */
function Head({ table }: { table: ImportTableView }) {
  const words = useWords();
  return (
    <thead><tr><th scope="col">{words.office.row}</th><th scope="col">{words.office.what}</th>
      {shownColumns(table).map((one) => <th key={one.column} scope="col" data-field={one.field}>{one.column}<small>{one.label ?? "–"}</small></th>)}
      <th scope="col">{words.office.more}</th></tr></thead>
  );
}

function Summary({ table }: { table: ImportTableView }) {
  const words = useWords();
  const counts = [...countFates(table)].map(([fate, rows]) => words.office.counted(fate, rows));
  return <summary><h3>{table.name}{table.label === undefined ? null : `: ${table.label}`} <small>{counts.join(" · ")}</small></h3></summary>;
}

/** Nothing of it is new, gone or to be looked at. */
function isCalm(table: ImportTableView, faults: readonly ImportFault[]): boolean {
  return table.part !== undefined && faults.length === 0 && table.notes.length === 0
    && table.lines.every((line) => line.notes.length === 0 && (line.fate === undefined || line.fate === "unchanged"));
}

export function Table({ table, faults }: { table: ImportTableView; faults: readonly ImportFault[] }) {
  const words = useWords();
  const its = faults.filter((one) => one.sheet === table.sheet);
  return (
    <details class={css.table} open={!isCalm(table, its)} data-table={table.sheet} data-part={table.part ?? "none"}>
      <Summary table={table} />
      {table.part === undefined ? <p class={css.said}>{words.office.unknownTable}</p> : null}
      {table.notes.length === 0 ? null : <ul class={css.unread}>{table.notes.map((one) => <li key={one.text}>{one.text}</li>)}</ul>}
      <table><Head table={table} />
        <tbody>{table.lines.map((line) => <Row key={line.row} table={table} line={line} faults={its} />)}</tbody></table>
      {table.left_out > 0 ? <p class={css.said}>{words.office.leftOut(table.left_out)}</p> : null}
    </details>
  );
}
