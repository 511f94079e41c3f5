// What stands in a field of a form.

/** Empty where the form has no such field, or a file in it. */
export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
