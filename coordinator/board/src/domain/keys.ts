// Names of keys. Pure.

/** The key as the action table names it. Shifted letters are their capitals, whatever Caps Lock says. */
export function keyName(event: Pick<KeyboardEvent, "key" | "shiftKey">): string {
  if (/^[a-z]$/i.test(event.key)) {
    return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  }
  return event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
}
