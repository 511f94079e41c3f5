// The question before what is hard to take back.
import type { Question } from "../../state/console";
import { useStore, useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import dialogs from "../../ui/dialog.module.css";
import panel from "../../ui/panel.module.css";

export function Confirm({ question }: { question: Question }) {
  const words = useWords();
  const { console } = useStore();
  const agree = (): void => {
    console.closeDialog();
    question.answer();
  };
  return (
    <Modal title={words.confirm.heading} kind="confirm">
      <p class={dialogs.question}>{question.text}?</p>
      {question.detail === "" ? null : <p class={dialogs.atStake}>{question.detail}</p>}
      <div class={classes(panel.buttons, dialogs.answers)}>
        <button type="button" class={classes(button.button, button.danger)} data-focus onClick={agree}>{words.confirm.yes}<kbd>⏎</kbd></button>
        <button type="button" class={button.button} onClick={() => console.closeDialog()}>{words.confirm.no}<kbd>Esc</kbd></button>
      </div>
    </Modal>
  );
}
