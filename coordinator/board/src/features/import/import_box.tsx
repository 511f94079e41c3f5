// A programme or list of an office: the file is chosen or dragged in, what was understood is shown row by row and put
// right on the spot, and what it asks of the meeting is given.
import { useState } from "preact/hooks";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Modal } from "../../ui/modal";
import { Changes } from "./changes";
import { Faults } from "./faults";
import { Gone } from "./gone";
import css from "./import.module.css";
import { Table } from "./table";

const KINDS = ".xlsx,.docx,.csv";

function ChooseFile({ label }: { label: string }) {
  const { importDesk } = useStore();
  const busy = importDesk.work.value !== undefined;
  const take = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    input.value = "";
    if (file !== undefined) {
      void importDesk.choose(file);
    }
  };
  return (
    <label class={classes(button.button, css.choose, busy ? css.off : undefined)}>{label}
      <input type="file" accept={KINDS} disabled={busy} data-import-file data-focus onChange={(event) => take(event.currentTarget)} /></label>
  );
}

function Status() {
  const words = useWords();
  const { importDesk } = useStore();
  const work = importDesk.work.value;
  const doing = work === "bringing" ? words.office.bringing(Math.floor(importDesk.share.value * 100))
    : work === "looking" ? words.office.looking : work === "giving" ? words.office.giving : undefined;
  const said = doing ?? importDesk.said.value ?? "";
  return <p role="status" class={css.said} data-import-work={work ?? "none"}>{said}</p>;
}

function FileLine() {
  const words = useWords();
  const { importDesk } = useStore();
  const file = importDesk.file.value;
  if (file === undefined) {
    return <div class={css.drop}><span>{words.office.drop}</span><ChooseFile label={words.office.choose} /><small>{words.office.kinds}</small></div>;
  }
  return (
    <div class={css.file}><b>{file.name}</b><ChooseFile label={words.office.other} />
      <button type="button" class={button.button} disabled={importDesk.work.value === "giving"} data-import-again onClick={() => void importDesk.look()}>{words.office.again}</button>
      <button type="button" class={button.button} disabled={importDesk.work.value === "giving"} data-import-forget onClick={() => importDesk.clear()}>{words.office.forget}</button></div>
  );
}

function Preview() {
  const { importDesk } = useStore();
  const preview = importDesk.preview.value;
  if (preview === undefined || preview.fault !== undefined) {
    return null;
  }
  return (
    <>
      {preview.unread.length === 0 ? null : <ul class={css.unread}>{preview.unread.map((one) => <li key={one.text} data-unread>{one.text}</li>)}</ul>}
      {preview.tables.map((table, at) => <Table key={at} table={table} faults={preview.faults} />)}
      <Gone lines={preview.gone} />
    </>
  );
}

export function ImportBox() {
  const words = useWords();
  const { importDesk } = useStore();
  const [over, setOver] = useState(false);
  const preview = importDesk.preview.value;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined && importDesk.work.peek() === undefined) {
      void importDesk.choose(file);
    }
  };
  return (
    <Modal title={words.actions.import} kind="import" look={css.import}>
      <div class={classes(css.box, over ? css.over : undefined)} data-import-drop onDrop={drop}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
        <FileLine />
        <Status />
        <div class={css.preview} tabIndex={preview === undefined ? -1 : 0}><Preview /></div>
        {preview === undefined || preview.fault !== undefined ? null : <><Faults faults={preview.faults} /><Changes preview={preview} /></>}
      </div>
    </Modal>
  );
}
