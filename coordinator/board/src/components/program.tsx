// What everyone sees and hears now: who, since when, how much time is left. Readable from 3 m.
import type { WireSceneView, WireTimer, WireTurnView } from "@protocol";
import { clock } from "../board";
import { countdown, elapsed, length } from "../format";
import { remaining, spokenBy, timerPhase } from "../clock";
import type { Dictionary } from "../i18n/dictionary";
import type { Model } from "../model";
import { siteName, sitesInOrder, turnOnAir } from "../queries";
import { useReading } from "../ticker";
import { useWords } from "../words";
import { ActionButton } from "./action_button";
import { Icon } from "./icons";
import { Thumbnail } from "./thumbnail";

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
        {timer.since === undefined ? <span class="stopped"><Icon name="pause" />{words.program.stopped}</span> : null}
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

function Speaker({ now, turn }: { now: Model; turn: WireTurnView }) {
  const words = useWords();
  const site = now.sites.get(turn.site);
  return (
    <div class="speaker on-air" data-on-air={turn.site}>
      <div class="picture">
        {site ? <Thumbnail number={site.number} code={site.short_code} /> : null}
        <span class="ribbon"><i aria-hidden="true" />{words.program.onAir}</span>
      </div>
      <div class="who">
        <h2>{siteName(now, turn.site)}</h2>
        <p class="unit">{turn.unit}</p>
        <p class="topic" title={turn.topic}>{turn.topic}</p>
        {site?.muted ? <p class="mute-note"><Icon name="muted" />{words.program.mutedLocally}</p> : null}
      </div>
    </div>
  );
}

/** Nobody speaks: the hall's own picture, or the slate. */
function Idle({ now }: { now: Model }) {
  const words = useWords();
  const pane = now.scene.layout === "slate" ? undefined : now.scene.panes[0];
  const site = pane && now.sites.get(pane.site);
  const main = sitesInOrder(now).find((one) => one.kind === "main");
  return (
    <div class="speaker idle">
      <div class="picture">
        {site ? <Thumbnail number={site.number} code={site.short_code} /> : <SlatePicture now={now} />}
      </div>
      <div class="who">
        <h2>{words.program.nobody}</h2>
        <p class="unit">{site && site === main ? words.program.venueOnAir : sceneText(now, now.scene, words)}</p>
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
  const timer = now.floor.timer;
  return (
    <section class="panel program" aria-label={words.program.heading}>
      {turn ? <Speaker now={now} turn={turn} /> : <Idle now={now} />}
      {turn && timer ? <Countdown timer={timer} /> : null}
      <SceneLine now={now} />
      <div class="buttons">
        <ActionButton id="release" icon="stop" tone="danger" />
        {turn ? <ActionButton id="interrupt" icon="pause" /> : <ActionButton id="resume" icon="take" />}
      </div>
      <div class="buttons thirds">
        <ActionButton id="extend" text="+1′" />
        <ActionButton id="extend_more" text="+5′" />
        <UndoButton now={now} />
      </div>
    </section>
  );
}
