// What must be cut so as to end by the hard end, and the ways to do so: the coordinator's figures and offers.
import type { WireCutView } from "@protocol";
import { cutCommand } from "../../domain/cuts";
import { length } from "../../domain/format";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import css from "./programme.module.css";

function Way({ cut }: { cut: WireCutView }) {
  const words = useWords();
  const { console, server } = useStore();
  const command = cutCommand(cut);
  const name = words.cutWay[cut.way];
  const gain = cut.enough ? words.programme.cutEnough(length(cut.gain)) : words.programme.cutGain(length(cut.gain));
  return command && server.mayCommand(command.name)
    ? <button type="button" class={button.button} data-cut={cut.way} onClick={() => console.ask(name, gain, () => server.give(command))}>
      <span class={button.label}>{name}</span> <small>{gain}</small></button>
    : null;
}

export function Cuts() {
  const words = useWords();
  const { over, cuts = [] } = useStore().meeting.info.value;
  return over === undefined ? null : (
    <div class={css.cuts} role="status" data-over={over}>
      <p class="bad"><Icon name="alarm" /> {words.programme.mustCut(length(over))}</p>
      {cuts.map((cut) => <Way key={cut.way} cut={cut} />)}
    </div>
  );
}
