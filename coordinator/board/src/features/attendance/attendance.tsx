// Who has come, all sites together, against who was registered; and whether that is enough.
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./attendance.module.css";

function Quorum() {
  const words = useWords();
  const { meeting } = useStore();
  const { quorum, reached } = useDerived(() => meeting.model.value.attendance, [meeting]);
  return quorum === undefined ? null
    : <span class={classes(chip.chip, !reached && chip.warn)} data-quorum={reached ? "reached" : "open"}>{reached ? words.registrations.reached(quorum) : words.registrations.notReached(quorum)}</span>;
}

function Sums() {
  const words = useWords();
  const { meeting } = useStore();
  const { sums } = useDerived(() => meeting.model.value.attendance, [meeting]);
  const { category, expected, presence } = words.registration;
  return (
    <table class={css.sums}>
      <thead><tr><th scope="col">{category}</th><th scope="col">{expected}</th><th scope="col">{presence.present}</th>
        <th scope="col">{presence.online}</th><th scope="col">{presence.absent}</th></tr></thead>
      <tbody>{sums.map((one) => (
        <tr key={one.category}><th scope="row">{one.category}</th><td>{one.expected}</td><td>{one.present}</td><td>{one.online}</td><td>{one.absent}</td></tr>
      ))}</tbody>
    </table>
  );
}

/** As files for an office; the browser brings its session along. */
function Files() {
  const words = useWords();
  return <p class={css.files}>{words.registrations.files}: {["xlsx", "csv"].map((format) => (
    <a key={format} href={`/api/v1/registrations?format=${format}&lang=${words.language}`} download>{format.toUpperCase()}</a>
  ))}</p>;
}

export function Attendance() {
  const words = useWords();
  const { meeting, server } = useStore();
  const attendance = useDerived(() => meeting.model.value.attendance, [meeting]);
  if (!meeting.info.value.preparation?.registration || !server.maySee("site.registered")) {
    return null;
  }
  return (
    <section class={classes(panel.panel, css.attendance)} id="panel-attendance" aria-label={words.registrations.heading}>
      <header><h2><Icon name="person" />{words.registrations.heading}</h2>
        <span data-there>{words.registrations.there(attendance.there, attendance.expected)}</span><Quorum /></header>
      <details><summary>{words.registrations.sites(attendance.registered, attendance.attended, attendance.sites)}</summary>
        <Sums />
        {server.maySee("site.contact_given") ? <Files /> : null}
      </details>
    </section>
  );
}
