// Figures of a line test in words. Pure.
import type { LineFigures, LineWay } from "@protocol";
import type { Dictionary } from "../i18n/dictionary";

/** Bit rate, loss, jitter; "–" where nothing was measured. */
export function wayText(way: LineWay | undefined): string {
  if (!way) {
    return "–";
  }
  const jitter = way.jitter === undefined ? "" : ` · ±${way.jitter} ms`;
  return `${Math.round(way.bits_per_second / 1000)} kbit/s · ${(way.loss_permille / 10).toFixed(1)} %${jitter}`;
}

/** In one line, for the log. */
export function lineText(figures: LineFigures, words: Dictionary): string {
  return `↑ ${wayText(figures.up)}; ↓ ${wayText(figures.down)}; ${words.linePicture[figures.picture]}; ${figures.level_dbfs} dBFS`;
}

/** Each figure by its name. */
export function lineRows(figures: LineFigures, words: Dictionary): [name: string, value: string][] {
  return [
    [words.lineTest.roundTrip, figures.round_trip === undefined ? words.lineTest.unmeasured : `${figures.round_trip} ms`],
    [words.lineTest.clock, figures.clock_offset === undefined ? words.lineTest.unmeasured : `${(figures.clock_offset / 1000).toFixed(1)} s`],
    [words.lineTest.up, figures.up ? wayText(figures.up) : words.lineTest.unmeasured],
    [words.lineTest.down, figures.down ? wayText(figures.down) : words.lineTest.unmeasured],
    [words.lineTest.picture, words.linePicture[figures.picture]],
    [words.lineTest.microphone, `${figures.level_dbfs} dBFS`],
    [words.lineTest.echo, figures.echo_dbfs === undefined ? words.lineTest.unmeasured : `${figures.echo_dbfs} dBFS`],
  ];
}
