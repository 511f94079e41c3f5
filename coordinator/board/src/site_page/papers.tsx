// What the centre hands out to this site, and what the site owes to the centre.
import type { PanelBringing, PanelHandout, PanelOwed, PanelState } from "@protocol";
import { useState } from "preact/hooks";
import { bringPaper } from "./bring_paper";
import { usePage } from "./page_state";

const KINDS = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.jpg,.jpeg,.png";

function percent(part: number, whole: number): number {
  return Math.floor(100 * part / whole);
}

function Handout({ handout }: { handout: PanelHandout }) {
  const words = usePage().words.value.papers;
  const { file, here } = handout;
  return (
    <li data-handout={handout.handout} data-opened={String(handout.opened)}>
      <span>{handout.title}</span>
      {here < file.size
        ? <small>{words.coming(percent(here, file.size))}</small>
        : <a href={`papers/${file.digest}`} download={file.name}>{words.open(file.name)}</a>}
    </li>
  );
}

function Bringing({ bringing }: { bringing: PanelBringing }) {
  const { papers: words, refusals } = usePage().words.value;
  return (
    <small role="status" data-bringing={bringing.refusal ?? "on_its_way"}>
      {bringing.refusal === undefined
        ? words.onItsWay(bringing.name, percent(bringing.sent, bringing.size))
        : words.notTaken(bringing.name, refusals[bringing.refusal])}
    </small>
  );
}

function Bring({ owed }: { owed: PanelOwed }) {
  const { papers: words, refusals } = usePage().words.value;
  const [said, say] = useState("");
  const bring = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) {
      return;
    }
    say(words.keeping);
    const kept = await bringPaper(owed.document, file);
    say(kept === undefined ? words.notKept : kept.refusal === undefined ? "" : words.notTaken(file.name, refusals[kept.refusal]));
    input.value = "";
  };
  return (
    <>
      <label class="bring">{owed.file === undefined ? words.bring : words.bringAgain}
        <input type="file" accept={KINDS} data-bring={owed.document} onChange={(event) => { void bring(event.currentTarget); }} /></label>
      {said === "" ? null : <small role="status">{said}</small>}
    </>
  );
}

function Owed({ owed }: { owed: PanelOwed }) {
  const words = usePage().words.value.papers;
  return (
    <li data-owed={owed.document} data-in={String(owed.file !== undefined)}>
      <span>{owed.title}{owed.due === undefined ? null : <small> {words.due(owed.due.split("-").reverse().join("/"))}</small>}</span>
      {owed.file === undefined ? null : <small data-received>{words.received(owed.file.name)}</small>}
      {owed.bringing === undefined ? null : <Bringing bringing={owed.bringing} />}
      <Bring owed={owed} />
    </li>
  );
}

export function Papers({ state }: { state: PanelState | undefined }) {
  const words = usePage().words.value.papers;
  const { handouts, owed } = state?.papers ?? { handouts: [], owed: [] };
  if (handouts.length + owed.length === 0) {
    return null;
  }
  return (
    <section id="papers" aria-labelledby="papers-title">
      <h2 id="papers-title">{words.heading}</h2>
      {handouts.length === 0 ? null : <><h3>{words.handouts}</h3><ul>{handouts.map((one) => <Handout key={one.handout} handout={one} />)}</ul></>}
      {owed.length === 0 ? null : <><h3>{words.owed}</h3><ul>{owed.map((one) => <Owed key={one.document} owed={one} />)}</ul></>}
    </section>
  );
}
