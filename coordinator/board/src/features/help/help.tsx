// Every key of the console, from the table of actions.
import { ACTIONS, type Action } from "../../domain/actions";
import { useStore, useWords } from "../../state/store";
import { keyLabel } from "../../ui/action_button";
import { Modal } from "../../ui/modal";
import css from "./help.module.css";

function Keys({ keys }: { keys: readonly string[] }) {
  return <span class={css.keys}>{keys.map((key) => <kbd key={key}>{keyLabel(key)}</kbd>)}</span>;
}

interface KeyRow { readonly keys: readonly string[]; readonly names: readonly string[] }

/** Actions that share their keys share a row: one of them can be done at a time. */
function keyRows(permitted: readonly Action[], nameOf: (action: Action) => string): KeyRow[] {
  const rows = new Map<string, KeyRow>();
  for (const action of permitted) {
    const id = action.keys.join(" ");
    rows.set(id, { keys: action.keys, names: [...(rows.get(id)?.names ?? []), nameOf(action)] });
  }
  return [...rows.values()];
}

function HelpRow({ keys, text }: { keys: readonly string[]; text: string }) {
  return <div><dt><Keys keys={keys} /></dt><dd>{text}</dd></div>;
}

export function Help() {
  const words = useWords();
  const { actions } = useStore();
  const permitted = ACTIONS.filter((action) => actions.isPermitted(action));
  return (
    <Modal title={words.help.heading} kind="help" look={css.help}>
      <p class="dim">{words.help.note}</p>
      <dl>
        <HelpRow keys={["↑", "↓", "j", "k"]} text={words.help.moveTurn} />
        {keyRows(permitted, (action) => words.actions[action.id]).map((row) =>
          <HelpRow key={row.keys[0]} keys={row.keys} text={row.names.join(" / ")} />)}
        <HelpRow keys={["1–6"]} text={words.help.panels} />
        <HelpRow keys={["←", "→", "↑", "↓"]} text={words.help.moveTile} />
        <HelpRow keys={["Esc"]} text={words.help.close} />
      </dl>
    </Modal>
  );
}
