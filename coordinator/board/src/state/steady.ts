// What is computed from signals, so that what hangs on it is drawn again only when it differs.
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { unlessChanged } from "../domain/same";

/** A computed document that stays the same object while it says the same. */
export function steady<T>(read: () => T): ReadonlySignal<T> {
  let last: T;
  let known = false;
  return computed(() => {
    const next = read();
    last = known ? unlessChanged(last, next) : next;
    known = true;
    return last;
  });
}

/** One signal for each key, made when it is first asked for. */
export function perKey<K, S>(make: (key: K) => S): (key: K) => S {
  const made = new Map<K, S>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

/** Values of many things, each with its own watchers: what is said of one draws nothing of the others. */
export type SignalPerKey<K, V> = (key: K) => Signal<V | undefined>;

/** Undefined until something is said. */
export function untold<V>(): Signal<V | undefined> {
  return signal<V | undefined>(undefined);
}
