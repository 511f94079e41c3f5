// What stands on the speaker's screen now: only where there is something.
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import css from "./lectern.module.css";

export function SpeakerLine() {
  const words = useWords();
  const { text, dark } = useStore().meeting.lectern.value;
  return text === undefined && !dark ? null : (
    <p class={css.line} data-lectern={dark ? "dark" : "text"}>
      <Icon name={dark ? "bar" : "message"} />
      <span>{dark ? words.lectern.dark : words.lectern.shown(text ?? "")}</span>
    </p>
  );
}
