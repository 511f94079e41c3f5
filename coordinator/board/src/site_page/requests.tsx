// What people at the site ask for, what became of it, and messages with the centre.
import type { PanelState } from "@protocol";
import { usePage, type PageState } from "./page_state";

/** What became of the last press: on its way, kept until there is a link, refused, or with the centre. */
function fate({ unsent, words: { value: words } }: PageState, state: PanelState): string {
  if (unsent.value) {
    return words.unsent;
  }
  if (state.waiting > 0) {
    return state.connected ? words.sending : words.kept;
  }
  if (state.refusal) {
    return words.refused(words.refusals[state.refusal]);
  }
  if (state.answered === "raise_hand") {
    return state.hand ? words.handSent : "";
  }
  return state.answered === "send_message" ? words.messageSent : "";
}

/** Said where it was pressed: on a phone the buttons are out of view of who writes. */
function isOfMessage(page: PageState, state: PanelState): boolean {
  return (page.pressed.value ?? state.answered) === "send_message";
}

function noticeText(page: PageState, state: PanelState): string {
  const words = page.words.value;
  const microphone = state.locked ? words.locked : state.ducked ? words.ducked : "";
  return [isOfMessage(page, state) ? "" : fate(page, state), microphone].filter((part) => part !== "").join(" ");
}

export function Requests({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const muted = state?.muted ?? false;
  const hand = state?.hand ?? false;
  return (
    <section id="requests" aria-labelledby="requests-title">
      <h2 id="requests-title" class="hidden">{words.requests}</h2>
      <div class="buttons">
        <button id="mute" type="button" aria-pressed={muted} onClick={() => state && page.press({ action: muted ? "unmute" : "mute" })}>
          {muted ? words.unmute : words.mute}</button>
        <button id="hand" type="button" aria-pressed={hand} onClick={() => state && page.press({ action: hand ? "lower_hand" : "raise_hand" })}>
          {hand ? words.lower : words.raise}</button>
      </div>
      <p id="notice" role="status">{state ? noticeText(page, state) : ""}</p>
    </section>
  );
}

const MESSAGE_MAX = 500;

export function Messages({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    page.write();
  };
  return (
    <section id="messages" aria-labelledby="messages-title">
      <h2 id="messages-title">{words.messages}</h2>
      <p id="message" data-empty={String(state?.message === undefined)}>{state?.message ?? words.noMessage}</p>
      <form id="write" onSubmit={submit}>
        <label for="text">{words.write}</label>
        <div class="line">
          <input id="text" maxLength={MESSAGE_MAX} autocomplete="off" value={page.draft.value}
            onInput={(event) => { page.draft.value = event.currentTarget.value; }} />
          <button type="submit" id="send">{words.send}</button>
        </div>
      </form>
      <p id="message-notice" role="status">{state && isOfMessage(page, state) ? fate(page, state) : ""}</p>
    </section>
  );
}
