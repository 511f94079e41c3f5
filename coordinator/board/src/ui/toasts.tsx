// Refusals and notes, for some seconds.
import { useStore, useWords } from "../state/store";
import { Icon } from "./icon";
import button from "./button.module.css";
import { classes } from "./classes";
import css from "./toasts.module.css";

export function Toasts() {
  const words = useWords();
  const { console } = useStore();
  return (
    <div class={css.toasts} role="status" aria-live="assertive">
      {console.toasts.value.map((toast) => (
        <div key={toast.id} class={classes(css.toast, toast.kind === "refused" && css.refused)} data-toast={toast.kind} data-code={toast.code}>
          <Icon name={toast.kind === "refused" ? "bar" : "alarm"} />
          <p><b>{toast.title}</b>{toast.text}{toast.code === undefined ? null : <code>{toast.code}</code>}</p>
          <button type="button" class={classes(button.button, button.quiet)} aria-label={words.close} onClick={() => console.dismissToast(toast.id)}><Icon name="close" /></button>
        </div>
      ))}
    </div>
  );
}
