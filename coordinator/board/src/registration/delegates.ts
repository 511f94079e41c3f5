// Delegates by name as a clerk writes them, one a line and by category, and as the protocol carries them.
import type { DelegatePresence, RegistrationTerms, SitePeople } from "@protocol";

export type Presence = "present" | "online" | "absent";
export const PRESENCES: readonly Presence[] = ["present", "online", "absent"];

export interface Delegate {
  readonly category: string; readonly name: string; readonly post: string; readonly unit: string; readonly seat: string;
  readonly presence: Presence | ""; readonly reason: string;
}

/** What no site may send in one go: SITE_PEOPLE_DELEGATES_CHARS. */
export const DELEGATES_TEXT_MAX = 3000;

function clean(text: string | undefined): string {
  return (text ?? "").replace(/[\t\r\n]+/gu, " ").trim().normalize("NFC");
}

/** "Name; post; unit; seat", or the same between tabs, as a spreadsheet copies rows. */
export function readLines(category: string, written: string): Delegate[] {
  return written.split(/\r?\n/u).filter((line) => line.trim() !== "").map((line) => {
    const [name, post, unit, seat] = line.split(line.includes("\t") ? "\t" : ";").map(clean);
    return { category, name: name ?? "", post: post ?? "", unit: unit ?? "", seat: seat ?? "", presence: "" as const, reason: "" };
  }).filter((one) => one.name !== "");
}

export function writeLines(delegates: readonly Delegate[]): string {
  return delegates.map((one) => [one.name, one.post, one.unit, one.seat].join("; ").replace(/[; ]+$/u, "")).join("\n");
}

/** As `delegates` of the protocol has them. */
export function encode(delegates: readonly Delegate[]): string {
  return delegates.map((one) => [one.category, one.name, one.post, one.unit, one.seat, one.presence, one.reason].map(clean).join("\t").trimEnd()).join("\n");
}

export function decode(people: SitePeople): Delegate[] {
  return people.delegates.split(/\r?\n/u).filter((line) => line !== "").map((line) => {
    const [category, name, post, unit, seat, presence, reason] = line.split("\t");
    return {
      category: category ?? "", name: name ?? "", post: post ?? "", unit: unit ?? "", seat: seat ?? "",
      presence: PRESENCES.find((word) => word === presence) ?? "", reason: reason ?? "",
    };
  });
}

/** Who was marked before stays so where the name is the same. */
export function keepMarks(delegates: readonly Delegate[], before: readonly Delegate[]): Delegate[] {
  return delegates.map((one) => {
    const known = before.find((other) => other.category === one.category && other.name === one.name);
    return known ? { ...one, presence: known.presence, reason: known.reason } : one;
  });
}

/** Whoever is not marked absent or online is there. */
export function presenceByMarks(terms: RegistrationTerms, expected: ReadonlyMap<string, number>, delegates: readonly Delegate[]): DelegatePresence[] {
  return terms.categories.map((category) => {
    const count = (word: Presence): number => delegates.filter((one) => one.category === category && one.presence === word).length;
    const online = count("online");
    const absent = count("absent");
    return { category, online, absent, present: Math.max((expected.get(category) ?? 0) - online - absent, count("present")) };
  });
}
