// A button for a command about this very site.
import type { Command } from "@protocol";
import { isPendingArea } from "../../domain/pending";
import { useDerived } from "../../state/derived";
import { useStore } from "../../state/store";
import { Icon, type IconName } from "../../ui/icon";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";

interface GiveButtonProps { readonly icon: IconName; readonly text: string; readonly command: Command; readonly tone?: "compact" | "warn" | "careful" }

export function GiveButton({ icon, text, command, tone }: GiveButtonProps) {
  const { server } = useStore();
  const pending = useDerived(() => isPendingArea(server.commands.pending.value, command.name), [server, command.name]);
  if (!server.mayCommand(command.name)) {
    return null;
  }
  return (
    <button type="button" class={classes(button.button, tone && button[tone])} disabled={pending || !server.live.value} onClick={() => server.give(command)}>
      <Icon name={icon} /><span class={button.label}>{text}</span>
    </button>
  );
}
