// The websocket to the program behind the page, tried again for ever.
import type { PanelRequest, PanelState } from "@protocol";
import { parseHarmless } from "../net/harmless";

const RETRY_MS = 1000;
const SUBPROTOCOL = "diemcau.panel";

export interface PanelLinkHandlers {
  open(): void;
  state(state: PanelState): void;
  lost(): void;
}

export class PanelLink {
  private socket: WebSocket | undefined;

  constructor(private readonly handlers: PanelLinkHandlers) {}

  open(): void {
    const address = new URL("ws", location.href);
    address.protocol = "ws:";
    const socket = new WebSocket(address.href, SUBPROTOCOL);
    socket.onopen = () => this.handlers.open();
    socket.onmessage = (event: MessageEvent<string>) => this.handlers.state(parseHarmless(event.data) as PanelState);
    socket.onclose = () => {
      this.handlers.lost();
      setTimeout(() => this.open(), RETRY_MS);
    };
    this.socket = socket;
  }

  /** False while nobody hears it. */
  send(request: PanelRequest): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.socket.send(JSON.stringify(request));
    return true;
  }
}
