// Which picture everyone sees, in words, and the buttons to choose another.
import type { Dictionary } from "../../i18n/dictionary";
import type { Meeting } from "../../state/meeting";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { classes } from "../../ui/classes";
import css from "./on_air.module.css";

export function sceneText(meeting: Meeting, words: Dictionary): string {
  const { layout, panes } = meeting.scene.value;
  if (layout === "slate" || panes.length === 0) {
    return words.program.slate;
  }
  return panes
    .map((pane) => meeting.siteName(pane.site).value + (pane.source === "content" ? ` (${words.source.content})` : ""))
    .join(" + ");
}

export function SceneLine() {
  const words = useWords();
  const { meeting } = useStore();
  const { layout, panes, overridden } = meeting.scene.value;
  const text = useDerived(() => sceneText(meeting, words), [meeting, words]);
  return (
    <div class={classes(css.sceneLine, overridden && css.overridden)} data-overridden={String(overridden)}>
      <span class={css.shown}>{overridden ? words.program.overridden : words.program.scene}: <b>{text}</b>
        {panes.length > 1 ? ` · ${words.layout[layout]}` : ""}</span>
      {overridden ? <ActionButton id="follow" icon="relay" text={words.program.follow} /> : null}
      <ActionButton id="scene" icon="screen" text={words.program.choose} />
    </div>
  );
}
