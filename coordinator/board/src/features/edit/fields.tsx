// The fields of a form, each over one member of what the form holds.
import type { ComponentChildren } from "preact";

/** What a form holds, and how one member of it is set. */
export interface FormState<T> {
  readonly form: T;
  set<K extends keyof T>(name: K, value: T[K]): void;
}

/** The members of T that are texts. */
type TextOf<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string;

interface FieldProps<T> {
  readonly of: FormState<T>;
  readonly name: TextOf<T>;
  readonly label: string;
  readonly disabled?: boolean;
}

interface TextProps<T> extends FieldProps<T> {
  readonly max?: number;
  readonly required?: boolean;
  readonly type?: "text" | "number" | "date" | "datetime-local";
  readonly first?: boolean;
}

export function TextField<T>({ of, name, label, disabled, max, required, type, first }: TextProps<T>) {
  return (
    <label>{label}
      <input name={name} type={type ?? "text"} value={of.form[name] as string} maxLength={max} required={required} disabled={disabled}
        min={type === "number" ? 0 : undefined} max={type === "number" ? 1440 : undefined} step={type === "number" ? "any" : undefined}
        autocomplete="off" data-focus={first ? true : undefined}
        onInput={(event) => of.set(name, event.currentTarget.value as T[TextOf<T>])} />
    </label>
  );
}

export function LinesField<T>({ of, name, label, disabled, max, rows }: FieldProps<T> & { readonly max?: number; readonly rows: number }) {
  return (
    <label>{label}
      <textarea name={name} rows={rows} maxLength={max} value={of.form[name] as string} disabled={disabled}
        onInput={(event) => of.set(name, event.currentTarget.value as T[TextOf<T>])} />
    </label>
  );
}

export function ChoiceField<T>({ of, name, label, disabled, children }: FieldProps<T> & { readonly children: ComponentChildren }) {
  return (
    <label>{label}
      <select name={name} value={of.form[name] as string} disabled={disabled}
        onChange={(event) => of.set(name, event.currentTarget.value as T[TextOf<T>])}>{children}</select>
    </label>
  );
}
