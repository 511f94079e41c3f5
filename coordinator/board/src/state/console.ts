// What is open and selected on this one board: nobody else's business, and never sent.
import type { Instant, Language, SiteId, TurnId } from "@protocol";
import { observable } from "./observable";

export type Theme = "dark" | "light";
export type Dialog = "help" | "search" | "scene" | "confirm" | "approve";
export type PanelName = "speaking" | "sites" | "programme" | "alarms" | "feed";
export type FeedTab = "log" | "messages";

export interface Toast {
  readonly id: number;
  readonly kind: "refused" | "note";
  readonly title: string;
  readonly text: string;
  readonly code?: string;
}

export interface Question {
  readonly text: string;
  /** What it is about, where the text alone does not say. */
  readonly detail: string;
  readonly answer: () => void;
}

export interface ConsoleState {
  readonly language: Language;
  readonly theme: Theme;
  readonly selectedTurn?: TurnId | undefined;
  readonly drawerSite?: SiteId | undefined;
  readonly dialog?: Dialog | undefined;
  readonly question?: Question | undefined;
  /** The very turn that the approving box is about, whatever is selected meanwhile. */
  readonly approving?: TurnId | undefined;
  readonly tab: FeedTab;
  readonly messageTo?: SiteId | undefined;
  /** When the latest message came that was in view. */
  readonly messagesRead: Instant;
  readonly toasts: readonly Toast[];
}

const TOASTS_SHOWN = 4;
const TOAST_MS = 7000;

function remembered<T extends string>(key: string, allowed: readonly T[], fallback: T): T {
  try {
    const value = localStorage.getItem(key);
    return allowed.find((one) => one === value) ?? fallback;
  } catch {
    return fallback;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing starts in Vietnamese on dark again.
  }
}

export const consoleState = observable<ConsoleState>({
  language: remembered("diemcau.language", ["vi", "en"], "vi"),
  theme: remembered("diemcau.theme", ["dark", "light"], "dark"),
  tab: "log",
  messagesRead: -1,
  toasts: [],
});

export function patch(change: Partial<ConsoleState>): void {
  consoleState.update((now) => ({ ...now, ...change }));
}

export function setLanguage(language: Language): void {
  remember("diemcau.language", language);
  patch({ language });
}

export function setTheme(theme: Theme): void {
  remember("diemcau.theme", theme);
  patch({ theme });
}

let toastCount = 0;

export function toast(kind: Toast["kind"], title: string, text: string, code?: string): void {
  toastCount += 1;
  const id = toastCount;
  const made: Toast = code === undefined ? { id, kind, title, text } : { id, kind, title, text, code };
  consoleState.update((now) => ({ ...now, toasts: [...now.toasts, made].slice(-TOASTS_SHOWN) }));
  setTimeout(() => dismissToast(id), TOAST_MS);
}

export function dismissToast(id: number): void {
  consoleState.update((now) => ({ ...now, toasts: now.toasts.filter((one) => one.id !== id) }));
}

export function ask(text: string, detail: string, answer: () => void): void {
  patch({ dialog: "confirm", question: { text, detail, answer } });
}

export function closeDialog(): void {
  patch({ dialog: undefined, question: undefined, approving: undefined });
}
