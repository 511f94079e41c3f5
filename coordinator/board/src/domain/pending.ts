// Commands that are on their way: while one is, no other of its area is given. Pure.
import type { Command, CommandId, WireCommand } from "@protocol";

export type Pending = ReadonlyMap<CommandId, WireCommand>;

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
