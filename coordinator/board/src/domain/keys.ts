// Names of keys, also with a Vietnamese input method on. Pure.

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey">;

const SIGN_KEYS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = { Slash: ["/", "?"] };

/** What stands on the key itself; undefined for a key of which that is not known, or that has no code. */
function printedOn({ code, shiftKey }: KeyPress): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) {
    return shiftKey ? letter : letter.toLowerCase();
  }
  return shiftKey ? SIGN_KEYS[code]?.[1] : /^Digit(\d)$/.exec(code)?.[1] ?? SIGN_KEYS[code]?.[0];
}

/** A character of ASCII, or the name of a key that types none: neither comes from an input method. */
function isPlain(key: string): boolean {
  return /^[\x20-\x7e]$/.test(key) || (key.length > 1 && key !== "Process" && key !== "Unidentified" && key !== "Dead");
}

/**
 * The key as the action table names it, undefined where only an input method knows which was pressed:
 * UniKey takes the key away and types its letter (ê, ư) by itself, without the code of a key. Shifted
 * letters are their capitals, whatever Caps Lock says. Letters are the layout's, as long as it has them.
 */
export function keyName(press: KeyPress): string | undefined {
  const { key, shiftKey } = press;
  if (!isPlain(key)) {
    return printedOn(press);
  }
  if (/^[a-z]$/i.test(key)) {
    return shiftKey ? key.toUpperCase() : key.toLowerCase();
  }
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** Who presses such a key means something by it. */
export function isCharacter(key: string): boolean {
  return key.length === 1 && key !== " ";
}
