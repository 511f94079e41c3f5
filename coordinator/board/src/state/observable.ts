// A value that can be watched. Everything the board shows hangs on a few of these.
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

export interface Observable<T> {
  get(): T;
  set(next: T): void;
  update(change: (now: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function observable<T>(initial: T): Observable<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T): void => {
    if (Object.is(next, value)) {
      return;
    }
    value = next;
    for (const listener of [...listeners]) {
      listener();
    }
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part of an observable a component needs; it is drawn again only when that part changes. */
export function useWatch<T, P>(source: Observable<T>, pick: (value: T) => P): P {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const current = pick(source.get());
  const latest = useRef({ pick, current });
  latest.current = { pick, current };
  useLayoutEffect(() => {
    const follow = (): void => {
      if (!Object.is(latest.current.pick(source.get()), latest.current.current)) {
        redraw();
      }
    };
    follow();
    return source.subscribe(follow);
  }, [source]);
  return current;
}
