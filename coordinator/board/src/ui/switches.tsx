// Language and theme: of this browser only.
import { consoleState } from "../state/console";
import { useWatch } from "../state/observable";
import { perform } from "../state/perform";
import { useWords } from "../state/words";
import { Icon } from "./icon";

export function LanguageButton() {
  const words = useWords();
  const other = words.language === "vi" ? "en" : "vi";
  return (
    <button type="button" class="button quiet" lang={other} data-action="language" aria-keyshortcuts="l" onClick={() => perform("language")}>
      {words.otherLanguage}
    </button>
  );
}

export function ThemeButton() {
  const words = useWords();
  const theme = useWatch(consoleState, (state) => state.theme);
  const name = theme === "dark" ? words.header.themeLight : words.header.themeDark;
  return (
    <button type="button" class="button quiet" title={name} aria-label={name} aria-keyshortcuts="d" onClick={() => perform("theme")}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
