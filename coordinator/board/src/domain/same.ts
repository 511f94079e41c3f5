// Documents compared by what they say. Pure.

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether two documents, of what JSON can hold, say the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}

/** The old object where the next says the same: what hangs on it is not drawn again. */
export function unlessChanged<T>(old: T, next: T): T {
  return same(old, next) ? old : next;
}
