// Figures and thumbnails of sites: many, quick, and dear to nobody when one is lost. They are kept
// beside the model, each site with its own watchers, so that a level moves without redrawing a board.
import type { SiteId, SiteNumber, WireSiteTelemetry } from "@protocol";
import { observable, type Observable } from "../state/observable";

export class PerSite<K, V> {
  private readonly values = new Map<K, Observable<V | undefined>>();

  of(key: K): Observable<V | undefined> {
    let value = this.values.get(key);
    if (!value) {
      value = observable<V | undefined>(undefined);
      this.values.set(key, value);
    }
    return value;
  }
}

export type Figures = PerSite<SiteId, WireSiteTelemetry>;
export type Thumbnails = PerSite<SiteNumber, Blob>;

const KIND_THUMBNAIL = 1;
const HEADER_BYTES = 3;

export interface Frame {
  readonly number: SiteNumber;
  readonly jpeg: Blob;
}

/** [kind=1][site number, 16 bits, big endian][JPEG]; undefined for kinds of a later version. */
export function readFrame(buffer: ArrayBuffer): Frame | undefined {
  if (buffer.byteLength <= HEADER_BYTES) {
    return undefined;
  }
  const view = new DataView(buffer);
  if (view.getUint8(0) !== KIND_THUMBNAIL) {
    return undefined;
  }
  return { number: view.getUint16(1), jpeg: new Blob([new Uint8Array(buffer, HEADER_BYTES)], { type: "image/jpeg" }) };
}
