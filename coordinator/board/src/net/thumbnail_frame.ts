// Small pictures of sites, as they come on the websocket.
import type { SiteNumber } from "@protocol";
import { WIRE_THUMBNAIL_BYTE } from "./wire_numbers";

const HEADER_BYTES = 3;

export interface ThumbnailFrame {
  readonly number: SiteNumber;
  readonly jpeg: Blob;
}

/** [WIRE_THUMBNAIL_BYTE][site number, 16 bits, big endian][JPEG]; undefined for kinds of a later version. */
export function readThumbnailFrame(buffer: ArrayBuffer): ThumbnailFrame | undefined {
  if (buffer.byteLength <= HEADER_BYTES) {
    return undefined;
  }
  const view = new DataView(buffer);
  if (view.getUint8(0) !== WIRE_THUMBNAIL_BYTE) {
    return undefined;
  }
  return { number: view.getUint16(1), jpeg: new Blob([new Uint8Array(buffer, HEADER_BYTES)], { type: "image/jpeg" }) };
}
