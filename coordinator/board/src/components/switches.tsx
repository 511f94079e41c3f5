// Language and theme: of this browser only.
import { consoleState } from "../console";
import { useWatch } from "../observable";
import { perform } from "../perform";
import { useWords } from "../words";
import { Icon } from "./icons";

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
