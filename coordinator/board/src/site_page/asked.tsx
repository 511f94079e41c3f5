// What the centre asks of this site right now, each answered by one press.
import type { PanelState } from "@protocol";
import { usePage } from "./page_state";

const SECOND_MS = 1000;

function ReadyQuestion({ ready }: { ready: NonNullable<PanelState["ready"]> }) {
  const page = usePage();
  const words = page.words.value.ready;
  const seconds = Math.max(0, Math.ceil(ready.left / SECOND_MS));
  return (
    <section id="asked" role="alert" data-answered={String(ready.answered)}>
      <p id="asked-word">{ready.answered ? words.answered : words.asked}</p>
      <p id="asked-more">{ready.answered ? words.answeredMore : words.left(seconds)}</p>
      <button id="ready" type="button" hidden={ready.answered} onClick={() => page.press({ action: "answer_ready" })}>{words.answer}</button>
    </section>
  );
}

export function Asked({ state }: { state: PanelState | undefined }) {
  return state?.ready && !state.spare ? <ReadyQuestion ready={state.ready} /> : null;
}
