// What would be wrong with the plan: those of a row stand beside it too.
import type { ImportFault } from "@protocol";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import css from "./import.module.css";

function placeOf(fault: ImportFault, row: string): string {
  return fault.row === undefined ? "" : `${row} ${fault.row}: `;
}

function show({ sheet, column, row }: ImportFault): void {
  const cell = document.querySelector<HTMLElement>(`[data-table="${sheet ?? 0}"] [data-row="${row ?? 0}"] ${column === undefined ? "td" : `[data-cell="${sheet ?? 0}!${column}${row ?? 0}"]`} button`);
  cell?.scrollIntoView({ block: "center" });
  cell?.focus();
}

export function Faults({ faults }: { faults: readonly ImportFault[] }) {
  const words = useWords();
  const { importDesk } = useStore();
  return faults.length === 0 ? null : (
    <section class={css.part} aria-label={words.office.faults} data-import-faults>
      <h3>{words.office.faults}</h3>
      <ul>{faults.map((fault, at) => <li key={at} data-fault><Icon name="alarm" />
        {fault.row === undefined ? fault.text
          : <button type="button" class={css.toCell} disabled={importDesk.work.value === "giving"} onClick={() => show(fault)}>{placeOf(fault, words.office.row)}{fault.text}</button>}</li>)}</ul>
      <p class={css.said}>{words.office.faultsFirst}</p>
    </section>
  );
}
