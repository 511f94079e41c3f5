// Commands on their way. Each has an id of its own and says which event was last seen; one that got
// no answer before the connection broke is sent again under the same id, and so is done once.
import type {
  Command, CommandId, InstanceId, Seq, WireAccepted, WireCommand, WireMessage, WireRefused,
} from "@protocol";
import { observable, type Observable } from "../state/observable";

export interface Refusal {
  readonly command: Command["name"] | undefined;
  readonly answer: WireRefused;
}

export type Pending = ReadonlyMap<CommandId, WireCommand>;

export class Commands {
  readonly pending: Observable<Pending> = observable<Pending>(new Map());
  private count = 0;

  constructor(
    private readonly instance: InstanceId,
    private readonly transmit: (message: WireMessage) => boolean,
    private readonly refused: (refusal: Refusal) => void,
  ) {}

  /** False when nobody hears: a command given to a dead connection is not kept for later. */
  give(command: Command, expect: Seq): boolean {
    const message = { type: "command", id: this.nextId(), expect, ...command } as WireCommand;
    if (!this.transmit(message)) {
      return false;
    }
    this.pending.update((now) => new Map(now).set(message.id, message));
    return true;
  }

  /** After a new welcome: whatever was not answered is asked again. */
  repeat(): void {
    for (const message of this.pending.get().values()) {
      this.transmit(message);
    }
  }

  /** Whoever gave them is gone: nothing is asked again. Returns those that got no answer. */
  forget(): readonly WireCommand[] {
    const unanswered = [...this.pending.get().values()];
    this.pending.set(new Map());
    return unanswered;
  }

  answered(answer: WireAccepted | WireRefused): void {
    const id = answer.id;
    const command = id === undefined ? undefined : this.pending.get().get(id);
    if (id !== undefined && command) {
      this.pending.update((now) => {
        const next = new Map(now);
        next.delete(id);
        return next;
      });
    }
    if (answer.type === "refused") {
      this.refused({ command: command?.name, answer });
    }
  }

  private nextId(): CommandId {
    this.count += 1;
    return `${this.instance.slice(0, 12)}-${this.count}`;
  }
}

/** The area of a command's name: while one of the floor is pending, no other of the floor is given. */
export function areaOf(name: Command["name"]): string {
  return name.slice(0, name.indexOf("."));
}

export function isPendingArea(pending: Pending, name: Command["name"]): boolean {
  for (const command of pending.values()) {
    if (areaOf(command.name) === areaOf(name)) {
      return true;
    }
  }
  return false;
}
