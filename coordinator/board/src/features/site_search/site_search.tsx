// Finding a site by its name or code.
import type { WireSiteView } from "@protocol";
import { useState } from "preact/hooks";
import { searchSites } from "../../domain/queries";
import { bringBack } from "../../domain/roster";
import { useStore, useWords } from "../../state/store";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import css from "./site_search.module.css";

const FOUND_SHOWN = 12;

interface FoundProps {
  readonly sites: readonly WireSiteView[];
  readonly chosen: number;
  readonly onOpen: (site: WireSiteView) => void;
}

function Found({ sites, chosen, onOpen }: FoundProps) {
  const words = useWords();
  return (
    <ul class={css.found} role="listbox" aria-label={words.sites.heading}>
      {sites.map((site, index) => (
        <li key={site.site} role="option" aria-selected={index === chosen}
          onClick={() => onOpen(site)}>
          <b>{site.name}</b><span class="dim">{site.short_code} · {site.region}</span><span>{words.linkState[site.link]}</span>
        </li>
      ))}
      {sites.length === 0 ? <li class="empty">{words.search.none}</li> : null}
    </ul>
  );
}

/** Those that were removed stand where one looks for them. */
function Removed({ text }: { text: string }) {
  const words = useWords();
  const { console, meeting, server } = useStore();
  const sites = searchSites([...meeting.model.value.removedSites.values()], text).slice(0, FOUND_SHOWN);
  if (sites.length === 0) {
    return null;
  }
  const back = (site: WireSiteView): void => {
    if (server.give(bringBack(site))) {
      console.closeDialog();
    }
  };
  return (
    <section class={css.removed}><h3>{words.site.removed}</h3>
      <ul>{sites.map((site) => (
        <li key={site.site} data-removed={site.site}><b>{site.name}</b>
          {server.mayCommand("site.add") ? <button type="button" class={button.button} onClick={() => back(site)}>{words.site.bringBack}</button> : null}</li>
      ))}</ul>
    </section>
  );
}

export function SiteSearch() {
  const words = useWords();
  const { console, meeting } = useStore();
  const [text, setText] = useState("");
  const [chosen, choose] = useState(0);
  const sites = searchSites(meeting.sitesInOrder.value, text).slice(0, FOUND_SHOWN);
  const open = (site: WireSiteView): void => {
    console.closeDialog();
    console.openSite(site.site);
  };
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const site = sites[chosen];
    if (step !== 0) {
      event.preventDefault();
      choose(Math.min(sites.length - 1, Math.max(0, chosen + step)));
    } else if (event.key === "Enter" && site && !event.isComposing) {
      event.preventDefault();
      open(site);
    }
  };
  return (
    <Modal title={words.search.heading} kind="search">
      <input class={css.wanted} data-focus type="search" value={text} placeholder={words.search.placeholder} aria-label={words.search.placeholder}
        onInput={(event) => { setText(event.currentTarget.value); choose(0); }} onKeyDown={walk} />
      <Found sites={sites} chosen={chosen} onOpen={open} />
      <Removed text={text} />
    </Modal>
  );
}
