// Documents: what is owed and has come in, and what is handed out.
import { useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import css from "./documents.module.css";
import { Handouts } from "./handouts";
import { Owed } from "./owed";

export function Documents() {
  const words = useWords();
  return (
    <Modal title={words.documents.heading} kind="documents" look={css.documents}>
      <div class={css.parts}><Handouts /><Owed /></div>
    </Modal>
  );
}
