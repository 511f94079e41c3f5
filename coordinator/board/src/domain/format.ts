// Times as people read them. Pure.
import type { Instant, Language, Span, Stamp, TimeOfDay } from "@protocol";
import type { Dictionary } from "../i18n/dictionary";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** m:ss or h:mm:ss of whole seconds. */
function digits(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${two(minutes)}:${rest}`;
}

/** Time left: rounded up, so that 00:00 is shown at the very end; overtime counts up after "+". */
export function countdown(left: Span): string {
  return left >= 0 ? digits(Math.ceil(left / SECOND)) : `+${digits(Math.floor(-left / SECOND))}`;
}

export function elapsed(span: Span): string {
  return digits(Math.max(0, Math.floor(span / SECOND)));
}

/** Planned lengths: 10′, 90′, 45″, 2′30″. */
export function length(span: Span): string {
  const seconds = Math.round(span / SECOND);
  if (seconds < 60) {
    return `${seconds}″`;
  }
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return rest > 0 ? `${minutes}′${two(rest)}″` : `${minutes}′`;
}

/** HH:MM of a time on the meeting's date. */
export function timeOfDay(time: TimeOfDay): string {
  return `${two(Math.floor(time / HOUR))}:${two(Math.floor(time / MINUTE) % 60)}`;
}

/** HH:MM at the place of the meeting. */
export function wallTime(stamp: Stamp, utcOffset: number): string {
  return timeOfDay((((stamp + utcOffset * MINUTE) % DAY) + DAY) % DAY);
}

/** 16/7 */
function shortDay(date: string): string {
  const [, month, number] = date.split("-");
  return `${Number(number)}/${Number(month)}`;
}

/** A time, with its day where that is not today. */
export function dated(time: string, date: string, today: string): string {
  return date === today ? time : `${time} ${shortDay(date)}`;
}

/** HH:MM of a time counted from midnight of the meeting's date, with its day where that is a later one. */
export function plannedTime(time: TimeOfDay, date: string): string {
  return dated(timeOfDay(time % DAY), dateOf(Date.parse(date) + time, 0), date);
}

/** YYYY-MM-DD at the place of the meeting. */
export function dateOf(stamp: Stamp, utcOffset: number): string {
  return new Date(stamp + utcOffset * MINUTE).toISOString().slice(0, 10);
}

/** HH:MM:SS at the place of the meeting. */
export function wallTimeSeconds(stamp: Stamp, utcOffset: number): string {
  const time = (((stamp + utcOffset * MINUTE) % DAY) + DAY) % DAY;
  return `${timeOfDay(time)}:${two(Math.floor(time / SECOND) % 60)}`;
}

/** Of a dictionary, what lengths of time are said with. */
export type DurationWords = Pick<Dictionary, "duration">;

/** Size of a deviation in minutes, or seconds when below one minute. */
export function deviation(offset: Span, words: DurationWords): string {
  const seconds = Math.round(Math.abs(offset) / SECOND);
  if (seconds < 60) {
    return words.duration.seconds(seconds);
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? words.duration.minutes(minutes) : words.duration.hours(Math.floor(minutes / 60), minutes % 60);
}

export function since(from: Instant, now: Instant): string {
  return elapsed(now - from);
}

/** A day: in Vietnamese 05/7/2022, with a zero before days below 10 and the months 1 and 2 (Decree 30/2020/NĐ-CP), else 2022-07-05. */
export function day(date: string, language: Language): string {
  const [year, month, number] = date.split("-");
  if (language !== "vi" || !year || !month || !number) {
    return date;
  }
  return `${number}/${Number(month) < 3 ? month : Number(month)}/${year}`;
}

/** Level meter: -60 dBFS and below is empty, 0 is full. */
export function levelShare(dbfs: number): number {
  return Math.min(1, Math.max(0, (dbfs + 60) / 60));
}
