// Display links, as the coordinator keeps them: asked for while somebody looks at them.
import type { DisplayAsk, DisplayId, DisplaysList, ListedDisplay, MadeDisplay } from "@protocol";

const ROUTE = "/api/v1/displays";

/** Undefined: it could not be asked. */
export async function displayLinks(): Promise<readonly ListedDisplay[] | undefined> {
  try {
    const answer = await fetch(ROUTE, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json() as DisplaysList).displays : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: none was made. */
export async function makeDisplayLink(ask: DisplayAsk): Promise<MadeDisplay | undefined> {
  try {
    const answer = await fetch(ROUTE, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(ask) });
    return answer.ok ? await answer.json() as MadeDisplay : undefined;
  } catch {
    return undefined;
  }
}

export async function removeDisplayLink(display: DisplayId): Promise<void> {
  await fetch(`${ROUTE}?display=${display}`, { method: "DELETE" }).catch(() => undefined);
}
