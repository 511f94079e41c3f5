// What everyone sees and hears now: who, since when, how much time is left. Readable from 3 m.
import type { InterruptCause, TurnId, WireEvent, WireSceneView, WireSiteView, WireTimer, WireTurnView } from "@protocol";
import { selectedTurn, turnToResume } from "../../domain/actions";
import { clock, log } from "../../state/board";
import { isLimited, remaining, spokenBy, timerPhase } from "../../domain/clock";
import { consoleState } from "../../state/console";
import { countdown, elapsed, length, wallTime } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { activeItem, siteName, sitesInOrder, turnOnAir } from "../../domain/queries";
import { siteTroubles } from "../../domain/site_status";
import { useReading } from "../../state/ticker";
import { unmeasuredSince } from "../../domain/unmeasured";
import { useWords } from "../../state/words";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { Thumbnail } from "../../ui/thumbnail";

/** Without a limit there is nothing to count down to: the time spoken, large. */
function CountUp({ timer }: { timer: WireTimer }) {
  const words = useWords();
  const spoken = useReading(() => elapsed(spokenBy(timer, clock.now())));
  return (
    <div class="countdown">
      <div class="digits"><span role="timer">{spoken}</span><span class="what">{words.program.spoken}</span></div>
      <div class="spans">{timer.since === undefined ? <Stopped /> : null}<span>{words.program.noLimit}</span></div>
    </div>
  );
}

function Stopped() {
  const words = useWords();
  return <span class="stopped"><Icon name="pause" />{words.program.stopped}</span>;
}

function Countdown({ timer }: { timer: WireTimer }) {
  const words = useWords();
  const phase = useReading(() => timerPhase(timer, clock.now()));
  const text = useReading(() => countdown(remaining(timer, clock.now())));
  const spoken = useReading(() => elapsed(spokenBy(timer, clock.now())));
  const share = useReading(() => Math.round(1000 * Math.min(1, spokenBy(timer, clock.now()) / Math.max(1, timer.allowance))));
  return (
    <div class={`countdown ${phase}`}>
      <div class="digits"><span role="timer">{text}</span>
        <span class="what">{phase === "overtime" ? <><Icon name="alarm" />{words.program.overtime}</> : words.program.left}</span>
      </div>
      <div class="progress" aria-hidden="true"><i style={{ width: `${share / 10}%` }} /></div>
      <div class="spans">
        <span>{words.program.spoken} <b>{spoken}</b></span>
        {timer.since === undefined ? <Stopped /> : null}
        <span>{words.program.allowance} <b>{length(timer.allowance)}</b></span>
      </div>
    </div>
  );
}

function sceneText(now: Model, scene: WireSceneView, words: Dictionary): string {
  if (scene.layout === "slate" || scene.panes.length === 0) {
    return words.program.slate;
  }
  return scene.panes
    .map((pane) => siteName(now, pane.site) + (pane.source === "content" ? ` (${words.source.content})` : ""))
    .join(" + ");
}

function SceneLine({ now }: { now: Model }) {
  const words = useWords();
  const overridden = now.scene.overridden;
  return (
    <div class={`scene-line${overridden ? " overridden" : ""}`}>
      <span class="shown">{overridden ? words.program.overridden : words.program.scene}: <b>{sceneText(now, now.scene, words)}</b>
        {now.scene.panes.length > 1 ? ` · ${words.layout[now.scene.layout]}` : ""}</span>
      {overridden ? <ActionButton id="follow" icon="relay" text={words.program.follow} /> : null}
      <ActionButton id="scene" icon="screen" text={words.program.choose} />
    </div>
  );
}

/** What keeps the floor's site from being seen and heard. */
function floorTroubles(now: Model, site: WireSiteView | undefined, words: Dictionary): string[] {
  return [...(now.relay.link === "lost" ? [words.alarm.relay_lost] : []),
    ...(site ? siteTroubles(site, words, unmeasuredSince(now)) : [])];
}

/** What stands between who speaks and the hall, in words. */
function Troubles({ texts }: { texts: readonly string[] }) {
  return texts.length === 0 ? null : <p class="troubles" role="alert"><Icon name="alarm" />{texts.join(" · ")}</p>;
}

/** A picture of a site that is cut off is an old one. */
function Picture({ site }: { site: WireSiteView }) {
  return (
    <div class={site.link === "online" ? "live-picture" : "old-picture"}>
      <Thumbnail number={site.number} code={site.short_code} />
    </div>
  );
}

function Speaker({ now, turn }: { now: Model; turn: WireTurnView }) {
  const words = useWords();
  const site = now.sites.get(turn.site);
  return (
    <div class="speaker on-air" data-on-air={turn.site}>
      <div class="picture">
        {site ? <Picture site={site} /> : null}
        <span class="ribbon"><i aria-hidden="true" />{words.program.onAir}</span>
      </div>
      <div class="who">
        <h2>{siteName(now, turn.site)}</h2>
        <p class="unit">{turn.unit}</p>
        <p class="topic" title={turn.topic}>{turn.topic}</p>
        <Troubles texts={floorTroubles(now, site, words)} />
      </div>
    </div>
  );
}

/** What everyone sees while nobody speaks. */
function ScenePicture({ now }: { now: Model }) {
  const pane = now.scene.layout === "slate" ? undefined : now.scene.panes[0];
  const site = pane && now.sites.get(pane.site);
  return site ? <Picture site={site} /> : <SlatePicture now={now} />;
}

function causeOf(events: readonly WireEvent[], turn: TurnId): InterruptCause | undefined {
  const last = events.filter((event) => event.name === "floor.interrupted" && event.data.turn === turn).pop();
  return last?.name === "floor.interrupted" ? last.data.cause : undefined;
}

/** Whose turn it still is: who, why, and whether it can go on. */
function Interrupted({ now, turn }: { now: Model; turn: WireTurnView }) {
  const words = useWords();
  const cause = useWatch(log, (events) => causeOf(events, turn.turn));
  const site = now.sites.get(turn.site);
  const back = cause === "media_silent" && now.relay.link === "online" && (site?.media === "good" || site?.media === "degraded");
  return (
    <div class="speaker interrupted" data-interrupted={turn.site}>
      <div class="picture">
        <ScenePicture now={now} />
        <span class="ribbon halted"><Icon name="pause" />{words.program.interrupted}</span>
      </div>
      <div class="who">
        <h2>{siteName(now, turn.site)}</h2>
        <p class="unit">{turn.unit}</p>
        {cause === undefined || (cause === "media_silent" && !back) ? null : <p class="cause">{words.cause[cause]}</p>}
        {back ? <p class="back good" role="status"><Icon name="check" />{words.program.backAgain}</p> : null}
        <Troubles texts={floorTroubles(now, site, words)} />
      </div>
    </div>
  );
}

/** What it stands at; planned times are divided by the meeting's speed as the coordinator does. */
function stoppedTimer(now: Model, turn: WireTurnView): WireTimer {
  return { turn: turn.turn, spoken: turn.spoken, allowance: turn.allowance / now.meeting.speed, warning: 0 };
}

/** Nobody speaks: what is under way instead, and until when. */
function Idle({ now }: { now: Model }) {
  const words = useWords();
  const item = activeItem(now);
  const pane = now.scene.layout === "slate" ? undefined : now.scene.panes[0];
  const main = sitesInOrder(now).find((one) => one.kind === "main");
  const shown = main && pane?.site === main.site ? words.program.venueOnAir : sceneText(now, now.scene, words);
  const until = item?.forecast_finish === undefined
    ? undefined : words.program.until(wallTime(clock.wallOf(item.forecast_finish), now.meeting.utc_offset));
  return (
    <div class="speaker idle">
      <div class="picture"><ScenePicture now={now} /></div>
      <div class="who">
        {now.meeting.state === "closed"
          ? <h2>{words.meeting.closed}</h2>
          : item && item.lists.length === 0
            ? <><h2>{item.title}</h2>{until === undefined ? null : <p class="unit">{until}</p>}</>
            : <h2>{words.program.nobody}</h2>}
        <p class="unit">{shown}</p>
      </div>
    </div>
  );
}

function SlatePicture({ now }: { now: Model }) {
  return (
    <div class="slate">{now.meeting.title_lines.slice(0, 4).map((line, index) =>
      <span key={index}>{line.replace("{site}", now.meeting.place)}</span>)}</div>
  );
}

function UndoButton({ now }: { now: Model }) {
  const words = useWords();
  const until = now.floor.undo_until;
  const left = useReading(() => until === undefined ? 0 : Math.max(0, Math.ceil((until - clock.now()) / 1000)));
  return <ActionButton id="undo" icon="undo" text={left > 0 ? `${words.actions.undo} ${left}″` : words.actions.undo} />;
}

export function Program({ now }: { now: Model }) {
  const words = useWords();
  const turn = turnOnAir(now);
  const selected = useWatch(consoleState, (state) => selectedTurn(now, state));
  const halted = turnToResume({ model: now, selected });
  const timer = halted ? stoppedTimer(now, halted) : turn && now.floor.timer;
  return (
    <section class="panel program" aria-label={words.program.heading}>
      {turn ? <Speaker now={now} turn={turn} /> : halted ? <Interrupted now={now} turn={halted} /> : <Idle now={now} />}
      {timer === undefined ? null : isLimited(timer) ? <Countdown timer={timer} /> : <CountUp timer={timer} />}
      <SceneLine now={now} />
      <div class="buttons">
        <ActionButton id="release" icon="stop" tone="danger" />
        {turn ? <ActionButton id="interrupt" icon="pause" /> : <ActionButton id="resume" icon="take" tone="primary" />}
      </div>
      <div class="buttons thirds">
        <ActionButton id="extend" text="+1′" />
        <ActionButton id="extend_more" text="+5′" />
        <UndoButton now={now} />
      </div>
    </section>
  );
}
