// The frame of a box that stands over the board until it is answered.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore, useWords } from "../state/store";
import { Icon } from "./icon";
import { Toasts } from "./toasts";
import button from "./button.module.css";
import { classes } from "./classes";
import dialogs from "./dialog.module.css";

/** The browser's own modal dialog: it traps the focus and gives it back. Open before the next key comes. */
export interface ModalProps {
  readonly title: string;
  /** Names the box where its place is looked for. */
  readonly kind: string;
  /** What this box adds to the look of all. */
  readonly look?: string | undefined;
  readonly children: ComponentChildren;
}

export function Modal({ title, kind, look, children }: ModalProps) {
  const words = useWords();
  const { console } = useStore();
  const close = (): void => console.closeDialog();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    (element?.querySelector<HTMLElement>("[data-focus]") ?? element)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog ref={dialog} class={classes(dialogs.dialog, look)} data-dialog={kind} aria-label={title} onCancel={(event) => { event.preventDefault(); close(); }}
      onClick={(event) => event.target === event.currentTarget && close()}>
      <header><h2>{title}</h2>
        <button type="button" class={classes(button.button, button.quiet)} aria-label={words.close} onClick={close}><Icon name="close" /></button></header>
      {children}
      <Toasts />
    </dialog>
  );
}
