// What the centre hands out: to whom, and how far it has come there.
import type { HandoutId, SiteId, WireHandoutView } from "@protocol";
import { useState } from "preact/hooks";
import { siteName, sitesInOrder } from "../../domain/queries";
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

/** As many as one upload may name. */
const CHOSEN_MAX = 16;

/** To whom it goes; none chosen: to all. */
function ChooseSites({ chosen, choose }: { chosen: readonly SiteId[]; choose: (sites: readonly SiteId[]) => void }) {
  const words = useWords();
  const model = useStore().meeting.model.value;
  const remote = sitesInOrder(model).filter((site) => site.kind === "remote");
  return (
    <details class={css.choose} data-choose-sites><summary>{chosen.length === 0 ? words.documents.toAll : words.documents.toSome(chosen.length)}</summary>
      <fieldset>{remote.map(({ site, name }) => {
        const isChosen = chosen.includes(site);
        return (
          <label key={site}><input type="checkbox" value={site} checked={isChosen} disabled={!isChosen && chosen.length === CHOSEN_MAX}
            onChange={() => { choose(isChosen ? chosen.filter((one) => one !== site) : [...chosen, site]); }} />{name}</label>
        );
      })}</fieldset>
    </details>
  );
}

function Offer({ handouts }: { handouts: readonly WireHandoutView[] }) {
  const words = useWords();
  const [title, write] = useState("");
  const [chosen, choose] = useState<readonly SiteId[]>([]);
  const given = title.trim();
  const ask = { handout: freeId(handouts), title: given, ...(chosen.length === 0 ? {} : { sites: [...chosen] }) };
  return (
    <div class={css.enter}>
      <input aria-label={words.documents.title} placeholder={words.documents.title} maxLength={200} value={title} data-title
        onInput={(event) => { write(event.currentTarget.value); }} />
      <BringButton label={words.documents.handOut} ask={given === "" ? undefined : ask} done={() => { write(""); choose([]); }} />
      <ChooseSites chosen={chosen} choose={choose} />
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
