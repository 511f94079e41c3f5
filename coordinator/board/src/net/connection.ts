// The one websocket of the board: hello, ping, reconnect for ever. What messages mean is not its
// business: it hands them to `handlers`.
import type {
  InstanceId, Language, Refusal, Role, Token, WireHello, WireMessage, WirePong, WireReplay, WireWelcome,
} from "@protocol";
import { backoff } from "./backoff";
import type { ServerClock } from "../domain/clock";
import { parseHarmless } from "./harmless";

export type Phase = "connecting" | "live" | "lost" | "refused";

export interface ConnectionState {
  readonly phase: Phase;
  /** Local monotonic time of the next attempt, while lost. */
  readonly retryAt?: number;
  /** Why the server would not have us, while refused. */
  readonly code?: Refusal;
  readonly text?: string;
}

export interface Handlers {
  state(state: ConnectionState): void;
  welcome(welcome: WireWelcome): void;
  message(message: WireMessage): void;
  frame(frame: ArrayBuffer): void;
}

const PROTOCOL_VERSION = 1;
const SUBPROTOCOL = "diemcau.v1";
const PING_MS = 1500;
/** Without any word from the server for this long, what is shown is called stale. */
const SILENT_MS = 4500;
/** From the attempt to the welcome. */
const OPENING_MS = 8000;

/** 128 random bits: names this page load towards the coordinator. */
export function newInstance(): InstanceId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Connection {
  private socket: WebSocket | undefined;
  private attempt = 0;
  /** When the welcome was asked for; undefined once it has come. */
  private asked: number | undefined;
  private heard = 0;
  private looked = 0;
  private pinging: ReturnType<typeof setInterval> | undefined;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private boot: InstanceId | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly instance: InstanceId,
    private readonly role: Role,
    private readonly language: () => Language,
    private readonly clock: ServerClock,
    private readonly handlers: Handlers,
    /** Of a display link; people send their cookie. */
    private readonly token?: Token,
  ) {}

  /** Also cuts a waiting back-off short. */
  open(): void {
    this.discard();
    this.stopped = false;
    this.handlers.state({ phase: "connecting" });
    const socket = new WebSocket(this.url, SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.greet(socket);
    // Behind a dead router a connection is neither made nor refused for minutes; nor is one that is
    // made worth anything before the welcome.
    this.retrying = setTimeout(() => this.lose(socket), OPENING_MS);
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(event.data);
    socket.onclose = () => this.lose(socket);
    this.socket = socket;
  }

  /** For good: the person signed out. */
  close(): void {
    this.stopped = true;
    this.discard();
  }

  /** False while there is nobody to hear it. */
  send(message: WireMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private greet(socket: WebSocket): void {
    const hello: WireHello = {
      type: "hello", versions: [PROTOCOL_VERSION], role: this.role, instance: this.instance,
      agent: "diemcau-board", language: this.language(), ...(this.token === undefined ? {} : { token: this.token }),
    };
    socket.send(JSON.stringify(hello));
    this.asked = this.heard = this.looked = performance.now();
    this.pinging = setInterval(() => this.ping(socket), PING_MS);
  }

  /**
   * Where this page itself could not run for a while (a busy machine, a lid that was closed), what the
   * server said meanwhile may still be on its way to it: silence is counted anew.
   */
  private ping(socket: WebSocket): void {
    const now = performance.now();
    if (now - this.looked > 2 * PING_MS) {
      this.heard = now;
    }
    this.looked = now;
    if (now - this.heard > SILENT_MS) {
      this.lose(socket);
      return;
    }
    this.askTime();
  }

  private receive(data: string | ArrayBuffer): void {
    this.heard = performance.now();
    if (typeof data !== "string") {
      this.handlers.frame(data);
      return;
    }
    const message = parseHarmless(data) as WireMessage;
    if (message.type === "welcome") {
      this.welcomed(message);
    } else if (message.type === "pong") {
      this.sampled(message);
    } else if (message.type === "replay") {
      this.put(message);
    } else {
      if (message.type === "bye") {
        this.dismissed(message.code, message.text);
      }
      this.handlers.message(message);
    }
  }

  private welcomed(welcome: WireWelcome): void {
    clearTimeout(this.retrying);
    if (welcome.boot !== this.boot) {
      this.clock.reset();
      this.boot = welcome.boot;
    }
    if (this.asked !== undefined) { // another welcome, in a replay, answers nothing
      this.clock.sample(this.asked, welcome.at, welcome.wall, welcome.rate);
      this.asked = undefined;
    }
    this.attempt = 0;
    this.handlers.welcome(welcome);
    this.handlers.state({ phase: "live" });
    this.askTime();
  }

  private askTime(): void {
    this.send({ type: "ping", t: Math.round(performance.now()) });
  }

  private put(replay: WireReplay): void {
    this.clock.put(replay.at, replay.wall, replay.rate);
    this.handlers.message(replay);
    this.askTime();
  }

  private sampled(pong: WirePong): void {
    this.clock.sample(pong.t, pong.at, pong.wall, pong.rate);
    this.handlers.message(pong);
  }

  /** Some partings are final: trying again with the same session cannot help. */
  private dismissed(code: Refusal, text: string): void {
    if (code === "unauthorised" || code === "forbidden" || code === "unsupported_version") {
      this.close();
      this.handlers.state({ phase: "refused", code, text });
    }
  }

  private lose(socket: WebSocket): void {
    if (socket !== this.socket || this.stopped) {
      return;
    }
    this.discard();
    const wait = backoff(this.attempt, Math.random);
    this.attempt += 1;
    this.handlers.state({ phase: "lost", retryAt: performance.now() + wait });
    this.retrying = setTimeout(() => this.open(), wait);
  }

  private discard(): void {
    clearTimeout(this.retrying);
    clearInterval(this.pinging);
    const socket = this.socket;
    this.socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }
}
