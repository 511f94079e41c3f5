// One timer for everything that counts. A reading is drawn again only when its text changes.
import { useEffect, useReducer, useRef } from "preact/hooks";

const PERIOD_MS = 40;

const listeners = new Set<() => void>();
let running: ReturnType<typeof setInterval> | undefined;

function watch(listener: () => void): () => void {
  listeners.add(listener);
  running ??= setInterval(() => {
    for (const one of [...listeners]) {
      one();
    }
  }, PERIOD_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(running);
      running = undefined;
    }
  };
}

/** A value that depends on the time; compared by Object.is, so use a string, a number or a boolean. */
export function useReading<T extends string | number | boolean>(read: () => T): T {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const value = read();
  const latest = useRef({ read, value });
  latest.current = { read, value };
  useEffect(() => watch(() => {
    if (!Object.is(latest.current.read(), latest.current.value)) {
      redraw();
    }
  }), []);
  return value;
}
