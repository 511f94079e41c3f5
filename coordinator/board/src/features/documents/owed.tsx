// What is owed to the centre: from whom it has come, from whom not, each file to be saved.
import type { SiteId, WireDocumentView, WireReceivedView } from "@protocol";
import { useState } from "preact/hooks";
import { day, wallTime, dateOf } from "../../domain/format";
import { siteName, sitesInOrder } from "../../domain/queries";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { BringButton } from "./bring_button";
import css from "./documents.module.css";
import { FileLink } from "./file_link";

function Received({ document, received }: { document: WireDocumentView; received: WireReceivedView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const model = meeting.model.value;
  const offset = model.meeting.utc_offset;
  const whose = received.site === undefined ? document.unit ?? "" : siteName(model, received.site);
  return (
    <li data-received={received.file.digest}><span>{whose}</span><FileLink file={received.file} />
      <small>{day(dateOf(received.wall, offset), words.language)} {wallTime(received.wall, offset)}</small>
      {server.mayCommand("document.discard")
        ? <button type="button" class={button.button} data-discard onClick={() => {
          server.give({ name: "document.discard", args: { document: document.document, ...(received.site === undefined ? {} : { site: received.site }) } });
        }}>{words.documents.discard}</button>
        : null}
    </li>
  );
}

/** Who still owes it, of the sites. */
function owing(document: WireDocumentView, sites: readonly { site: SiteId; kind: string }[]): readonly SiteId[] {
  const in_ = new Set(document.received.map((one) => one.site));
  return sites.filter((one) => !in_.has(one.site) && (document.site === one.site || (document.every_site === true && one.kind === "remote")))
    .map((one) => one.site);
}

function Enter({ document }: { document: WireDocumentView }) {
  const words = useWords();
  const { meeting } = useStore();
  const model = meeting.model.value;
  const [chosen, choose] = useState<string>("");
  const late = owing(document, sitesInOrder(model));
  const site = late.find((one) => one === chosen);
  if (document.every_site !== true) {
    const missing = document.site === undefined || late.length > 0;
    return missing ? <BringButton label={words.documents.enter} ask={{ document: document.document, ...(document.site === undefined ? {} : { site: document.site }) }} /> : null;
  }
  return late.length === 0 ? null : (
    <div class={css.enter}>
      <select aria-label={words.documents.forWhom} value={chosen} onChange={(event) => { choose(event.currentTarget.value); }}>
        <option value="">{words.documents.forWhom}</option>
        {late.map((one) => <option key={one} value={one}>{siteName(model, one)}</option>)}
      </select>
      <BringButton label={words.documents.enter} ask={site === undefined ? undefined : { document: document.document, site }} />
    </div>
  );
}

function Document({ document }: { document: WireDocumentView }) {
  const words = useWords();
  const { server } = useStore();
  return (
    <section class={css.document} data-document={document.document}>
      <h4>{document.title}{document.unit === undefined ? "" : ` – ${document.unit}`}
        <small>{words.documents.state(document.received.length, document.missing)}
          {document.due === undefined ? "" : ` · ${words.site.due(day(document.due, words.language))}`}</small></h4>
      <ul>{document.received.map((one) => <Received key={one.site ?? ""} document={document} received={one} />)}</ul>
      {server.mayCommand("document.discard") ? <Enter document={document} /> : null}
    </section>
  );
}

export function Owed() {
  const words = useWords();
  const { meeting } = useStore();
  const documents = meeting.model.value.documents;
  return (
    <div class={css.part}><h3>{words.site.owed}</h3>
      {documents.length === 0 ? <p class={css.said}>{words.documents.nothingOwed}</p>
        : documents.map((one) => <Document key={one.document} document={one} />)}</div>
  );
}
