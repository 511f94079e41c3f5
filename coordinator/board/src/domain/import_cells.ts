// Cells of an office's tables as corrections name them, and what stands in them. Pure.
import type { ImportLine, ImportPreview, ImportTableView } from "@protocol";

/** "2!B7": of the second sheet. */
export function cellName(sheet: number, column: string, row: number): string {
  return `${sheet}!${column}${row}`;
}

/** As the coordinator is told: each cell and what it is to say. */
export function correctionsOf(cells: ReadonlyMap<string, string>): string[] {
  return [...cells].map(([cell, text]) => `${cell}=${text}`);
}

export function textOfCell(line: ImportLine, column: string): string {
  return line.cells.find((cell) => cell.column === column)?.text ?? "";
}

/** Columns that say something or are something of a plan; those that stay empty are not drawn. */
export function shownColumns(table: ImportTableView): ImportTableView["columns"] {
  const used = new Set(table.lines.flatMap((line) => line.cells.map((cell) => cell.column)));
  return table.columns.filter((one) => one.field !== undefined || used.has(one.column));
}

/** How many rows become what, of all tables of a part. */
export function countFates(table: ImportTableView): ReadonlyMap<NonNullable<ImportLine["fate"]>, number> {
  const counts = new Map<NonNullable<ImportLine["fate"]>, number>();
  for (const { fate } of table.lines) {
    if (fate !== undefined) {
      counts.set(fate, (counts.get(fate) ?? 0) + 1);
    }
  }
  return counts;
}

/** Whether two looks at a file ask for the same of the meeting. */
export function asksTheSame(one: ImportPreview, other: ImportPreview): boolean {
  return one.changes.length === other.changes.length
    && one.changes.every((change, at) => change.text === other.changes[at]?.text && change.refusal === other.changes[at].refusal);
}
