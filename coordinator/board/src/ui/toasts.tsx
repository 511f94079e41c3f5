// Refusals and notes, for some seconds.
import { consoleState, dismissToast } from "../state/console";
import { useWatch } from "../state/observable";
import { useWords } from "../state/words";
import { Icon } from "./icon";

export function Toasts() {
  const words = useWords();
  const toasts = useWatch(consoleState, (state) => state.toasts);
  return (
    <div class="toasts" role="status" aria-live="assertive">
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast ${toast.kind}`} data-code={toast.code}>
          <Icon name={toast.kind === "refused" ? "bar" : "alarm"} />
          <p><b>{toast.title}</b>{toast.text}{toast.code === undefined ? null : <code>{toast.code}</code>}</p>
          <button type="button" class="button quiet" aria-label={words.close} onClick={() => dismissToast(toast.id)}><Icon name="close" /></button>
        </div>
      ))}
    </div>
  );
}
