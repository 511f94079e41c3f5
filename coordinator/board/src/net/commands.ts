// Commands on their way. Each has an id of its own and says which event was last seen; one that got
// no answer before the connection broke is sent again under the same id, and so is done once.
import type {
  Command, CommandId, InstanceId, Seq, WireAccepted, WireCommand, WireMessage, WireRefused,
} from "@protocol";
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Pending } from "../domain/pending";

export interface Refusal {
  readonly command: Command["name"] | undefined;
  readonly answer: WireRefused;
}

/** Hears what became of a command. */
export type Answered = (accepted: boolean, answer: WireAccepted | WireRefused) => void;

export class Commands {
  private readonly sent = signal<Pending>(new Map());
  private readonly waiting = new Map<CommandId, Answered>();
  private count = 0;

  constructor(
    private readonly instance: InstanceId,
    private readonly transmit: (message: WireMessage) => boolean,
    private readonly refused: (refusal: Refusal) => void,
  ) {}

  get pending(): ReadonlySignal<Pending> {
    return this.sent;
  }

  /** False when nobody hears: a command given to a dead connection is not kept for later. */
  give(command: Command, expect: Seq, answered?: Answered): boolean {
    const message = { type: "command", id: this.nextId(), expect, ...command } as WireCommand;
    if (!this.transmit(message)) {
      return false;
    }
    this.sent.value = new Map(this.sent.peek()).set(message.id, message);
    if (answered) {
      this.waiting.set(message.id, answered);
    }
    return true;
  }

  /** After a new welcome: whatever was not answered is asked again. */
  repeat(): void {
    for (const message of this.sent.peek().values()) {
      this.transmit(message);
    }
  }

  /** Whoever gave them is gone: nothing is asked again. Returns those that got no answer. */
  forget(): readonly WireCommand[] {
    const unanswered = [...this.sent.peek().values()];
    this.sent.value = new Map();
    this.waiting.clear();
    return unanswered;
  }

  answered(answer: WireAccepted | WireRefused): void {
    const id = answer.id;
    const command = id === undefined ? undefined : this.sent.peek().get(id);
    if (id !== undefined && command) {
      const rest = new Map(this.sent.peek());
      rest.delete(id);
      this.sent.value = rest;
    }
    if (answer.type === "refused") {
      this.refused({ command: command?.name, answer });
    }
    if (id !== undefined) {
      this.waiting.get(id)?.(answer.type === "accepted", answer);
      this.waiting.delete(id);
    }
  }

  private nextId(): CommandId {
    this.count += 1;
    return `${this.instance.slice(0, 12)}-${this.count}`;
  }
}
