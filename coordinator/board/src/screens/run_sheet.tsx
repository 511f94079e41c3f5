// The run sheet: the whole programme with its speakers, current, for paper and for whoever likes paper.
import { day, length, plannedTime } from "../domain/format";
import { sheetRows, type SheetRow } from "../domain/screens";
import { siteName } from "../domain/queries";
import { useDerived } from "../state/derived";
import { LanguageButton, start, useScreen } from "./frame";
import { nameOf } from "./named";
import "./run_sheet.css";

function Planned({ row: { item } }: { row: SheetRow }) {
  const { date } = useScreen().model.value.meeting;
  const from = item.planned_start === undefined ? "" : plannedTime(item.planned_start, date);
  const till = item.fixed_end !== undefined ? plannedTime(item.fixed_end, date)
    : item.planned_start !== undefined && item.planned_length !== undefined ? plannedTime(item.planned_start + item.planned_length, date) : "";
  return <td class="when">{from}{till === "" ? "" : `–${till}`}{from === "" && item.planned_length !== undefined ? length(item.planned_length) : ""}</td>;
}

function Actual({ row: { item } }: { row: SheetRow }) {
  const store = useScreen();
  const words = store.words.value;
  const time = (instant: number | undefined): string => instant === undefined ? "" : store.timeOf(instant);
  if (item.state === "done" || item.state === "active") {
    return <td class="when"><b>{time(item.started)}–{time(item.finished)}</b></td>;
  }
  return <td class="when">{item.state === "skipped" ? words.item.skipped : item.forecast_start === undefined ? "" : words.sheet.expected(time(item.forecast_start))}</td>;
}

function Turns({ row }: { row: SheetRow }) {
  const store = useScreen();
  const model = store.model.value;
  return row.turns.length === 0 ? null : (
    <ol class="turns">{row.turns.map((turn) => {
      const { first, second } = nameOf(turn, siteName(model, turn.site));
      return <li key={turn.turn} data-turn={turn.turn} data-state={turn.state}><b>{first}</b>{second === "" ? "" : ` (${second})`}
        {turn.allowance > 0 ? ` – ${length(turn.allowance)}` : ""}{turn.state === "done" ? " ✓" : turn.state === "on_air" ? " ▶" : ""}</li>;
    })}</ol>
  );
}

function Row({ row }: { row: SheetRow }) {
  return (
    <tr data-item={row.item.item} data-state={row.item.state}>
      <td class="number">{row.number}</td><Planned row={row} />
      <td class="content"><b>{row.item.title}</b><Turns row={row} /></td>
      <td class="by">{row.item.by ?? ""}</td><Actual row={row} />
    </tr>
  );
}

function Sheet() {
  const store = useScreen();
  const words = store.words.value;
  const { name, host, place, date, chairs, forecast_end } = store.model.value.meeting;
  const rows = useDerived(() => sheetRows(store.model.value), [store]);
  const minute = useDerived(() => store.clockText().slice(0, 5), [store]);
  return (
    <main class="sheet">
      <div class="tools"><LanguageButton /><button type="button" class="do" onClick={() => print()}>{words.sheet.print}</button></div>
      <header>
        <p>{host}</p><h1>{words.titles.run_sheet}</h1><h2>{name}</h2>
        <p>{words.sheet.place}: {place} · {day(date, words.language)}{chairs === undefined || chairs.length === 0 ? "" : ` · ${words.sheet.chairs}: ${chairs.join(", ")}`}</p>
      </header>
      <table>
        <thead><tr>{([words.sheet.number, words.sheet.planned, words.sheet.content, words.sheet.by, words.sheet.actual]).map((text) => <th key={text} scope="col" class={text === words.sheet.by ? "by" : undefined}>{text}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <Row key={row.item.item} row={row} />)}</tbody>
      </table>
      <footer><span data-as-of>{words.sheet.state(minute)}</span>{forecast_end === undefined ? null : <span>{words.expectedEnd} <b>{store.timeOf(forecast_end)}</b></span>}</footer>
    </main>
  );
}

void start({ kind: "run_sheet", content: Sheet, accounts: true });
