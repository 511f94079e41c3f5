// The dictionary of the chosen language.
import { consoleState } from "./console";
import type { Dictionary } from "../i18n/dictionary";
import { en } from "../i18n/en";
import { vi } from "../i18n/vi";
import { useWatch } from "./observable";

const DICTIONARIES = { vi, en };

export function words(): Dictionary {
  return DICTIONARIES[consoleState.get().language];
}

export function useWords(): Dictionary {
  return DICTIONARIES[useWatch(consoleState, (state) => state.language)];
}
