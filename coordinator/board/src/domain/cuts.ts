// The ways to end in time that the coordinator offers, as the commands they are. Pure.
import type { Command, WireCutView } from "@protocol";

/** Undefined of a way this board does not know. */
export function cutCommand({ way, keep, turns, item, by, fixed_end }: WireCutView): Command | undefined {
  switch (way) {
    case "shorten_rest":
      return keep === undefined ? undefined : { name: "programme.shorten", args: { keep } };
    case "drop_requests":
      return turns === undefined ? undefined : { name: "turn.drop", args: { turns } };
    case "shorten_break":
      return item === undefined ? undefined
        : fixed_end !== undefined ? { name: "item.edit", args: { item, fixed_end } }
        : by !== undefined ? { name: "item.extend", args: { item, by } } : undefined;
    default:
      return undefined;
  }
}
