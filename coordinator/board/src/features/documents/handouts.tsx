// What the centre hands out: to whom, and how far it has come there.
import type { HandoutId, WireHandoutView } from "@protocol";
import { useState } from "preact/hooks";
import { siteName } from "../../domain/queries";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { BringButton } from "./bring_button";
import css from "./documents.module.css";
import { FileLink } from "./file_link";

function Handout({ handout }: { handout: WireHandoutView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const model = meeting.model.value;
  return (
    <section class={css.document} data-handout={handout.handout}>
      <h4>{handout.title}<small>{words.documents.receipts(handout.sites.length, handout.fetched, handout.opened)}</small></h4>
      <div class={css.enter}><FileLink file={handout.file} />
        {server.mayCommand("handout.withdraw")
          ? <button type="button" class={button.button} data-withdraw onClick={() => {
            server.give({ name: "handout.withdraw", args: { handout: handout.handout } });
          }}>{words.documents.withdraw}</button>
          : null}</div>
      <details><summary>{words.documents.whoHasIt}</summary>
        <ul>{handout.sites.map((one) => <li key={one.site}><span>{siteName(model, one.site)}</span><span>{words.receipt[one.receipt]}</span></li>)}</ul>
      </details>
    </section>
  );
}

/** An id that no handout has, of letters that any id may have. */
function freeId(handouts: readonly WireHandoutView[]): HandoutId {
  let n = handouts.length + 1;
  while (handouts.some((one) => one.handout === `tai-lieu-${n}`)) {
    n++;
  }
  return `tai-lieu-${n}`;
}

function Offer({ handouts }: { handouts: readonly WireHandoutView[] }) {
  const words = useWords();
  const [title, write] = useState("");
  const given = title.trim();
  return (
    <div class={css.enter}>
      <input aria-label={words.documents.title} placeholder={words.documents.title} maxLength={200} value={title} data-title
        onInput={(event) => { write(event.currentTarget.value); }} />
      <BringButton label={words.documents.handOut} ask={given === "" ? undefined : { handout: freeId(handouts), title: given }} done={() => { write(""); }} />
    </div>
  );
}

export function Handouts() {
  const words = useWords();
  const { meeting, server } = useStore();
  const handouts = meeting.model.value.handouts;
  return (
    <div class={css.part}><h3>{words.documents.handouts}</h3>
      {handouts.length === 0 ? <p class={css.said}>{words.documents.nothingOut}</p>
        : handouts.map((one) => <Handout key={one.handout} handout={one} />)}
      {server.mayCommand("handout.withdraw") ? <Offer handouts={handouts} /> : null}</div>
  );
}
