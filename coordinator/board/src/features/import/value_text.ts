// How a value of a plan is written for people: words of the protocol in theirs.
import type { Dictionary } from "../../i18n/dictionary";

export function valueText(words: Dictionary, field: string, text: string): string {
  const kinds: Readonly<Record<string, string | undefined>> = words.itemKind;
  return field === "kind" ? kinds[text] ?? text : text;
}
