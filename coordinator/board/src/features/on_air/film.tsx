// The film of the active item: how the player stands with it, what is left of it, and what can be done.
import type { WireFilmView, WireItemView } from "@protocol";
import { filmLeft } from "../../domain/clock";
import { countdown, length } from "../../domain/format";
import { player } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import panel from "../../ui/panel.module.css";
import css from "./on_air.module.css";

function Left({ film }: { film: WireFilmView }) {
  const words = useWords();
  const { time } = useStore();
  const left = useDerived(() => filmLeft(film, time.now()), [time, film]);
  return left === undefined ? null : (
    <div class={css.digits} data-film-left><span role="timer">{countdown(left)}</span><span class={css.what}>{words.program.left}</span></div>
  );
}

/** The player, or what it says of the file. */
function Standing({ film }: { film: WireFilmView }) {
  const words = useWords();
  const { meeting } = useStore();
  const there = useDerived(() => player(meeting.model.value)?.link === "online", [meeting]);
  const fault = !there || film.state === "missing" || film.state === "broken";
  const text = !there ? words.film.noPlayer : film.state === undefined ? words.film.opening : words.filmState[film.state];
  return <p class={fault ? css.troubles : undefined} role={fault ? "alert" : undefined} data-film-state={film.state ?? ""}>
    {fault ? <Icon name="alarm" /> : null}{text}</p>;
}

export function Film({ item, film }: { item: WireItemView; film: WireFilmView }) {
  return (
    <div class={css.countdown} data-film={item.item} data-on-air={film.on_air}>
      <Left film={film} />
      <Standing film={film} />
      <div class={css.spans}><span>{item.film}</span>{film.length === undefined ? null : <span><b>{length(film.length)}</b></span>}</div>
      <div class={classes(panel.buttons, css.film)}>
        <ActionButton id="stop_film" icon="stop" />
        <ActionButton id="play_film" icon="take" />
      </div>
    </div>
  );
}
