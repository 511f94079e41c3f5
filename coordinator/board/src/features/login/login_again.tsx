// The session ended while the board was open: the board stays in view.
import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore, useWords } from "../../state/store";
import { LoginForm } from "./login_form";
import { classes } from "../../ui/classes";
import dialogs from "../../ui/dialog.module.css";
import css from "./login.module.css";

export function LoginAgain() {
  const words = useWords();
  const { server } = useStore();
  const { phase, code } = server.link.value;
  const ended = phase === "refused" && code === "unauthorised";
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (ended) {
      dialog.current?.showModal();
      dialog.current?.querySelector<HTMLElement>(server.session.peek() ? "[name=password]" : "[name=account]")?.focus();
    }
  }, [ended, server]);
  if (!ended) {
    return null;
  }
  return (
    <dialog ref={dialog} class={classes(dialogs.dialog, css.again)} data-dialog="again" aria-labelledby="again-title" onClose={() => dialog.current?.showModal()}>
      <header><h2 id="again-title">{words.login.again}</h2></header>
      <LoginForm titleId="again-title" />
    </dialog>
  );
}
