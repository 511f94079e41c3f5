// Who will be at a site: by count, and by name where the plan asks for names.
import type { DelegateCount, SitePeople, ToldRegistration } from "@protocol";
import { useState } from "preact/hooks";
import { DELEGATES_TEXT_MAX, decode, encode, keepMarks, readLines, writeLines, type Delegate } from "./delegates";
import type { RegistrationWords } from "./words/dictionary";

export interface Registered { readonly venue: string; readonly chair: string; readonly delegates: readonly DelegateCount[]; readonly people: SitePeople }

interface Written {
  readonly venue: string; readonly chair: string; readonly technician: string; readonly contact: string;
  readonly counts: readonly string[]; readonly names: readonly string[];
}

function writtenOf(told: ToldRegistration): Written {
  const known = decode(told.people);
  return {
    venue: told.venue, chair: told.chair, technician: told.people.technician, contact: told.people.contact,
    counts: told.terms.categories.map((category) => String(told.delegates.find((one) => one.category === category)?.count ?? "")),
    names: told.terms.categories.map((category) => writeLines(known.filter((one) => one.category === category))),
  };
}

function named(told: ToldRegistration, written: Written): Delegate[] {
  return keepMarks(told.terms.categories.flatMap((category, place) => readLines(category, written.names[place] ?? "")), decode(told.people));
}

/** Nobody counts fewer than are named. */
function registered(told: ToldRegistration, written: Written, delegates: readonly Delegate[]): Registered {
  return {
    venue: written.venue.trim(), chair: written.chair.trim(),
    delegates: told.terms.categories.map((category, place) => ({
      category, count: Math.max(Number(written.counts[place]), delegates.filter((one) => one.category === category).length),
    })),
    people: { technician: written.technician.trim(), contact: written.contact.trim(), delegates: encode(delegates) },
  };
}

interface RegisterFormProps { readonly id: string; readonly told: ToldRegistration; readonly words: RegistrationWords; readonly off?: boolean; readonly send: (what: Registered) => void }

export function RegisterForm({ id, told, words, off, send }: RegisterFormProps) {
  const [written, setWritten] = useState(() => writtenOf(told));
  const delegates = told.terms.by_name ? named(told, written) : [];
  const tooLong = encode(delegates).length > DELEGATES_TEXT_MAX;
  const set = (name: "venue" | "chair" | "technician" | "contact") => (event: { currentTarget: HTMLInputElement }): void =>
    setWritten({ ...written, [name]: event.currentTarget.value });
  const setAt = (name: "counts" | "names", place: number, text: string): void =>
    setWritten({ ...written, [name]: written[name].map((one, at) => (at === place ? text : one)) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!tooLong) {
      send(registered(told, written, delegates));
    }
  };
  return (
    <form id={`${id}-form`} onSubmit={submit}>
      <label>{words.venue}<input name="venue" maxLength={200} autocomplete="off" value={written.venue} onInput={set("venue")} /></label>
      <label>{words.chair}<input name="chair" maxLength={200} autocomplete="off" value={written.chair} onInput={set("chair")} /></label>
      <label>{words.technician}<input name="technician" maxLength={120} autocomplete="off" value={written.technician} onInput={set("technician")} /></label>
      <label>{words.contact}<input name="contact" maxLength={200} autocomplete="off" placeholder={words.contactHint} value={written.contact} onInput={set("contact")} /></label>
      {told.terms.categories.map((category, place) => (
        <div key={category} data-category={category}>
          <label>{words.count(category)}
            <input name={`count-${place + 1}`} type="number" inputMode="numeric" min={0} max={10_000} value={written.counts[place]}
              onInput={(event) => setAt("counts", place, event.currentTarget.value)} /></label>
          {told.terms.by_name ? <label>{words.names(category)}
            <textarea name={`names-${place + 1}`} rows={3} placeholder={words.namesHint} value={written.names[place]}
              onInput={(event) => setAt("names", place, event.currentTarget.value)} /></label> : null}
        </div>
      ))}
      <p><small>{tooLong ? words.tooLong : words.privacy}</small></p>
      <button type="submit" disabled={off}>{told.registered === undefined ? words.send : words.sendAgain}</button>
    </form>
  );
}
