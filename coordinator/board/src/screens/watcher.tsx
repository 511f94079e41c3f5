// The page of those who follow: where the programme stands, planned against actual, when it will end.
import { day, deviation } from "../domain/format";
import { progress, turnsToCome } from "../domain/screens";
import { activeItem, itemsInOrder, turnOnAir } from "../domain/queries";
import { useDerived } from "../state/derived";
import { LanguageButton, start, useScreen } from "./frame";
import { AgendaRow, Bar, Clock, countLabel, Figures, Next, PhaseMark, useCount, useNamed } from "./parts";
import { durationWords } from "./words/duration";
import "./watcher.css";

function Head() {
  const store = useScreen();
  const words = store.words.value;
  const { name, host, place, date } = store.model.value.meeting;
  return (
    <header class="title">
      <div><h1>{name}</h1><p>{host} · {place} · {day(date, words.language)}</p></div>
      <div class="tools"><Clock /><LanguageButton /></div>
    </header>
  );
}

function Punctual() {
  const store = useScreen();
  const words = store.words.value;
  const { offset, forecast_end, state } = store.model.value.meeting;
  const minutes = Math.abs(offset ?? 0) >= 60_000;
  return (
    <p class="punctual">
      {state !== "live" ? null : <span data-offset={offset ?? 0}>{!minutes || offset === undefined ? words.onTime
        : offset > 0 ? words.late(deviation(offset, durationWords(words.language))) : words.early(deviation(offset, durationWords(words.language)))}</span>}
      {forecast_end === undefined || state === "closed" ? null : <span>{words.expectedEnd} <b>{store.timeOf(forecast_end)}</b></span>}
    </p>
  );
}

function Counted() {
  const store = useScreen();
  const { count, text } = useCount();
  return text === "" ? null : (
    <div class="counted" data-count={count.kind} data-phase={count.phase}>
      <span><PhaseMark count={count} />{countLabel(count, store.words.value)}</span> <Figures text={text} /><Bar />
    </div>
  );
}

function Now() {
  const store = useScreen();
  const words = store.words.value;
  const model = store.model.value;
  const turn = turnOnAir(model);
  const item = activeItem(model);
  const { first, second } = useNamed(turn);
  const { state, adjourned } = model.meeting;
  const idle = state === "closed" ? words.ended : adjourned !== undefined ? words.adjourned : state === "live" ? words.waitForNext : words.notBegun;
  return (
    <section class="now" aria-label={words.now} aria-live="polite">
      <h2>{item?.title ?? idle}</h2>
      {turn ? <p class="speaker" data-on-air={turn.turn}><i>{words.speaking}</i> <b>{first}</b> <span>{second}</span></p> : null}
    </section>
  );
}

function ToCome() {
  const store = useScreen();
  const words = store.words.value;
  const turns = useDerived(() => turnsToCome(store.model.value, 3), [store]);
  return turns.length === 0 ? null : (
    <section class="to-come"><h2>{words.next}</h2><ol>{turns.map((turn) => <li key={turn.turn}><Next turn={turn} /></li>)}</ol></section>
  );
}

function Programme() {
  const store = useScreen();
  const words = store.words.value;
  const items = useDerived(() => itemsInOrder(store.model.value), [store]);
  const { done, of } = useDerived(() => progress(store.model.value), [store]);
  return (
    <section class="agenda">
      <header><h2>{words.programme}</h2><span data-progress={done}>{words.progress(done, of)}</span></header>
      <progress max={Math.max(of, 1)} value={done} aria-label={words.progress(done, of)} />
      <ol>{items.map((item) => <AgendaRow key={item.item} item={item} />)}</ol>
    </section>
  );
}

function Watcher() {
  return <div class="watcher"><Head /><main><Now /><Counted /><Punctual /><ToCome /><Programme /></main></div>;
}

void start({ kind: "watcher", content: Watcher, accounts: true });
