// What a technician should do something about. New ones are read out.
import type { SiteId, WireAlarmView, WireGuessedAccount } from "@protocol";
import { clock, commands, give, guessing, guessingNoted, link, role } from "../../state/board";
import { isPendingArea } from "../../net/commands";
import { dateOf, wallTimeSeconds } from "../../domain/format";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { openSite } from "../../state/perform";
import { acknowledgeAll, alarmsInOrder, alarmsOpen, siteName, sitesOwing } from "../../domain/queries";
import { mayCommand } from "../../domain/rights";
import { useWords } from "../../state/words";
import { keepFocus } from "../../ui/action_button";
import { Icon } from "../../ui/icon";

/** So many are named; who else, the tiles and details of the sites say. */
const NAMED_MAX = 3;

function whoseSites(now: Model, alarm: WireAlarmView): readonly SiteId[] {
  if (alarm.kind === "document_late") {
    return sitesOwing(now, dateOf(clock.wallOf(clock.now()), now.meeting.utc_offset)).map((one) => one.site);
  }
  return alarm.site === undefined ? [] : [alarm.site];
}

/** How many of its kind wait with it, said at the first of them alone. */
function alikeOf(now: Model, alarms: readonly WireAlarmView[], index: number): readonly WireAlarmView[] {
  const kind = alarms[index]?.kind;
  return kind === undefined || alarms.findIndex((one) => one.kind === kind) !== index ? [] : alarmsOpen(now, kind);
}

/** Many of one kind are seen to at once. */
function AllButton({ alike, first, disabled }: { alike: readonly WireAlarmView[]; first: boolean; disabled: boolean }) {
  const words = useWords();
  const command = acknowledgeAll(alike);
  return command === undefined ? null : (
    <button type="button" class="button compact all" disabled={disabled} onMouseDown={keepFocus} title={words.actions.acknowledge_all}
      onClick={() => give(command)}><Icon name="check" /><span class="label">{words.alarms.all(alike.length)}</span>
      {first ? <kbd>⇧A</kbd> : null}</button>
  );
}

interface AlarmRowProps { readonly now: Model; readonly alarm: WireAlarmView; readonly alike: readonly WireAlarmView[]; readonly first: boolean }

function AlarmRow({ now, alarm, alike, first }: AlarmRowProps) {
  const words = useWords();
  const pending = useWatch(commands.pending, (all) => isPendingArea(all, "alarm.acknowledge"));
  const live = useWatch(link, (state) => state.phase === "live");
  const sites = whoseSites(now, alarm);
  return (
    <li class={`alarm${alarm.acknowledged ? " acknowledged" : ""}`} data-alarm={alarm.kind}>
      <Icon name={alarm.acknowledged ? "check" : "alarm"} />
      <span class="what"><b>{words.alarm[alarm.kind]}</b>
        {sites.slice(0, NAMED_MAX).map((site) =>
          <button key={site} type="button" class="link" onClick={() => openSite(site)}>{siteName(now, site)}</button>)}
        {sites.length > NAMED_MAX ? <small>+{sites.length - NAMED_MAX}</small> : null}
        {alike.length > 1 && mayCommand(role(), "alarm.acknowledge")
          ? <AllButton alike={alike} first={first} disabled={pending || !live} /> : null}</span>
      <time>{wallTimeSeconds(alarm.wall, now.meeting.utc_offset)}</time>
      {alarm.acknowledged || !mayCommand(role(), "alarm.acknowledge")
        ? <small>{alarm.acknowledged ? words.alarms.acknowledged : ""}</small>
        : <button type="button" class="button compact" disabled={pending || !live} onMouseDown={keepFocus}
          title={words.actions.acknowledge_alarm} aria-label={`${words.actions.acknowledge_alarm}: ${words.alarm[alarm.kind]} ${siteName(now, alarm.site)}`}
          onClick={() => give({ name: "alarm.acknowledge", args: { alarm: alarm.alarm } })}>
          <Icon name="check" />{first ? <kbd>A</kbd> : null}</button>}
    </li>
  );
}

/** Not the meeting's: it goes when nobody guesses any more, and is noted on this board alone. */
function GuessingRow({ now, guessed, noted }: { now: Model; guessed: WireGuessedAccount; noted: boolean }) {
  const words = useWords();
  const what = words.alarms.guessed(guessed.account, guessed.attempts, guessed.addresses);
  return (
    <li class={`alarm${noted ? " acknowledged" : ""}`} data-alarm="password_guessing">
      <Icon name={noted ? "check" : "alarm"} />
      <span class="what"><b>{words.alarms.guessing}</b>{what}</span>
      <time>{wallTimeSeconds(guessed.wall, now.meeting.utc_offset)}</time>
      {noted
        ? <small>{words.alarms.acknowledged}</small>
        : <button type="button" class="button compact" onMouseDown={keepFocus} title={words.actions.acknowledge_alarm}
          aria-label={`${words.actions.acknowledge_alarm}: ${words.alarms.guessing} ${guessed.account ?? ""}`}
          onClick={() => guessingNoted.update((names) => new Set([...names, guessed.account ?? ""]))}><Icon name="check" /></button>}
    </li>
  );
}

export function Alarms({ now }: { now: Model }) {
  const words = useWords();
  const alarms = alarmsInOrder(now);
  const guessed = useWatch(guessing, (all) => all);
  const noted = useWatch(guessingNoted, (names) => names);
  const fresh = alarms.filter((alarm) => !alarm.acknowledged).length;
  const open = fresh + guessed.length - noted.size;
  return (
    <section class={`panel alarms${open > 0 ? " open" : ""}`} id="panel-alarms" tabIndex={-1} aria-label={words.alarms.heading}>
      <header><h2><Icon name="alarm" />{words.alarms.heading}</h2>
        <span class={open > 0 ? "chip bad" : "dim"} role="status">{open > 0 ? words.alarms.open(open) : words.alarms.none}</span></header>
      <ul aria-live="assertive" aria-relevant="additions">
        {alarms.slice(0, fresh).map((alarm, index) =>
          <AlarmRow key={alarm.alarm} now={now} alarm={alarm} alike={alikeOf(now, alarms, index)} first={index === 0} />)}
        {guessed.map((one) => <GuessingRow key={one.account ?? ""} now={now} guessed={one} noted={noted.has(one.account ?? "")} />)}
        {alarms.slice(fresh).map((alarm) => <AlarmRow key={alarm.alarm} now={now} alarm={alarm} alike={[]} first={false} />)}
      </ul>
    </section>
  );
}
