// Rows that the meeting's plan alone has, where they go or change because of the file.
import type { ImportLine } from "@protocol";
import { useWords } from "../../state/store";
import css from "./import.module.css";
import { valueText } from "./value_text";

function GoneRow({ line }: { line: ImportLine }) {
  const words = useWords();
  const said = line.values.filter((value) => value.text !== "" && value.field !== "id").map((value) => valueText(words, value.field, value.text));
  return <li data-gone={line.fate}><b>{line.label}: {line.fate === undefined ? "" : words.office.fate[line.fate]}</b> {said.join(" · ")}</li>;
}

export function Gone({ lines }: { lines: readonly ImportLine[] }) {
  const words = useWords();
  return lines.length === 0 ? null : (
    <section class={css.table}><h3>{words.office.gone}</h3>
      <ul class={css.unread}>{lines.map((line, at) => <GoneRow key={at} line={line} />)}</ul></section>
  );
}
