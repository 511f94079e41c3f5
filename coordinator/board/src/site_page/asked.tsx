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

/** The sound is played by the machine; whether people heard it only they know. */
function LineQuestion({ test }: { test: NonNullable<PanelState["line_test"]> }) {
  const page = usePage();
  const words = page.words.value.lineTest;
  const asks = test.sounded && !test.confirmed;
  return (
    <section id="line-test" role="status" data-answered={String(test.confirmed)}>
      <p id="line-test-word">{words.heading}</p>
      <p id="line-test-more">{!test.sounded ? words.measuring : test.confirmed ? words.confirmed : words.asked}</p>
      <div class="buttons" hidden={!asks}>
        <button id="sound-heard" type="button" onClick={() => page.press({ action: "confirm_sound" })}>{words.heard}</button>
        <button id="sound-unheard" type="button" onClick={() => page.press({ action: "deny_sound" })}>{words.unheard}</button>
      </div>
    </section>
  );
}

/** What the centre has to know was understood. */
function Notice({ notice }: { notice: NonNullable<PanelState["notice"]> }) {
  const page = usePage();
  const words = page.words.value.reading;
  return (
    <section id="centre-notice" role="alert">
      <p id="centre-notice-word">{words.notice}</p>
      <p id="centre-notice-text">{notice.text}</p>
      <button id="understood" type="button" onClick={() => page.read(notice)}>{words.understood}</button>
    </section>
  );
}

/** Halls are dark; who is on duty stays until the centre ends it. */
function Debrief() {
  const words = usePage().words.value.debrief;
  return (
    <section id="debrief" role="status">
      <p id="debrief-word">{words.heading}</p>
      <p id="debrief-more">{words.more}</p>
    </section>
  );
}

export function Asked({ state }: { state: PanelState | undefined }) {
  return !state || state.spare ? null : (
    <>
      {state.debrief ? <Debrief /> : null}
      {state.notice ? <Notice notice={state.notice} /> : null}
      {state.ready ? <ReadyQuestion ready={state.ready} /> : null}
      {state.line_test ? <LineQuestion test={state.line_test} /> : null}
    </>
  );
}
