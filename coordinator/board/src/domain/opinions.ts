// What is asked of the written opinions of a model.
import type { WireOpinionView } from "@protocol";
import type { Model } from "./model";

/** Those that somebody has to look at: not read yet, or of the item under way; the latest first. */
export function opinionsInHand(model: Model): readonly WireOpinionView[] {
  const active = [...model.items.values()].find((item) => item.state === "active")?.item;
  return [...model.opinions.values()].filter((one) => one.state === "given" || one.item === active).reverse();
}

export function unreadOpinions(model: Model): number {
  return [...model.opinions.values()].filter((one) => one.state === "given").length;
}
