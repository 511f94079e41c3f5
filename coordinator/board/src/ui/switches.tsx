// Language and theme: of this browser only.
import { useStore, useWords } from "../state/store";
import { Icon } from "./icon";
import button from "./button.module.css";
import { classes } from "./classes";

export function LanguageButton() {
  const words = useWords();
  const { actions } = useStore();
  const other = words.language === "vi" ? "en" : "vi";
  return (
    <button type="button" class={classes(button.button, button.quiet)} lang={other} data-action="language" aria-keyshortcuts="l" onClick={() => actions.perform("language")}>
      {words.otherLanguage}
    </button>
  );
}

export function ThemeButton() {
  const words = useWords();
  const { actions, console } = useStore();
  const theme = console.theme.value;
  const name = theme === "dark" ? words.header.themeLight : words.header.themeDark;
  return (
    <button type="button" class={classes(button.button, button.quiet)} title={name} aria-label={name} aria-keyshortcuts="d" onClick={() => actions.perform("theme")}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
