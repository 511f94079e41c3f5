// The question before what is hard to take back.
import type { Question } from "../../state/console";
import { useStore, useWords } from "../../state/store";
import { Modal } from "../../ui/modal";

export function Confirm({ question }: { question: Question }) {
  const words = useWords();
  const { console } = useStore();
  const agree = (): void => {
    console.closeDialog();
    question.answer();
  };
  return (
    <Modal title={words.confirm.heading} kind="confirm">
      <p class="question">{question.text}?</p>
      {question.detail === "" ? null : <p class="at-stake">{question.detail}</p>}
      <div class="buttons">
        <button type="button" class="button danger" data-focus onClick={agree}>{words.confirm.yes}<kbd>⏎</kbd></button>
        <button type="button" class="button" onClick={() => console.closeDialog()}>{words.confirm.no}<kbd>Esc</kbd></button>
      </div>
    </Modal>
  );
}
