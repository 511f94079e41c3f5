// The top line: which meeting, how it stands against its plan, who is connected, and whether what is
// shown is fresh.
import type { MeetingState, WireMeetingView } from "@protocol";
import { clock, disconnect, hangUp, heardAt, link, model, retryNow, session, standby } from "../../state/board";
import { day, deviation, wallTime, wallTimeSeconds } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { perform } from "../../state/perform";
import { logout } from "../../net/session";
import { useReading } from "../../state/ticker";
import { unmeasuredSince } from "../../domain/unmeasured";
import { useWords } from "../../state/words";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { LanguageButton, ThemeButton } from "../../ui/switches";

/** Deviations below this are "on time". */
const ON_TIME_MS = 60_000;

function Clock({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  const text = useReading(() => wallTimeSeconds(clock.wallOf(clock.now()), meeting.utc_offset));
  return <time class="clock" title={words.header.placeTime}>{text}</time>;
}

function punctuality(offset: number, words: Dictionary): { text: string; tone: string } {
  if (Math.abs(offset) < ON_TIME_MS) {
    return { text: words.header.onTime, tone: "good" };
  }
  return offset > 0
    ? { text: words.header.behind(deviation(offset)), tone: "warn" }
    : { text: words.header.ahead(deviation(-offset)), tone: "good" };
}

function Punctuality({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  if (meeting.state !== "live" || meeting.offset === undefined) {
    return null;
  }
  const { text, tone } = punctuality(meeting.offset, words);
  return <span class={`fact ${tone}`}><Icon name="clock" />{text}</span>;
}

function ForecastEnd({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  if (meeting.forecast_end === undefined || meeting.state === "closed") {
    return null;
  }
  return (
    <span class="fact"><span class="dim">{words.header.forecastEnd}</span>
      {wallTime(clock.wallOf(meeting.forecast_end), meeting.utc_offset)}</span>
  );
}

function Counts({ now }: { now: Model }) {
  const words = useWords();
  const all = now.sites.size;
  const online = [...now.sites.values()].filter((site) => site.link === "online").length;
  return (
    <span class={`fact ${online === all ? "good" : "warn"}`} title={words.header.sitesOnline} data-online={online}>
      <Icon name={online === all ? "check" : "alarm"} /><b>{words.sites.online(online, all)}</b>
    </span>
  );
}

function Relay({ now }: { now: Model }) {
  const words = useWords();
  const up = now.relay.link === "online";
  const since = unmeasuredSince(now);
  return (
    <span class={up ? "fact good" : "chip bad"} title={words.header.relay}>
      <Icon name={up ? "relay" : "lost"} />{up ? words.header.relayUp : words.header.relayDown(since)}
    </span>
  );
}

function Locks({ now }: { now: Model }) {
  const words = useWords();
  return (
    <>
      {now.microphones.all_locked ? <span class="fact warn"><Icon name="locked" />{words.header.allLocked}</span> : null}
      {now.microphones.venue_open ? <span class="fact warn"><Icon name="mic" />{words.header.venueOpen}</span> : null}
    </>
  );
}

function Chips({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  const spare = useWatch(standby, (now) => now);
  return (
    <>
      {meeting.rehearsal ? <span class="chip info">{words.header.rehearsal}</span> : null}
      {meeting.speed > 1 ? <span class="chip info">{words.header.speed(meeting.speed)}</span> : null}
      {spare ? <span class="chip warn">{words.header.spare}</span> : null}
    </>
  );
}

function LinkState() {
  const words = useWords();
  const phase = useWatch(link, (now) => now.phase);
  return (
    <span class={`fact ${phase === "live" ? "good" : "bad"}`} data-connection={phase}>
      <Icon name={phase === "live" ? "link" : "lost"} />
      {phase === "live" ? words.connection.live : words.connection.connecting}
    </span>
  );
}

function Account() {
  const words = useWords();
  const who = useWatch(session, (now) => now);
  const leave = async (): Promise<void> => {
    hangUp(); // or the server's bye would ask for the password of whoever is leaving
    await logout();
    disconnect();
  };
  return (
    <>
      <span class="fact account" title={who?.account}><Icon name="person" />{who ? words.role[who.role] : ""}</span>
      <button type="button" class="button quiet" title={words.login.logout} aria-label={words.login.logout} onClick={() => void leave()}>
        <Icon name="out" />
      </button>
    </>
  );
}

/** What a closed meeting leaves behind. */
function MinutesLink() {
  const words = useWords();
  return (
    <a class="button primary" href={`/api/v1/minutes?format=html&lang=${words.language}`} target="_blank" rel="noopener" data-minutes>
      <Icon name="log" />{words.header.minutes}</a>
  );
}

/** The one step the meeting can take from here. */
function MeetingButton({ state }: { state: MeetingState }) {
  switch (state) {
    case "draft":
      return <ActionButton id="assemble" icon="grid" tone="primary" />;
    case "assembling":
      return <ActionButton id="open" icon="take" tone="primary" />;
    case "live":
      return <ActionButton id="close" icon="stop" />;
    case "closed":
      return <ActionButton id="reopen" icon="undo" />;
  }
}

export function Header({ now }: { now: Model }) {
  const words = useWords();
  const meeting = now.meeting;
  return (
    <header class="header">
      <span class={`state ${meeting.state}`} data-meeting={meeting.state}>{words.meeting[meeting.state]}</span>
      <MeetingButton state={meeting.state} />
      {meeting.state === "closed" ? <MinutesLink /> : null}
      <div class="title">
        <h1 title={meeting.title_lines.join(" · ") || meeting.name}>{meeting.name}</h1>
        <p>{meeting.host} · {day(meeting.date)}</p>
      </div>
      <Chips meeting={meeting} />
      <div class="facts">
        <Locks now={now} /><Punctuality meeting={meeting} /><ForecastEnd meeting={meeting} />
        <Counts now={now} /><Relay now={now} /><LinkState />
      </div>
      <Clock meeting={meeting} />
      <div class="tools">
        <LanguageButton /><ThemeButton />
        <button type="button" class="button quiet" title={words.actions.help} aria-label={words.actions.help} aria-keyshortcuts="?" onClick={() => perform("help")}>
          <Icon name="help" />
        </button>
        <Account />
      </div>
    </header>
  );
}

/** Says how old the picture is, as soon as it is not fresh. */
export function StaleBanner() {
  const words = useWords();
  const state = useWatch(link, (now) => now);
  const offset = useWatch(model, (now) => now?.meeting.utc_offset ?? 0);
  const heard = useWatch(heardAt, (now) => now);
  const wait = useReading(() => Math.max(0, Math.ceil(((state.retryAt ?? 0) - performance.now()) / 1000)));
  if (state.phase === "live") {
    return null;
  }
  const text = state.phase === "refused"
    ? state.code === undefined ? words.connection.refused : words.refusal[state.code]
    : heard === undefined
      ? state.phase === "connecting" ? words.connection.connecting : words.connection.never
      : words.connection.lost(wallTimeSeconds(clock.wallOf(heard), offset));
  return (
    <div class="stale" role="alert">
      <Icon name="lost" /><b>{text}</b>
      {state.phase === "refused" ? null : <span>{words.connection.mediaGoesOn}</span>}
      {state.phase === "lost" ? <span>{words.connection.retry(wait)}</span> : null}
      {state.phase === "connecting" ? <span>{words.connection.connecting}…</span> : null}
      <button type="button" class="button compact" onClick={retryNow}>{words.connection.now}</button>
    </div>
  );
}
