// What people at the site ask for, what became of it, and messages with the centre.
import type { PanelAction, PanelState, ToldMessage } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import { timeOfDay } from "../domain/format";
import { SPEECH_MINUTES_MAX, usePage, type PageState } from "./page_state";
import type { SiteDictionary } from "./words/dictionary";

/** What became of the last press: on its way, kept until there is a link, refused, or with the centre. */
export function fate({ unsent, words: { value: words } }: PageState, state: PanelState): string {
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
  return state.answered === undefined ? "" : words.done[state.answered] ?? "";
}

/** Said where it was pressed: on a phone the buttons are out of view of who writes. */
function isOfMessage(page: PageState, state: PanelState): boolean {
  const pressed = page.pressed.value ?? state.answered;
  return pressed === "send_message" || pressed === "read_message";
}

/** Said where the numbers are. */
export function isOfVote(page: PageState, state: PanelState): boolean {
  const pressed = page.pressed.value ?? state.answered;
  return pressed === "cast_vote" || pressed === "report_vote";
}

/** Said where it is written. */
export function isOfRegistration(page: PageState, state: PanelState): boolean {
  const pressed = page.pressed.value ?? state.answered;
  return pressed === "register" || pressed === "attend";
}

function noticeText(page: PageState, state: PanelState): string {
  const words = page.words.value;
  const hands = state.hands_closed === true && !state.hand ? words.handsClosed : "";
  const microphone = state.locked ? words.locked : state.ducked ? words.ducked : "";
  const ofAnother = isOfMessage(page, state) || isOfVote(page, state) || (page.pressed.value ?? state.answered) === "give_opinion" || isOfRegistration(page, state);
  return [ofAnother ? "" : fate(page, state), hands, microphone].filter((part) => part !== "").join(" ");
}

interface Switch {
  readonly id: string;
  readonly on: boolean;
  readonly label: string;
  readonly undo: string;
  readonly actions: readonly [on: PanelAction, off: PanelAction];
}

/** What the site tells of itself before the opening, and its own slides. */
function switchesOf(state: PanelState, { own }: SiteDictionary): Switch[] {
  const isOn = state.meeting !== "closed";
  const mayShow = state.content_shown !== undefined && (state.content_shown || state.tally === "on_air");
  return [
    ...mayShow
      ? [{ id: "content", on: state.content_shown === true, ...own.content, actions: ["show_content", "hide_content"] } as const] : [],
    ...state.registered !== undefined && isOn && !state.registration // which signs it
      ? [{ id: "registered", on: state.registered, ...own.registered, actions: ["sign_registered", "unsign_registered"] } as const] : [],
    ...state.seated !== undefined && isOn
      ? [{ id: "seated", on: state.seated, ...own.seated, actions: ["sign_seated", "unsign_seated"] } as const] : [],
  ];
}

function Switches({ state }: { state: PanelState }) {
  const page = usePage();
  return (
    <div class="buttons" id="own">
      {switchesOf(state, page.words.value).map(({ id, on, label, undo, actions }) => (
        <button key={id} id={id} type="button" aria-pressed={on} onClick={() => page.press({ action: actions[on ? 1 : 0] })}>
          {on ? undo : label}</button>
      ))}
    </div>
  );
}

const ASKED_MS = 5000;
const SPEECH_MAX = { text: 500, unit: 200, speaker: 120 } as const;

/** What for, for whom and who: may be left out, so that a hand is one press. */
function Speech() {
  const { speech, speechMinutes, isReply, words: { value: words } } = usePage();
  return (
    <details id="speech">
      <summary>{words.speech.heading}</summary>
      {(["text", "unit", "speaker"] as const).map((name) => (
        <label key={name}>{words.speech[name]}
          <input id={`speech-${name}`} maxLength={SPEECH_MAX[name]} autocomplete="off" value={speech[name].value}
            onInput={(event) => { speech[name].value = event.currentTarget.value; }} /></label>
      ))}
      <label>{words.speech.minutes}
        <input id="speech-minutes" type="number" min="1" max={SPEECH_MINUTES_MAX} value={speechMinutes.value}
          onInput={(event) => { speechMinutes.value = event.currentTarget.value; }} /></label>
      <label class="tick"><input id="speech-reply" type="checkbox" checked={isReply.value}
        onChange={(event) => { isReply.value = event.currentTarget.checked; }} /> {words.speech.reply}</label>
    </details>
  );
}

/** Whoever has finished says so; pressed twice, since the floor does not come back. */
function FinishTurn() {
  const page = usePage();
  const words = page.words.value;
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const timer = asked ? setTimeout(() => setAsked(false), ASKED_MS) : undefined;
    return () => clearTimeout(timer);
  }, [asked]);
  const press = (): void => {
    setAsked(!asked);
    if (asked) {
      page.press({ action: "finish_turn" });
    }
  };
  return <div class="buttons"><button id="finish" type="button" data-asked={String(asked)} onClick={press}>{asked ? words.finishSure : words.finish}</button></div>;
}

export function Requests({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const muted = state?.muted ?? false;
  const hand = state?.hand ?? false;
  const closed = state?.hands_closed ?? false;
  return (
    <section id="requests" aria-labelledby="requests-title">
      <h2 id="requests-title" class="hidden">{words.requests}</h2>
      <div class="buttons">
        <button id="mute" type="button" aria-pressed={muted} onClick={() => state && page.press({ action: muted ? "unmute" : "mute" })}>
          {muted ? words.unmute : words.mute}</button>
        <button id="hand" type="button" aria-pressed={hand} disabled={closed && !hand} onClick={() => state && (hand ? page.press({ action: "lower_hand" }) : page.raiseHand())}>
          {hand ? words.lower : words.raise}</button>
      </div>
      {state?.tally === "on_air" ? <FinishTurn /> : null}
      {state && !hand && !closed ? <Speech /> : null}
      {state ? <Switches state={state} /> : null}
      <p id="notice" role="status">{state ? noticeText(page, state) : ""}</p>
    </section>
  );
}

const MESSAGE_MAX = 500;

/** The latest one large, those before it below. */
function Told({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const [latest, ...earlier] = state?.messages ?? [];
  const unread = state?.messages?.find((message) => message.read !== true && message.acknowledge !== true);
  return (
    <>
      <p id="message-at">{latest ? timeOfDay(latest.at) : ""}</p>
      <p id="message" data-empty={String(state?.message === undefined)} data-read={String(latest?.read === true)}>{state?.message ?? words.noMessage}</p>
      {unread ? <button id="read" type="button" onClick={() => page.read(unread)}>{words.reading.read}</button> : null}
      <ol id="earlier" aria-label={words.earlier} hidden={earlier.length === 0}>
        {earlier.map((message) => <Line key={message.message} message={message} />)}
      </ol>
    </>
  );
}

function Line({ message: { at, text, read } }: { message: ToldMessage }) {
  return <li data-read={String(read === true)}><span class="time">{timeOfDay(at)}</span><span>{text}</span></li>;
}

/** What the site wrote last, and whether anybody at the centre has read it. */
function Written({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value.reading;
  const written = state?.written ?? [];
  return (
    <ol id="written" aria-label={words.written} hidden={written.length === 0}>
      {written.map(({ message, at, text, read }) => (
        <li key={message} data-read={String(read === true)}><span class="time">{timeOfDay(at)}</span>
          <span>{text} <small>{read === true ? words.readThere : words.unreadThere}</small></span></li>
      ))}
    </ol>
  );
}

function Phrases({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value.reading;
  return (
    <div id="phrases" class="buttons" role="group" aria-label={words.phrasesHeading}>
      {(state?.phrases ?? words.phrases).map((text) => (
        <button key={text} type="button" class="phrase" onClick={() => page.press({ action: "send_message", text })}>{text}</button>
      ))}
    </div>
  );
}

export function Messages({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    page.write();
  };
  return (
    <section id="messages" aria-labelledby="messages-title">
      <h2 id="messages-title">{words.messages}{state?.unread === undefined ? "" : ` · ${words.reading.unread(state.unread)}`}</h2>
      <Told state={state} />
      <Written state={state} />
      <form id="write" onSubmit={submit}>
        <label for="text">{words.write}</label>
        <div class="line">
          <input id="text" maxLength={MESSAGE_MAX} autocomplete="off" value={page.draft.value}
            onInput={(event) => { page.draft.value = event.currentTarget.value; }} />
          <button type="submit" id="send">{words.send}</button>
        </div>
      </form>
      <Phrases state={state} />
      <p id="message-notice" role="status">{state && isOfMessage(page, state) ? fate(page, state) : ""}</p>
    </section>
  );
}
