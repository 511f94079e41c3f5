// The other end of a page's websocket: what the page sends is kept, and it hears what is said here.
import type { Command, PanelState, WireMessage } from "@protocol";

export class Line {
  static readonly OPEN = 1;
  static latest: Line | undefined;
  readonly sent: WireMessage[] = [];
  readyState = Line.OPEN;
  binaryType = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor() {
    Line.latest = this;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as WireMessage);
  }

  close(): void {
    this.readyState = 3;
  }

  say(message: WireMessage | PanelState): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** Names and arguments of the commands that were heard. */
  commands(): Pick<Command, "name" | "args">[] {
    return this.sent.flatMap((message) => message.type === "command" ? [{ name: message.name, args: message.args }] : []);
  }
}

Object.assign(globalThis, { WebSocket: Line });
