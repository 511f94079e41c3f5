// The top line: which meeting, how it stands against its plan, and who is connected.
import type { MeetingState, WireMeetingView } from "@protocol";
import { day, deviation, wallTimeSeconds } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import { logout } from "../../net/session";
import { hasLaterSitting } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Icon } from "../../ui/icon";
import { LanguageButton, ThemeButton } from "../../ui/switches";
import button from "../../ui/button.module.css";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import { WhoIsOnButton } from "../present/who_is_on";
import css from "./header.module.css";

/** Deviations below this are "on time". */
const ON_TIME_MS = 60_000;

function Clock() {
  const words = useWords();
  const { meeting, time } = useStore();
  const text = useDerived(() => wallTimeSeconds(time.clock.wallOf(time.now()), meeting.utcOffset.value), [meeting, time]);
  return <time class={css.clock} title={words.header.placeTime}>{text}</time>;
}

function punctuality(offset: number, words: Dictionary): { text: string; tone: string } {
  if (Math.abs(offset) < ON_TIME_MS) {
    return { text: words.header.onTime, tone: "good" };
  }
  return offset > 0
    ? { text: words.header.behind(deviation(offset, words)), tone: "warn" }
    : { text: words.header.ahead(deviation(offset, words)), tone: "good" };
}

function Punctuality({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  if (meeting.state !== "live" || meeting.offset === undefined) {
    return null;
  }
  const { text, tone } = punctuality(meeting.offset, words);
  return <span class={classes(css.fact, tone)}><Icon name="clock" />{text}</span>;
}

function ForecastEnd({ info }: { info: WireMeetingView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  if (info.forecast_end === undefined || info.state === "closed") {
    return null;
  }
  return (
    <span class={css.fact}><span class="dim">{words.header.forecastEnd}</span>
      {meeting.timeOf(time.wallOf(info.forecast_end))}</span>
  );
}

function Counts() {
  const words = useWords();
  const { meeting } = useStore();
  const { all, online } = useDerived(() => {
    const sites = meeting.sitesInOrder.value;
    return { all: sites.length, online: sites.filter((site) => site.link === "online").length };
  }, [meeting]);
  const whole = online === all;
  const over = meeting.state.value === "closed"; // sites may go
  return (
    <span class={classes(css.fact, whole ? "good" : over ? "dim" : "warn")} title={words.header.sitesOnline} data-online={online}>
      <Icon name={whole ? "check" : over ? "absent" : "alarm"} /><b>{words.sites.online(online, all)}</b>
    </span>
  );
}

function Relay() {
  const words = useWords();
  const { meeting } = useStore();
  const up = meeting.relay.value.link === "online";
  const since = meeting.unmeasured.value;
  return (
    <span class={up ? classes(css.fact, "good") : classes(chip.chip, chip.bad)} data-relay={up ? "up" : "lost"} title={words.header.relay}>
      <Icon name={up ? "relay" : "lost"} />{up ? words.header.relayUp : words.header.relayDown(since)}
    </span>
  );
}

function Locks() {
  const words = useWords();
  const { all_locked, venue_open } = useStore().meeting.microphones.value;
  return (
    <>
      {all_locked ? <span class={classes(css.fact, "warn")}><Icon name="locked" />{words.header.allLocked}</span> : null}
      {venue_open ? <span class={classes(css.fact, "warn")}><Icon name="mic" />{words.header.venueOpen}</span> : null}
    </>
  );
}

function Chips({ meeting }: { meeting: WireMeetingView }) {
  const words = useWords();
  const { server } = useStore();
  const spare = server.standby.value;
  return (
    <>
      {server.replay.value ? <span class={classes(chip.chip, chip.warn)} data-replayed>{words.replay.heading}</span> : null}
      {meeting.rehearsal ? <span class={classes(chip.chip, chip.info)}>{words.header.rehearsal}</span> : null}
      {meeting.speed > 1 ? <span class={classes(chip.chip, chip.info)}>{words.header.speed(meeting.speed)}</span> : null}
      {spare ? <span class={classes(chip.chip, chip.warn)}>{words.header.spare}</span> : null}
    </>
  );
}

function LinkState() {
  const words = useWords();
  const phase = useStore().server.link.value.phase;
  return (
    <span class={classes(css.fact, phase === "live" ? "good" : "bad")} data-connection={phase}>
      <Icon name={phase === "live" ? "link" : "lost"} />
      {phase === "live" ? words.connection.live : words.connection.connecting}
    </span>
  );
}

function Account() {
  const words = useWords();
  const { server } = useStore();
  const who = server.session.value;
  const leave = async (): Promise<void> => {
    server.hangUp(); // or the server's bye would ask for the password of whoever is leaving
    await logout();
    server.disconnect();
  };
  return (
    <>
      <span class={classes(css.fact, css.account)} title={who?.account}><Icon name="person" />{who ? words.role[who.role] : ""}</span>
      <button type="button" class={classes(button.button, button.quiet)} title={words.login.logout} aria-label={words.login.logout} onClick={() => void leave()}>
        <Icon name="out" />
      </button>
    </>
  );
}

function EditButton() {
  const label = useWords().actions.edit_meeting;
  const { console, server } = useStore();
  return server.mayCommand("meeting.edit")
    ? <button type="button" class={button.link} data-edit-meeting title={label} aria-label={label} onClick={() => { console.dialog.value = "edit_meeting"; }}><Icon name="pencil" /></button>
    : null;
}

/** What a closed meeting leaves behind. */
function MinutesLink() {
  const words = useWords();
  return (
    <a class={classes(button.button, button.primary)} href={`/api/v1/minutes?format=html&lang=${words.language}`} target="_blank" rel="noopener" data-minutes>
      <Icon name="log" />{words.header.minutes}</a>
  );
}

/** To the meetings that were held before. */
function PastButton() {
  const words = useWords();
  const { console } = useStore();
  return (
    <button type="button" class={classes(button.button, button.quiet)} title={words.past.heading} aria-label={words.past.heading} data-past
      onClick={() => { console.dialog.value = "past"; }}>
      <Icon name="list" />
    </button>
  );
}

/** To the links by which screens open a view: whoever sets screens up sees them. */
function DisplaysButton() {
  const words = useWords();
  const { console, server } = useStore();
  return server.maySee("site.contact_given") ? (
    <button type="button" class={classes(button.button, button.quiet)} title={words.displays.heading} aria-label={words.displays.heading} data-displays
      onClick={() => { console.dialog.value = "displays"; }}>
      <Icon name="screen" />
    </button>
  ) : null;
}

/** To what is owed and handed out; viewers see nothing of it. */
function DocumentsButton() {
  const words = useWords();
  const { console, server } = useStore();
  return server.maySee("document.received") ? (
    <button type="button" class={classes(button.button, button.quiet)} title={words.documents.heading} aria-label={words.documents.heading} data-documents
      onClick={() => { console.dialog.value = "documents"; }}>
      <Icon name="content" />
    </button>
  ) : null;
}

/** The one step the meeting can take from here. */
function MeetingButton({ state }: { state: MeetingState }) {
  const { meeting } = useStore();
  const later = useDerived(() => hasLaterSitting(meeting.model.value), [meeting]);
  switch (state) {
    case "draft":
      return <ActionButton id="assemble" icon="grid" tone="primary" />;
    case "assembling":
      return <ActionButton id="open" icon="take" tone="primary" />;
    case "live":
      return later ? <ActionButton id="adjourn" icon="pause" /> : <ActionButton id="close" icon="stop" />;
    case "closed":
      return <ActionButton id="reopen" icon="undo" />;
  }
}

export function Header() {
  const words = useWords();
  const { actions, meeting } = useStore();
  const info = meeting.info.value;
  return (
    <header class={css.header}>
      <span class={css.state} data-meeting={info.state} data-adjourned={info.adjourned === undefined ? undefined : "true"}>{info.adjourned === undefined ? words.meeting[info.state] : words.header.adjourned}</span>
      <MeetingButton state={info.state} />
      {info.state === "closed" ? <MinutesLink /> : null}
      <div class={css.title}>
        <h1 title={info.title_lines.join(" · ") || info.name}>{info.name}</h1>
        <p>{info.host} · {day(info.date, words.language)} <EditButton /></p>
      </div>
      <Chips meeting={info} />
      <div class={css.facts}>
        <Locks /><Punctuality meeting={info} /><ForecastEnd info={info} />
        <Counts /><Relay /><LinkState />
      </div>
      <Clock />
      <div class={css.tools}>
        <WhoIsOnButton /><DisplaysButton /><DocumentsButton /><PastButton /><LanguageButton /><ThemeButton />
        <button type="button" class={classes(button.button, button.quiet)} title={words.actions.help} aria-label={words.actions.help} aria-keyshortcuts="?"
          onClick={() => actions.perform("help")}>
          <Icon name="help" />
        </button>
        <Account />
      </div>
    </header>
  );
}
