// The chair's page: who speaks, how long, who follows, who asks. Nothing else.
import { useEffect, useState } from "preact/hooks";
import { requests, turnsToCome, type Request } from "../domain/screens";
import { activeItem, turnOnAir } from "../domain/queries";
import { useDerived } from "../state/derived";
import { LanguageButton, start, useScreen } from "./frame";
import { Bar, Clock, countLabel, Figures, Next, PhaseMark, useCount, useNamed } from "./parts";
import "./chair.css";

const MINUTE_MS = 60_000;
const SURE_MS = 4000;

function Now() {
  const store = useScreen();
  const words = store.words.value;
  const turn = turnOnAir(store.model.value);
  const item = activeItem(store.model.value);
  const { first, second } = useNamed(turn);
  const { count, text } = useCount();
  return (
    <section class="now" data-on-air={turn?.turn} data-phase={count.phase} aria-label={words.speaking}>
      <p class="item">{item?.title ?? ""}</p>
      <h1>{turn ? first : words.nobody}</h1>
      <p>{second}</p>
      {text === "" ? null : <div class="counted"><span><PhaseMark count={count} />{countLabel(count, words)}</span><Figures text={text} /><Bar /></div>}
    </section>
  );
}

function ToCome() {
  const store = useScreen();
  const words = store.words.value;
  const turns = useDerived(() => turnsToCome(store.model.value, 3), [store]);
  return (
    <section class="to-come" aria-label={words.chair.nextThree}>
      <h2>{words.chair.nextThree}</h2>
      {turns.length === 0 ? <p>{words.nobodyNext}</p> : <ol>{turns.map((turn) => <li key={turn.turn} data-next-turn={turn.turn}><Next turn={turn} /></li>)}</ol>}
    </section>
  );
}

/** Hard to take back: pressed twice. */
function Decline({ turn }: { turn: string }) {
  const store = useScreen();
  const words = store.words.value;
  const [sure, ask] = useState(false);
  useEffect(() => {
    const timer = sure ? setTimeout(() => ask(false), SURE_MS) : undefined;
    return () => clearTimeout(timer);
  }, [sure]);
  const press = (): void => {
    if (sure) {
      store.give({ name: "turn.withdraw", args: { turn } });
    }
    ask(!sure);
  };
  return <button type="button" data-decline disabled={!store.live.value} onClick={press}>{sure ? words.chair.sure : words.chair.decline}</button>;
}

function Asked({ request: { turn, allowance } }: { request: Request }) {
  const store = useScreen();
  const words = store.words.value;
  const approve = (): void => store.give({ name: "turn.approve", args: allowance === undefined ? { turn: turn.turn } : { turn: turn.turn, allowance } });
  return (
    <li data-request={turn.turn}>
      <div><Next turn={turn} />{turn.topic === "" ? null : <p>{turn.topic}</p>}</div>
      <button type="button" class="do" data-approve disabled={!store.live.value} onClick={approve}>
        {words.chair.approve}{allowance === undefined ? "" : ` · ${words.chair.minutes(Math.round(allowance / MINUTE_MS))}`}</button>
      <Decline turn={turn.turn} />
    </li>
  );
}

function Requests() {
  const store = useScreen();
  const words = store.words.value;
  const asked = useDerived(() => requests(store.model.value), [store]);
  const refused = store.refused.value;
  return (
    <section class="requests" aria-label={words.chair.requests}>
      <h2>{words.chair.requests}{asked.length > 0 ? ` (${asked.length})` : ""}</h2>
      <p role="alert">{refused === "" ? "" : words.chair.refused(refused)}</p>
      {asked.length === 0 ? <p>{words.chair.none}</p> : <ul>{asked.map((one) => <Asked key={one.turn.turn} request={one} />)}</ul>}
    </section>
  );
}

function Chair() {
  return (
    <div class="chair">
      <header><Clock /><LanguageButton /></header>
      <main><Now /><Requests /><ToCome /></main>
    </div>
  );
}

void start({ kind: "chair", content: Chair, accounts: true, fits: (who) => who.role === "chair" });
