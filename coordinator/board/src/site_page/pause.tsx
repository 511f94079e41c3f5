// A pause: what is left of it, and the bell.
import type { PanelState } from "@protocol";
import { countdown } from "../domain/format";
import { useDerived } from "../state/derived";
import { usePage } from "./page_state";

function TimeLeft({ of }: { of: "left" | "bell" }) {
  const page = usePage();
  const text = useDerived(() => countdown(Math.max(0, page.leftOfPause(of) ?? 0)), [page, of]);
  return <span role="timer">{text}</span>;
}

export function Pause({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value.pause;
  const { pause, bell, item } = state ?? {};
  return !state || state.spare || (!pause && bell === undefined) ? null : (
    <section id="pause" data-bell={bell}>
      {pause ? <h2 id="pause-title">{item}</h2> : null}
      {pause?.left === undefined ? null
        : <p id="pause-left">{pause.kind === "reception" ? words.opensIn : words.resumesIn} <TimeLeft of="left" /></p>}
      {bell !== undefined ? <p id="bell-now" role="alert">{words.rings[bell]}</p>
        : pause?.bell === undefined ? null : <p id="bell-next">{words.bellIn} <TimeLeft of="bell" /></p>}
    </section>
  );
}
