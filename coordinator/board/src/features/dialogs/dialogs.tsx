// Help sheet, search, choice of the program's picture, for how long a hand is approved, and the question before what is hard to take back.
import type { ComponentChildren } from "preact";
import type { Command, WireSiteView, WireTurnView } from "@protocol";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ACTIONS, siteInHand, type Action } from "../../domain/actions";
import { give, model } from "../../state/board";
import { closeDialog, consoleState, toast, type Question } from "../../state/console";
import { length } from "../../domain/format";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { isPermitted, openSite, scope } from "../../state/perform";
import { searchSites, siteName, sitesInOrder, usualAllowance } from "../../domain/queries";
import { useWords } from "../../state/words";
import { keyLabel } from "../../ui/action_button";
import { Icon, type IconName } from "../../ui/icon";
import { Toasts } from "../../ui/toasts";

/** The browser's own modal dialog: it traps the focus and gives it back. Open before the next key comes. */
function Modal({ title, kind, children }: { title: string; kind: string; children: ComponentChildren }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    (element?.querySelector<HTMLElement>("[data-focus]") ?? element)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog ref={dialog} class={`dialog ${kind}`} aria-label={title} onCancel={(event) => { event.preventDefault(); closeDialog(); }}
      onClick={(event) => event.target === event.currentTarget && closeDialog()}>
      <header><h2>{title}</h2>
        <button type="button" class="button quiet" aria-label={words.close} onClick={closeDialog}><Icon name="close" /></button></header>
      {children}
      <Toasts />
    </dialog>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  return <span class="keys">{keys.map((key) => <kbd key={key}>{keyLabel(key)}</kbd>)}</span>;
}

interface KeyRow { readonly keys: readonly string[]; readonly names: readonly string[] }

/** Actions that share their keys share a row: one of them can be done at a time. */
function keyRows(nameOf: (action: Action) => string): KeyRow[] {
  const rows = new Map<string, KeyRow>();
  for (const action of ACTIONS.filter(isPermitted)) {
    const id = action.keys.join(" ");
    rows.set(id, { keys: action.keys, names: [...(rows.get(id)?.names ?? []), nameOf(action)] });
  }
  return [...rows.values()];
}

function HelpRow({ keys, text }: { keys: readonly string[]; text: string }) {
  return <div><dt><Keys keys={keys} /></dt><dd>{text}</dd></div>;
}

function Help() {
  const words = useWords();
  return (
    <Modal title={words.help.heading} kind="help">
      <p class="dim">{words.help.note}</p>
      <dl>
        <HelpRow keys={["↑", "↓", "j", "k"]} text={words.help.moveTurn} />
        {keyRows((action) => words.actions[action.id]).map((row) =>
          <HelpRow key={row.keys[0]} keys={row.keys} text={row.names.join(" / ")} />)}
        <HelpRow keys={["1–6"]} text={words.help.panels} />
        <HelpRow keys={["←", "→", "↑", "↓"]} text={words.help.moveTile} />
        <HelpRow keys={["Esc"]} text={words.help.close} />
      </dl>
    </Modal>
  );
}

function Found({ sites, chosen }: { sites: readonly WireSiteView[]; chosen: number }) {
  const words = useWords();
  return (
    <ul class="found" role="listbox" aria-label={words.sites.heading}>
      {sites.map((site, index) => (
        <li key={site.site} role="option" aria-selected={index === chosen} class={index === chosen ? "selected" : ""}
          onClick={() => { closeDialog(); openSite(site.site); }}>
          <b>{site.name}</b><span class="dim">{site.short_code} · {site.region}</span><span>{words.linkState[site.link]}</span>
        </li>
      ))}
      {sites.length === 0 ? <li class="empty">{words.search.none}</li> : null}
    </ul>
  );
}

const FOUND_SHOWN = 12;

function Search({ now }: { now: Model }) {
  const words = useWords();
  const [text, setText] = useState("");
  const [chosen, choose] = useState(0);
  const sites = searchSites(now, text).slice(0, FOUND_SHOWN);
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const site = sites[chosen];
    if (step !== 0) {
      event.preventDefault();
      choose(Math.min(sites.length - 1, Math.max(0, chosen + step)));
    } else if (event.key === "Enter" && site) {
      event.preventDefault();
      closeDialog();
      openSite(site.site);
    }
  };
  return (
    <Modal title={words.search.heading} kind="search">
      <input data-focus type="search" value={text} placeholder={words.search.placeholder} aria-label={words.search.placeholder}
        onInput={(event) => { setText(event.currentTarget.value); choose(0); }} onKeyDown={walk} />
      <Found sites={sites} chosen={chosen} />
    </Modal>
  );
}

interface Choice { readonly icon: IconName; readonly text: string; readonly command: Command | undefined }

/** Scenes that the relay's slots can carry: one remote camera, the venue's, one content. */
function choicesOf(now: Model, words: ReturnType<typeof useWords>): Choice[] {
  const around = scope();
  const site = around && siteInHand(around);
  const remote = site?.kind === "remote" ? site : undefined;
  const venue = sitesInOrder(now).find((one) => one.kind === "main");
  const name = site ? ` – ${site.name}` : "";
  return [
    { icon: "log", text: words.scene.slate, command: { name: "scene.override", args: { layout: "slate", panes: [] } } },
    { icon: "home", text: words.scene.venue, command: venue
      && { name: "scene.override", args: { layout: "solo", panes: [{ site: venue.site, source: "camera" }] } } },
    { icon: "screen", text: words.scene.selected + name, command: site
      && { name: "scene.override", args: { layout: "solo", panes: [{ site: site.site, source: "camera" }] } } },
    { icon: "grid", text: words.scene.venueAndSelected + name, command: venue && remote
      && { name: "scene.override", args: { layout: "side_by_side", panes: [
        { site: remote.site, source: "camera" }, { site: venue.site, source: "camera" }] } } },
    { icon: "content", text: words.scene.content + name, command: site?.has_content
      ? { name: "content.show", args: { site: site.site, shown: now.scene.content !== site.site } } : undefined },
    { icon: "relay", text: words.actions.follow, command: now.scene.overridden ? { name: "scene.follow", args: {} } : undefined },
  ];
}

function SceneChoice({ now }: { now: Model }) {
  const words = useWords();
  const choices = choicesOf(now, words);
  const pick = (choice: Choice | undefined): void => {
    if (choice?.command) {
      closeDialog();
      give(choice.command);
    } else if (choice) {
      toast("note", choice.text, words.notNow);
    }
  };
  const byNumber = (event: KeyboardEvent): void => {
    if (/^[1-9]$/.test(event.key) && !event.repeat) {
      pick(choices[Number(event.key) - 1]);
    }
  };
  return (
    <Modal title={words.scene.heading} kind="scene">
      <div class="choices" onKeyDown={byNumber}>
        {choices.map((choice, index) => (
          <button key={choice.text} type="button" class="button wide" disabled={!choice.command} data-focus={index === 0 ? true : undefined}
            onClick={() => pick(choice)}>
            <Icon name={choice.icon} /><span class="label">{choice.text}</span><kbd>{index + 1}</kbd>
          </button>
        ))}
      </div>
    </Modal>
  );
}

function Confirm({ question }: { question: Question }) {
  const words = useWords();
  const agree = (): void => {
    closeDialog();
    question.answer();
  };
  return (
    <Modal title={words.confirm.heading} kind="confirm">
      <p class="question">{question.text}?</p>
      {question.detail === "" ? null : <p class="at-stake">{question.detail}</p>}
      <div class="buttons">
        <button type="button" class="button danger" data-focus onClick={agree}>{words.confirm.yes}<kbd>⏎</kbd></button>
        <button type="button" class="button" onClick={closeDialog}>{words.confirm.no}<kbd>Esc</kbd></button>
      </div>
    </Modal>
  );
}

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 5;

/** Whose turn is approved, and for how long: with no limit there would be nothing to count down. */
function Approve({ now, turn }: { now: Model; turn: WireTurnView }) {
  const words = useWords();
  const usual = usualAllowance(now, turn);
  const [minutes, setMinutes] = useState(usual === undefined ? DEFAULT_MINUTES : Math.max(1, Math.round(usual / MINUTE_MS)));
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.select(), []);
  const approve = (allowance: number): void => {
    closeDialog();
    give({ name: "turn.approve", args: { turn: turn.turn, allowance } });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    approve(minutes * MINUTE_MS);
  };
  return (
    <Modal title={words.actions.approve} kind="approve">
      <p class="question">{siteName(now, turn.site)}</p>
      {turn.topic === "" ? null : <p class="at-stake">{turn.topic}</p>}
      <form onSubmit={submit}>
        <label>{words.site.addTurnMinutes}<input ref={field} data-focus name="minutes" type="number" min="1" max="240" required
          value={minutes} onInput={(event) => setMinutes(event.currentTarget.valueAsNumber)} /></label>
        <div class="buttons">
          <button type="submit" class="button primary">{words.speaking.approveFor(length((minutes || 0) * MINUTE_MS))}<kbd>⏎</kbd></button>
          <button type="button" class="button" onClick={() => approve(0)}>{words.speaking.approveUnlimited}</button>
          <button type="button" class="button" onClick={closeDialog}>{words.confirm.no}<kbd>Esc</kbd></button>
        </div>
      </form>
    </Modal>
  );
}

export function Dialogs() {
  const { dialog, question, approving } = useWatch(consoleState, (state) => state);
  const now = useWatch(model, (value) => value);
  switch (dialog) {
    case "help":
      return <Help />;
    case "search":
      return now ? <Search now={now} /> : null;
    case "scene":
      return now ? <SceneChoice now={now} /> : null;
    case "confirm":
      return question ? <Confirm question={question} /> : null;
    case "approve": {
      const turn = approving === undefined ? undefined : now?.turns.get(approving);
      return now && turn ? <Approve now={now} turn={turn} /> : null;
    }
    case undefined:
      return null;
  }
}
