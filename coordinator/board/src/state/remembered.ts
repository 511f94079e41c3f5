// A choice that this browser keeps.
import { effect, signal, type Signal } from "@preact/signals";

/** What this browser keeps under that name. */
export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing starts with the first choice again.
  }
}

/** One of these words; the first where nothing was chosen yet. */
export function remembered<T extends string>(key: string, choices: readonly [T, ...T[]]): Signal<T> {
  const before = stored(key);
  const choice = signal<T>(choices.find((one) => one === before) ?? choices[0]);
  let known = choice.peek();
  effect(() => {
    if (choice.value !== known) {
      known = choice.value;
      store(key, known);
    }
  });
  return choice;
}
