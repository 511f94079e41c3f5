// The frame of a form that puts something right. It stays open until its commands are accepted: what was
// written is not lost by a refusal.
import type { Command } from "@protocol";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useStore, useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import dialogs from "../../ui/dialog.module.css";
import panel from "../../ui/panel.module.css";
import css from "./edit.module.css";

export interface EditBoxProps {
  readonly title: string;
  readonly kind: string;
  /** What the form asks for; none where nothing was changed. */
  readonly commands: () => readonly Command[];
  /** Above the form: which thing it is about. */
  readonly choice?: ComponentChildren;
  /** Beside the answers: what else can be done with the thing. */
  readonly more?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function EditBox({ title, kind, commands, choice, more, children }: EditBoxProps) {
  const words = useWords();
  const { console, server } = useStore();
  const [waiting, setWaiting] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const asked = commands();
    let left = asked.length;
    if (left === 0) {
      console.closeDialog();
      return;
    }
    setWaiting(true);
    for (const command of asked) {
      const heard = server.give(command, (accepted) => {
        left -= accepted ? 1 : 0;
        setWaiting(accepted && left > 0);
        if (left === 0 && console.dialog.peek() === kind) {
          console.closeDialog();
        }
      });
      if (!heard) {
        setWaiting(false);
        return;
      }
    }
  };
  return (
    <Modal title={title} kind={kind} look={css.edit}>
      {choice}
      <form class={css.form} onSubmit={submit}>
        {children}
        <div class={classes(panel.buttons, dialogs.answers, css.answers)}>
          <button type="submit" class={classes(button.button, button.primary)} disabled={waiting} data-save>{words.edit.save}</button>
          <button type="button" class={button.button} onClick={() => console.closeDialog()}>{words.confirm.no}<kbd>Esc</kbd></button>
          {more}
        </div>
      </form>
    </Modal>
  );
}
