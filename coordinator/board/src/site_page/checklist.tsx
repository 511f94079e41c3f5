// What somebody at the site looks at before the opening, and his post.
import type { PanelState, ToldCheck } from "@protocol";
import { usePage } from "./page_state";

const NOTE_MAX = 300;

function Post({ posted }: { posted: boolean }) {
  const page = usePage();
  const { post } = page.words.value;
  return (
    <button id="post" type="button" aria-pressed={posted} onClick={() => page.press({ action: posted ? "leave_post" : "take_post" })}>
      {posted ? post.undo : post.label}</button>
  );
}

function Line({ line }: { line: ToldCheck }) {
  const page = usePage();
  const words = page.words.value.checklist;
  const press = (): void => page.tick(line.check, !line.done);
  return (
    <li data-done={String(line.done)}>
      <label><input type="checkbox" id={`check-${line.check}`} checked={line.done} onClick={(event) => { event.preventDefault(); press(); }} />{line.title}</label>
      <input class="note" id={`note-${line.check}`} maxLength={NOTE_MAX} autocomplete="off" aria-label={`${words.note}: ${line.title}`} placeholder={words.note}
        value={page.noteOf(line.check)} onInput={(event) => page.noteDown(line.check, event.currentTarget.value)} />
    </li>
  );
}

export function Checklist({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value.checklist;
  const lines = state?.checks ?? [];
  if (state === undefined || (lines.length === 0 && state.posted === undefined)) {
    return null;
  }
  return (
    <section id="checklist" aria-labelledby="checklist-title">
      <h2 id="checklist-title">{words.heading}{lines.length === 0 ? "" : ` (${lines.filter((one) => one.done).length}/${lines.length})`}</h2>
      {state.posted === undefined ? null : <Post posted={state.posted} />}
      <ul>{lines.map((line) => <Line key={line.check} line={line} />)}</ul>
    </section>
  );
}
