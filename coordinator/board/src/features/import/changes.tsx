// What the file asks of the meeting, as sentences in the order in which they are given, and giving it.
import type { ImportChange, ImportPreview } from "@protocol";
import { useStore, useWords } from "../../state/store";
import type { Outcome } from "../../state/import_desk";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import css from "./import.module.css";

function stateOf(change: ImportChange, outcome: Outcome | undefined): "asked" | "left_out" | "accepted" | "refused" {
  return outcome === "accepted" ? "accepted" : outcome !== undefined ? "refused" : change.refusal === undefined ? "asked" : "left_out";
}

function Change({ change, outcome }: { change: ImportChange; outcome: Outcome | undefined }) {
  const words = useWords();
  const state = stateOf(change, outcome);
  const why = outcome !== undefined && outcome !== "accepted" ? outcome.refused : change.why;
  return (
    <li data-change={state}><span>{change.text}</span>
      {state === "accepted" ? <small><Icon name="check" />{words.office.accepted}</small> : null}
      {state === "refused" || state === "left_out" ? <small><Icon name="alarm" />{words.office.wouldBeRefused}{why === undefined ? "" : `: ${why}`}</small> : null}</li>
  );
}

export function Changes({ preview }: { preview: ImportPreview }) {
  const words = useWords();
  const { importDesk, server } = useStore();
  const outcomes = importDesk.outcomes.value;
  const left = preview.changes.filter((one, at) => one.refusal === undefined && outcomes.get(at) !== "accepted").length;
  if (preview.faults.length > 0 || preview.tables.every((one) => one.part === undefined)) {
    return null;
  }
  return (
    <section class={css.part} aria-label={words.office.changes} data-import-changes={preview.changes.length}>
      <h3>{words.office.changes}</h3>
      {preview.changes.length === 0 ? <p class={css.said}>{words.office.nothing}{preview.kept === true ? ` ${words.office.kept}` : ""}</p>
        : <ol>{preview.changes.map((change, at) => <Change key={at} change={change} outcome={outcomes.get(at)} />)}</ol>}
      {left === 0 ? null : <button type="button" class={classes(button.button, button.primary)} data-import-apply
        disabled={importDesk.work.value !== undefined || !server.live.value} onClick={() => void importDesk.apply()}>{words.office.give(left)}</button>}
    </section>
  );
}
