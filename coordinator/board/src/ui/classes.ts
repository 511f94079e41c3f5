// Names of classes, of which some hold only now.

export function classes(...names: (string | false | undefined)[]): string {
  return names.filter((name) => name !== undefined && name !== false).join(" ");
}
