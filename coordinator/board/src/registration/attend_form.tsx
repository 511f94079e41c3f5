// Who has come at a site, against what was registered: by count, and by name where names are known.
import type { DelegatePresence, SitePeople, ToldRegistration } from "@protocol";
import { useState } from "preact/hooks";
import { PRESENCES, decode, encode, presenceByMarks, type Delegate, type Presence } from "./delegates";
import type { RegistrationWords } from "./words/dictionary";

export interface Attended { readonly presence: readonly DelegatePresence[]; readonly reason: string; readonly people: SitePeople | undefined }

function expectedOf(told: ToldRegistration): ReadonlyMap<string, number> {
  return new Map(told.delegates.map((one) => [one.category, one.count]));
}

/** Until somebody has said something, all are taken to have come. */
function presenceOf(told: ToldRegistration): readonly DelegatePresence[] {
  return told.attended === undefined ? presenceByMarks(told.terms, expectedOf(told), decode(told.people))
    : told.terms.categories.map((category) => told.presence.find((one) => one.category === category) ?? { category, present: 0, online: 0, absent: 0 });
}

interface CountsProps {
  readonly words: RegistrationWords; readonly expected: ReadonlyMap<string, number>; readonly presence: readonly DelegatePresence[];
  readonly set: (category: string, word: Presence, count: number) => void;
}

function PresenceCounts({ words, expected, presence, set }: CountsProps) {
  return (
    <table>
      <thead><tr><th scope="col">{words.category}</th><th scope="col">{words.expected}</th>
        {PRESENCES.map((word) => <th key={word} scope="col">{words.presence[word]}</th>)}</tr></thead>
      <tbody>{presence.map((one) => (
        <tr key={one.category}><th scope="row">{one.category}</th><td>{expected.get(one.category) ?? 0}</td>
          {PRESENCES.map((word) => (
            <td key={word}><input type="number" inputMode="numeric" min={0} max={10_000} required value={one[word]} data-presence={word}
              aria-label={`${one.category}: ${words.presence[word]}`} onInput={(event) => set(one.category, word, Number(event.currentTarget.value))} /></td>
          ))}</tr>
      ))}</tbody>
    </table>
  );
}

function Named({ words, delegate, set }: { words: RegistrationWords; delegate: Delegate; set: (changed: Delegate) => void }) {
  return (
    <li data-delegate={delegate.name}>
      <span>{delegate.name}{delegate.post === "" ? "" : ` · ${delegate.post}`}</span>
      <select aria-label={words.mark(delegate.name)} value={delegate.presence}
        onChange={(event) => set({ ...delegate, presence: PRESENCES.find((word) => word === event.currentTarget.value) ?? "" })}>
        <option value="">{words.unmarked}</option>
        {PRESENCES.map((word) => <option key={word} value={word}>{words.presence[word]}</option>)}
      </select>
      {delegate.presence === "absent" ? <input aria-label={words.reasonOf(delegate.name)} placeholder={words.reason} maxLength={100} autocomplete="off" value={delegate.reason}
        onInput={(event) => set({ ...delegate, reason: event.currentTarget.value })} /> : null}
    </li>
  );
}

interface AttendFormProps { readonly id: string; readonly told: ToldRegistration; readonly words: RegistrationWords; readonly off?: boolean; readonly send: (what: Attended) => void }

export function AttendForm({ id, told, words, off, send }: AttendFormProps) {
  const expected = expectedOf(told);
  const [presence, setPresence] = useState(() => presenceOf(told));
  const [delegates, setDelegates] = useState(() => decode(told.people));
  const [reason, setReason] = useState(told.reason ?? "");
  const mark = (at: number, changed: Delegate): void => {
    const next = delegates.map((one, place) => (place === at ? changed : one));
    setDelegates(next);
    setPresence(presenceByMarks(told.terms, expected, next));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send({ presence, reason: reason.trim(), people: delegates.length === 0 ? undefined : { ...told.people, delegates: encode(delegates) } });
  };
  return (
    <form id={`${id}-form`} onSubmit={submit}>
      {delegates.length === 0 ? null : <ul>{delegates.map((one, place) => (
        <Named key={`${one.category}/${one.name}`} words={words} delegate={one} set={(changed) => mark(place, changed)} />
      ))}</ul>}
      <PresenceCounts words={words} expected={expected} presence={presence}
        set={(category, word, count) => setPresence(presence.map((one) => (one.category === category ? { ...one, [word]: count } : one)))} />
      <label>{words.reason}<input name="reason" maxLength={300} autocomplete="off" value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <button type="submit" disabled={off}>{words.sendAttendance}</button>
    </form>
  );
}
