// The screen of a hall: what this meeting is, what runs now and how long, and where the programme stands.
import { day } from "../domain/format";
import { agendaPart, progress, turnsToCome } from "../domain/screens";
import { activeItem, nextItem, turnOnAir } from "../domain/queries";
import { useDerived } from "../state/derived";
import { start, useScreen } from "./frame";
import { AgendaRow, Bar, Clock, countLabel, Figures, Next, PhaseMark, useCount, useNamed } from "./parts";
import "./hall.css";

const ITEMS_SHOWN = 7;

/** Lines of the slate; a line that names the site of a hall is the slate's alone. */
function Slate() {
  const store = useScreen();
  const { title_lines, name, host } = store.model.value.meeting;
  const lines = title_lines.filter((line) => !line.includes("{site}") && line.toLowerCase() !== host.toLowerCase());
  return (
    <header class="slate">
      <p>{host}</p>
      <h1>{(lines.length > 0 ? lines : [name]).map((line) => <span key={line}>{line}</span>)}</h1>
    </header>
  );
}

function Speaker() {
  const store = useScreen();
  const turn = turnOnAir(store.model.value);
  const { first, second } = useNamed(turn);
  return turn ? <div class="speaker" data-on-air={turn.turn}><b>{first}</b><span>{second}</span></div> : null;
}

function NowItem() {
  const store = useScreen();
  const words = store.words.value;
  const model = store.model.value;
  const item = activeItem(model);
  const { state, adjourned } = model.meeting;
  if (item) {
    return <><h2>{item.title}</h2>{item.by === undefined || turnOnAir(model) ? null : <p class="by">{item.by}</p>}</>;
  }
  const said = state === "closed" ? words.ended : adjourned !== undefined ? words.adjourned : state === "live" ? words.waitForNext : words.notBegun;
  return <h2 data-idle={state}>{said}</h2>;
}

function Counted() {
  const store = useScreen();
  const { count, text } = useCount();
  const words = store.words.value;
  if (count.kind === "none") {
    return null;
  }
  return (
    <div class="counted" data-count={count.kind} data-phase={count.phase}>
      <p><PhaseMark count={count} />{text === "" ? words.noLimit : countLabel(count, words)}</p>
      {text === "" ? null : <Figures text={text} />}
      <Bar />
    </div>
  );
}

function Following() {
  const store = useScreen();
  const words = store.words.value;
  const [turn] = useDerived(() => turnsToCome(store.model.value, 1), [store]);
  const item = useDerived(() => nextItem(store.model.value), [store]);
  return turn ? <p class="following" data-next-turn={turn.turn}><i>{words.next}</i> <Next turn={turn} /></p>
    : item ? <p class="following"><i>{words.next}</i> <b>{item.title}</b></p> : null;
}

function Agenda() {
  const store = useScreen();
  const words = store.words.value;
  const part = useDerived(() => agendaPart(store.model.value, ITEMS_SHOWN), [store]);
  const { done, of } = useDerived(() => progress(store.model.value), [store]);
  return (
    <section class="agenda" aria-label={words.programme}>
      <header><h2>{words.programme}</h2><span data-progress={done}>{words.progress(done, of)}</span></header>
      <span class="steps" aria-hidden="true"><i style={{ width: `${of > 0 ? 100 * done / of : 0}%` }} /></span>
      <ol>{part.items.map((item) => <AgendaRow key={item.item} item={item} />)}</ol>
      {part.after > 0 ? <p>{words.more(part.after)}</p> : null}
    </section>
  );
}

function Foot() {
  const store = useScreen();
  const words = store.words.value;
  const { place, date, forecast_end, state } = store.model.value.meeting;
  return (
    <footer>
      <span>{place} · {day(date, words.language)}</span>
      {forecast_end === undefined || state === "closed" ? null : <span>{words.expectedEnd} <b>{store.timeOf(forecast_end)}</b></span>}
      <Clock />
    </footer>
  );
}

function Hall() {
  return (
    <div class="hall">
      <Slate />
      <main><NowItem /><Speaker /><Counted /><Following /></main>
      <Agenda />
      <Foot />
    </div>
  );
}

void start({ kind: "hall", content: Hall, accounts: false });
