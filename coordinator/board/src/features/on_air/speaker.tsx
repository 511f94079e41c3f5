// Who has the floor, or had it until it was cut off, or what is under way while nobody speaks.
import type { InterruptCause, TurnId, WireEvent, WireSiteView, WireTurnView } from "@protocol";
import { siteTroubles } from "../../domain/site_status";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { sceneText } from "./scene_line";
import { ScenePicture, SitePicture } from "./scene_picture";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./on_air.module.css";

/** What keeps the floor's site from being seen and heard: what stands between who speaks and the hall, in words. */
function Troubles({ site }: { site: WireSiteView | undefined }) {
  const words = useWords();
  const { meeting } = useStore();
  const texts = [
    ...(meeting.relay.value.link === "lost" ? [words.alarm.relay_lost] : []),
    ...(site ? siteTroubles(site, words, meeting.unmeasured.value) : []),
  ];
  return texts.length === 0 ? null : <p class={css.troubles} role="alert"><Icon name="alarm" />{texts.join(" · ")}</p>;
}

/** Who it is, where that is known. */
function Person({ turn }: { turn: WireTurnView }) {
  const texts = [turn.speaker, turn.office].filter((text) => text !== undefined);
  return texts.length === 0 ? null : <p class={css.unit} data-person>{texts.join(" – ")}</p>;
}

/** Where the sound comes from, if not from its site. */
function ByTelephone({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  const { meeting } = useStore();
  return turn.telephone === undefined ? null : (
    <p class={css.unit} data-telephone={turn.telephone} title={turn.telephone_note}>
      <Icon name="phone" />{words.speaking.byTelephone(meeting.siteName(turn.telephone).value)}
      {turn.telephone_note === undefined ? null : <small> {turn.telephone_note}</small>}
    </p>
  );
}

/** What stands on the air is put right here. */
function EditButton({ turn }: { turn: TurnId }) {
  const label = useWords().actions.edit_turn;
  const { console, server } = useStore();
  return server.mayCommand("turn.edit")
    ? <button type="button" class={button.link} data-edit-turn title={label} aria-label={label} onClick={() => console.editTurn(turn)}><Icon name="pencil" /></button>
    : null;
}

export function Speaker({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  const { meeting } = useStore();
  const site = meeting.site(turn.site).value;
  const input = meeting.site(turn.telephone ?? turn.site).value;
  return (
    <div class={css.speaker} data-floor="on_air" data-on-air={turn.site}>
      <div class={css.picture}>
        {turn.telephone !== undefined ? <ScenePicture /> : site ? <SitePicture site={site} /> : null}
        <span class={css.ribbon}><i aria-hidden="true" />{words.program.onAir}</span>
      </div>
      <div class={css.who}>
        <h2>{meeting.siteName(turn.site).value}</h2>
        <p class={css.unit}>{turn.unit} <EditButton turn={turn.turn} /></p>
        <Person turn={turn} />
        <ByTelephone turn={turn} />
        <p class={css.topic} title={turn.topic}>{turn.topic}</p>
        <Troubles site={input} />
      </div>
    </div>
  );
}

function causeOf(events: readonly WireEvent[], turn: TurnId): InterruptCause | undefined {
  const last = events.filter((event) => event.name === "floor.interrupted" && event.data.turn === turn).pop();
  return last?.name === "floor.interrupted" ? last.data.cause : undefined;
}

/** Whose turn it still is: who, why, and whether it can go on. */
export function Interrupted({ turn }: { turn: WireTurnView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const cause = useDerived(() => causeOf(server.log.value, turn.turn), [server, turn.turn]);
  const input = meeting.site(turn.telephone ?? turn.site).value;
  const back = cause === "media_silent" && meeting.relay.value.link === "online"
    && (input?.media === "good" || input?.media === "degraded");
  return (
    <div class={css.speaker} data-floor="interrupted" data-interrupted={turn.site}>
      <div class={css.picture}>
        <ScenePicture />
        <span class={classes(css.ribbon, css.halted)}><Icon name="pause" />{words.program.interrupted}</span>
      </div>
      <div class={css.who}>
        <h2>{meeting.siteName(turn.site).value}</h2>
        <p class={css.unit}>{turn.unit} <EditButton turn={turn.turn} /></p>
        <Person turn={turn} />
        <ByTelephone turn={turn} />
        {cause === undefined || (cause === "media_silent" && !back) ? null : <p class={css.cause}>{words.cause[cause]}</p>}
        {back ? <p class={classes(css.back, "good")} role="status"><Icon name="check" />{words.program.backAgain}</p> : null}
        <Troubles site={input} />
      </div>
    </div>
  );
}

/** What is under way instead of a speech, and until when. */
function UnderWay() {
  const words = useWords();
  const { meeting, time } = useStore();
  const item = meeting.activeItem.value;
  if (meeting.state.value === "closed") {
    return <h2>{words.meeting.closed}</h2>;
  }
  if (!item || item.lists.length > 0) {
    return <h2>{words.program.nobody}</h2>;
  }
  const until = item.forecast_finish;
  return (
    <>
      <h2>{item.title}</h2>
      {until === undefined ? null
        : <p class={css.unit}>{words.program.until(meeting.timeOf(time.wallOf(until)))}</p>}
    </>
  );
}

/** Who chair the meeting together, side by side; one alone needs no place. */
function Chairs() {
  const words = useWords();
  const chairs = useStore().meeting.info.value.chairs ?? [];
  return chairs.length < 2 ? null
    : <p class={css.chairs} data-chairs={chairs.length}><small>{words.program.chairs}</small>{chairs.map((chair) => <b key={chair}>{chair}</b>)}</p>;
}

/** Nobody speaks. */
export function Idle() {
  const words = useWords();
  const { meeting } = useStore();
  const shown = useDerived(() => {
    const { layout, panes } = meeting.scene.value;
    const pane = layout === "slate" ? undefined : panes[0];
    const main = meeting.sitesInOrder.value.find((one) => one.kind === "main");
    return main && pane?.site === main.site ? words.program.venueOnAir : sceneText(meeting, words);
  }, [meeting, words]);
  return (
    <div class={css.speaker} data-floor="idle">
      <div class={css.picture}><ScenePicture /></div>
      <div class={css.who}>
        <UnderWay />
        <p class={css.unit}>{shown}</p>
        <Chairs />
      </div>
    </div>
  );
}
