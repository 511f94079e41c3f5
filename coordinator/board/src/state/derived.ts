// What a component derives from signals.
import { useMemo, type Inputs } from "preact/hooks";
import { steady } from "./steady";

/**
 * The component is drawn again only when what is derived differs. `inputs`: what `read` reads besides
 * signals and the store.
 */
export function useDerived<T>(read: () => T, inputs: Inputs): T {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller's are checked where they are written
  return useMemo(() => steady(read), inputs).value;
}
