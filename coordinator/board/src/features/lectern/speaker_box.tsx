// A word to whoever speaks, on the speaker's screen; and that screen dark.
import { useRef } from "preact/hooks";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./lectern.module.css";

const TEXT_CHARS = 120;

export function SpeakerBox() {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const { text, dark } = meeting.lectern.value;
  const tell = (what: string): void => {
    if (what !== "" && server.give({ name: "speaker.tell", args: { text: what } })) {
      console.closeDialog();
    }
  };
  return (
    <Modal title={words.lectern.heading} kind="tell_speaker">
      <div class={css.box}>
        {text === undefined ? null : <p data-told>{words.lectern.shown(text)}</p>}
        {dark ? <p>{words.lectern.dark}</p> : null}
        <form onSubmit={(event) => { event.preventDefault(); tell(field.current?.value.trim() ?? ""); }}>
          <input ref={field} name="lectern" data-focus maxLength={TEXT_CHARS} autocomplete="off" placeholder={words.lectern.text} aria-label={words.lectern.text} />
          <button type="submit" class={classes(button.button, button.primary)}>{words.lectern.tell}</button>
          <button type="button" class={button.button} data-clear disabled={text === undefined}
            onClick={() => { server.give({ name: "speaker.tell", args: {} }); }}>{words.lectern.clear}</button>
        </form>
        <div class={css.phrases}>
          {words.lectern.phrases.map((phrase) => <button key={phrase} type="button" class={button.button} onClick={() => tell(phrase)}>{phrase}</button>)}
        </div>
        <div>{dark ? <ActionButton id="light_speaker" icon="sun" tone="warn" /> : <ActionButton id="darken_speaker" icon="moon" />}</div>
        <p>{words.lectern.more}</p>
      </div>
    </Modal>
  );
}
