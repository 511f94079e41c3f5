// What a form holds while it is open.
import { useState } from "preact/hooks";
import type { FormState } from "./fields";

/** Begins with `begin`, and is the form's own from then on. */
export function useForm<T>(begin: T): FormState<T> {
  const [form, setForm] = useState(begin);
  return {
    form,
    set: (name, value) => setForm((now) => ({ ...now, [name]: value })),
  };
}
