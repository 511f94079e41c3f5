// Lengths of time in words, as `deviation` takes them.
import type { Language } from "@protocol";
import type { DurationWords } from "../../domain/format";

const WORDS: Readonly<Record<Language, DurationWords>> = {
  vi: { duration: { seconds: (n) => `${n} giây`, minutes: (n) => `${n} phút`, hours: (h, m) => m === 0 ? `${h} giờ` : `${h} giờ ${m} phút` } },
  en: { duration: { seconds: (n) => `${n} s`, minutes: (n) => `${n} min`, hours: (h, m) => m === 0 ? `${h} h` : `${h} h ${m} min` } },
};

export function durationWords(language: Language): DurationWords {
  return WORDS[language];
}
