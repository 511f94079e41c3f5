// Which commands each role is offered. The coordinator is the one that decides; this only keeps
// buttons away that would be refused (docs/meeting.md holds the whole table).
import type { CommandName, Role } from "@protocol";

const TECHNICIAN: readonly CommandName[] = [
  "site.promote", "site.bar", "site.sign", "mic.lock", "mic.lock_all", "alarm.acknowledge", "message.send", "turn.acknowledge",
];

const CHAIR: readonly CommandName[] = [
  "turn.approve", "turn.withdraw", "turn.move", "mic.open_venue", "message.send",
];

export function mayCommand(role: Role | undefined, name: CommandName): boolean {
  switch (role) {
    case "operator":
      return true;
    case "technician":
      return TECHNICIAN.includes(name);
    case "chair":
      return CHAIR.includes(name);
    default:
      return false;
  }
}
