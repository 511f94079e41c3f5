// Who of the centre is on, since when, and who gave the last command about the floor.
import type { WirePerson } from "@protocol";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Direction } from "../direction/direction";
import css from "./present.module.css";

/** In the header: how many, and who directs. */
export function WhoIsOnButton() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const present = server.present.value;
  if (!present) {
    return null;
  }
  const { account, link } = meeting.direction.value;
  const director = account ?? present.director;
  const label = words.present.summary(present.people.length, director);
  return (
    <button type="button" class={classes(button.button, button.quiet, css.summary)} data-present={present.people.length} data-director={director} data-director-link={link}
      title={label} aria-label={label} onClick={() => { console.dialog.value = "present"; }}>
      <Icon name="person" />{present.people.length}{director === undefined ? null : <span class={classes(css.director, link === "lost" && "warn")}><Icon name={link === "lost" ? "lost" : "take"} />{director}</span>}
    </button>
  );
}

function Row({ person }: { person: WirePerson }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const own = server.session.value?.account === person.account;
  return (
    <li data-account={person.account}>
      <b>{person.account}{own ? ` (${words.present.you})` : ""}</b>
      <span>{words.role[person.role]}{person.connections > 1 ? ` · ${words.present.connections(person.connections)}` : ""}</span>
      <small>{words.present.since(meeting.timeOf(person.since))}</small>
    </li>
  );
}

export function WhoIsOn() {
  const words = useWords();
  const { meeting, server } = useStore();
  const present = server.present.value;
  return (
    <Modal title={words.present.heading} kind="present">
      <p data-focus tabIndex={-1}>{present?.director === undefined || present.directed === undefined ? words.present.nobodyDirected
        : words.present.directed(present.director, meeting.exactTimeOf(present.directed))}</p>
      <Direction />
      <ul class={css.people}>{present?.people.map((person) => <Row key={`${person.account} ${person.role}`} person={person} />)}</ul>
      {present && present.viewers > 0 ? <p class="dim">{words.present.viewers(present.viewers)}</p> : null}
    </Modal>
  );
}
