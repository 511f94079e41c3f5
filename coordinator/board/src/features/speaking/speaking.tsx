// The speaking list of the active item. One row is selected; the console's keys mean that row.
import type { TurnState, WireItemView, WireTurnView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { countdown, length } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import { listInHand } from "../../domain/actions";
import { isOpenTurn, turnsAsked } from "../../domain/queries";
import { siteTroubles } from "../../domain/site_status";
import { useDerived } from "../../state/derived";
import { useStore, type Store, useWords } from "../../state/store";
import { ActionButton, keepFocus } from "../../ui/action_button";
import { Icon, type IconName } from "../../ui/icon";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./speaking.module.css";

const STATE_ICONS: Readonly<Record<TurnState, IconName>> = {
  waiting: "clock", cued: "next", on_air: "take", interrupted: "pause", done: "check", withdrawn: "close",
  absent: "absent", skipped: "skip",
};

/** Somebody has yet to approve it. */
function asks(turn: WireTurnView): boolean {
  return turn.state === "waiting" && !turn.approved;
}

function StateChip({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  return (
    <span class={classes(chip.chip, css.state)}>
      <Icon name={asks(turn) ? "hand" : STATE_ICONS[turn.state]} />
      {asks(turn) ? words.speaking.requested : words.turnState[turn.state]}
    </span>
  );
}

/** What whoever asks has spoken before; undefined of a turn that is no raised hand. */
export function spokenText({ site_spoken, unit_spoken }: WireTurnView, words: Dictionary): string | undefined {
  if (site_spoken === undefined || unit_spoken === undefined) {
    return undefined;
  }
  return site_spoken === 0 && unit_spoken === 0 ? words.speaking.notSpoken : words.speaking.spokenBefore(countdown(site_spoken), countdown(unit_spoken));
}

/** Who speaks, and for whom; of which class, where it is not what is usual. */
function speakerText(turn: WireTurnView, at: string | undefined, words: Dictionary): string {
  const { speaker, unit } = turn;
  const kind = turn.class === "chair" || turn.class === "reply" ? words.turnClass[turn.class] : undefined;
  return [kind, spokenText(turn, words), at === undefined ? undefined : words.speaking.byTelephone(at), speaker, unit].filter((part) => part !== undefined).join(" · ");
}

/** When it is expected to begin, or when the hand was raised. */
function whenText(store: Store, turn: WireTurnView): string {
  return turn.raised === undefined ? expectedTime(store, turn) : store.meeting.timeOf(store.time.wallOf(turn.raised));
}

function expectedTime({ meeting, time }: Store, turn: WireTurnView): string {
  return turn.expected === undefined || turn.state !== "waiting"
    ? "" : meeting.timeOf(time.wallOf(turn.expected));
}

function hasMore(turn: WireTurnView, name: string): boolean {
  return turn.unit !== name || turn.speaker !== undefined || turn.raised !== undefined || turn.class === "chair" || turn.class === "reply"
    || turn.telephone !== undefined;
}

function TurnRow({ turn, place, selected }: { turn: WireTurnView; place: number; selected: boolean }) {
  const store = useStore();
  const { console, meeting } = store;
  const words = useWords();
  const name = meeting.siteName(turn.site).value;
  const at = turn.telephone === undefined ? undefined : meeting.siteName(turn.telephone).value;
  return (
    <li role="option" id={`turn-${turn.turn}`} aria-selected={selected} class={css.turn} data-asks={asks(turn) ? true : undefined}
      data-turn={turn.turn} data-state={turn.state} onMouseDown={keepFocus}
      onClick={() => { console.selectedTurn.value = turn.turn; }} onDblClick={() => console.openSite(turn.site)}>
      <span class={css.place}>{place}</span>
      <span class={css.name}><b>{name}</b>{hasMore(turn, name) ? <small title={turn.topic}>{speakerText(turn, at, words)}</small> : null}</span>
      <span class={css.when}>{whenText(store, turn)}<small>{turn.allowance > 0 ? length(turn.allowance) : "–"}</small></span>
      <StateChip turn={turn} />
    </li>
  );
}

function UpNext() {
  const words = useWords();
  const { meeting } = useStore();
  const turn = meeting.turnCued.value;
  const site = turn && meeting.site(turn.site).value;
  const troubles = site ? siteTroubles(site, words, meeting.unmeasured.value) : [];
  return (
    <div class={css.upNext} data-cued={turn ? true : undefined} aria-live="polite">
      <span class={css.tag}><Icon name="next" />{words.speaking.upNext}</span>
      {turn
        ? <>
          <b>{meeting.siteName(turn.site).value}</b>
          <span class={turn.acknowledged ? "good" : "warn"}>
            <Icon name={turn.acknowledged ? "check" : "clock"} />
            {turn.acknowledged ? words.speaking.acknowledged : words.speaking.unacknowledged}
          </span>
          {troubles.length > 0 ? <span class={css.troubles}><Icon name="alarm" />{troubles.join(" · ")}</span> : null}
        </>
        : <span class="dim">{words.speaking.nobodyCued}</span>}
    </div>
  );
}

function TurnList({ turns, item }: { turns: readonly WireTurnView[]; item: WireItemView }) {
  const words = useWords();
  const selected = useStore().meeting.selected.value;
  const box = useRef<HTMLUListElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected, item.item]);
  return (
    <ul ref={box} class={css.turns} role="listbox" aria-label={words.speaking.heading} tabIndex={0} data-first
      aria-activedescendant={selected === undefined ? undefined : `turn-${selected}`}>
      {turns.map((turn, index) =>
        <TurnRow key={turn.turn} turn={turn} place={index + 1} selected={turn.turn === selected} />)}
      {turns.length === 0 ? <li class="empty">{words.speaking.empty}</li> : null}
    </ul>
  );
}

/** How many ask to speak, wherever on the list they stand; a click selects the next of them. */
function Hands({ turns }: { turns: readonly WireTurnView[] }) {
  const words = useWords();
  const { console } = useStore();
  const asked = turnsAsked(turns);
  const chosen = asked.findIndex((turn) => turn.turn === console.selectedTurn.value);
  const next = asked[(chosen + 1) % asked.length];
  return next === undefined ? null : (
    <button type="button" class={classes(chip.chip, chip.info, css.hands)} onClick={() => { console.selectedTurn.value = next.turn; }}>
      <Icon name="hand" />{asked.length} {words.speaking.requested}</button>
  );
}

/** The rarer actions, as small keys; those that exclude each other share a place. */
function ListButtons({ selected, hasHands }: { selected: WireTurnView | undefined; hasHands: boolean }) {
  const { meeting } = useStore();
  const cued = meeting.turnCued.value;
  const list = useDerived(() => listInHand({ model: meeting.model.value, selected: meeting.selected.value }), [meeting]);
  const left = selected !== undefined && ["absent", "skipped", "withdrawn"].includes(selected.state);
  return (
    <div class={css.rare}>
      {selected?.approved === false ? <ActionButton id="approve" icon="check" tone="primary" compact /> : null}
      {cued && !cued.acknowledged ? <ActionButton id="acknowledge_turn" icon="person" compact /> : null}
      <ActionButton id="move_up" icon="up" compact />
      <ActionButton id="move_down" icon="down" compact />
      <ActionButton id="absent" icon="absent" compact />
      <ActionButton id="skip_turn" icon="skip" compact />
      {left ? <ActionButton id="restore" icon="undo" compact /> : <ActionButton id="withdraw" icon="close" compact />}
      {list?.hands_closed === true ? <ActionButton id="open_hands" icon="hand" compact /> : <ActionButton id="close_hands" icon="bar" compact />}
      {hasHands ? <ActionButton id="clear_hands" icon="down" compact /> : null}
      <ActionButton id="edit_turn" icon="pencil" compact />
      <ActionButton id="lock_microphone" icon="locked" compact />
      <ActionButton id="site" icon="list" compact />
    </div>
  );
}

export function Speaking() {
  const words = useWords();
  const { meeting } = useStore();
  const item = meeting.shownItem.value;
  const turns = meeting.shownTurns.value;
  const selected = useDerived(() => meeting.shownTurns.value.find((turn) => turn.turn === meeting.selected.value), [meeting]);
  const left = turns.filter(isOpenTurn).length;
  const isClosed = useDerived(() => listInHand({ model: meeting.model.value, selected: meeting.selected.value })?.hands_closed === true, [meeting]);
  return (
    <section class={classes(panel.panel, css.speaking)} id="panel-speaking" tabIndex={-1} aria-label={words.speaking.heading}>
      <header><h2><Icon name="list" />{words.speaking.heading}</h2>
        <Hands turns={turns} />
        {isClosed ? <span class={classes(chip.chip, chip.warn)} title={words.speaking.handsClosed}><Icon name="locked" label={words.speaking.handsClosed} /></span> : null}
        {turns.length > 0 ? <span class="dim">{words.speaking.left(left, turns.length)}</span> : null}</header>
      <UpNext />
      {item ? <TurnList turns={turns} item={item} /> : <p class={classes("empty", css.none)}>{meeting.state.value === "closed" ? words.meeting.closed : words.speaking.noItem}</p>}
      <div class={classes(panel.buttons, css.main)}>
        <ActionButton id="take" icon="take" tone="primary" />
        {selected?.state === "cued" ? <ActionButton id="uncue" icon="close" /> : <ActionButton id="cue" icon="cue" tone="warn" />}
      </div>
      <ListButtons selected={selected} hasHands={turnsAsked(turns).length > 0} />
    </section>
  );
}
