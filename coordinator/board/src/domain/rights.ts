// What each role is offered and shown, by the core's own tables (docs/meeting.md). The coordinator is
// the one that decides; this only keeps buttons away that would be refused, and panels that would
// always be empty.
import type { CommandName, EventName, Role } from "@protocol";
import { COMMANDS, EVENTS } from "./rights_table";

export function mayCommand(role: Role | undefined, name: CommandName): boolean {
  return role !== undefined && COMMANDS[role]?.has(name) === true;
}

export function maySee(role: Role | undefined, name: EventName): boolean {
  return role !== undefined && EVENTS[role]?.has(name) === true;
}
