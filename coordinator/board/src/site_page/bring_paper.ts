// A file of this machine is given to the endpoint's program, which keeps it and brings it to the centre.
import type { DocumentId, PaperKept } from "@protocol";
import { parseHarmless } from "../net/harmless";

const SUBPROTOCOL = "diemcau.bring";
const PIECE = 256 * 1024;
/** Bytes that may wait in the socket: a long file is not held in memory whole. */
const WAITING_MAX = 4 * PIECE;
const WAIT_MS = 20;

async function sendPieces(socket: WebSocket, file: File): Promise<void> {
  for (let at = 0; at < file.size && socket.readyState === WebSocket.OPEN;) {
    if (socket.bufferedAmount > WAITING_MAX) {
      await new Promise((resolve) => { setTimeout(resolve, WAIT_MS); });
      continue;
    }
    socket.send(await file.slice(at, at + PIECE).arrayBuffer());
    at += PIECE;
  }
}

/** What the program says; undefined: the page has lost it, or the file cannot be read. */
export function bringPaper(document: DocumentId, file: File): Promise<PaperKept | undefined> {
  return new Promise((resolve) => {
    const address = new URL("ws", location.href);
    address.protocol = "ws:";
    const socket = new WebSocket(address.href, SUBPROTOCOL);
    socket.onopen = () => {
      socket.send(JSON.stringify({ document, name: file.name, size: file.size }));
      sendPieces(socket, file).catch(() => { socket.close(); });
    };
    socket.onmessage = (event: MessageEvent<string>) => { resolve(parseHarmless(event.data) as PaperKept); };
    socket.onclose = () => { resolve(undefined); };
  });
}
