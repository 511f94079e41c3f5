// The speaker's screen: the time left, as large as it can be, what the operator says, who follows.
import { turnsToCome } from "../domain/screens";
import { turnOnAir } from "../domain/queries";
import { useDerived } from "../state/derived";
import { start, useScreen } from "./frame";
import { Bar, Clock, countLabel, Figures, Next, PhaseMark, useCount, useNamed } from "./parts";
import "./speaker.css";

function Name() {
  const store = useScreen();
  const turn = turnOnAir(store.model.value);
  const { first, second } = useNamed(turn);
  return <p class="name" data-on-air={turn?.turn}>{turn ? <><b>{first}</b><span>{second}</span></> : <b>{store.words.value.nobody}</b>}</p>;
}

function Time() {
  const store = useScreen();
  const { count, text } = useCount();
  const words = store.words.value;
  return (
    <main class="time" data-count={count.kind} data-phase={count.phase}>
      <p class="label"><PhaseMark count={count} />{count.kind === "speech" && text === "" ? words.noLimit : countLabel(count, words)}</p>
      {text === "" ? <Clock /> : <Figures text={text} />}
      <Bar />
    </main>
  );
}

function Told() {
  const { text } = useScreen().model.value.lectern;
  return <p class="told" role="status" data-told={text}>{text}</p>;
}

function Following() {
  const store = useScreen();
  const words = store.words.value;
  const [turn] = useDerived(() => turnsToCome(store.model.value, 1), [store]);
  return (
    <footer>
      <p data-next-turn={turn?.turn}>{turn ? <><i>{words.next}</i> <Next turn={turn} /></> : <i>{words.nobodyNext}</i>}</p>
      <Clock />
    </footer>
  );
}

function Lectern() {
  const { dark } = useScreen().model.value.lectern;
  return dark ? <div class="dark" data-dark /> : <div class="lectern"><Name /><Time /><Told /><Following /></div>;
}

void start({ kind: "speaker", content: Lectern, accounts: false });
