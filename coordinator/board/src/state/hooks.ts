// How components read the store.
import { useMemo, type Inputs } from "preact/hooks";
import type { Dictionary } from "../i18n/dictionary";
import { steady } from "./steady";
import { useStore } from "./store";

export function useWords(): Dictionary {
  return useStore().words.value;
}

/**
 * What is derived from signals; the component is drawn again only when it differs. `inputs`: what
 * `read` reads besides signals and the store.
 */
export function useDerived<T>(read: () => T, inputs: Inputs): T {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller's are checked where they are written
  return useMemo(() => steady(read), inputs).value;
}
