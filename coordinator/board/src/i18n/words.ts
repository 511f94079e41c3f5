// The dictionary of a language.
import type { Language } from "@protocol";
import type { Dictionary } from "./dictionary";
import { en } from "./en";
import { vi } from "./vi";

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { vi, en };

export function wordsOf(language: Language): Dictionary {
  return DICTIONARIES[language];
}
