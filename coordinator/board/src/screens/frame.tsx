// What all screens have around them: how they are opened, and what they say when they cannot show anything.
import { render, type ComponentChildren, type ComponentType, createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import type { Who } from "@protocol";
import { wallTime } from "../domain/format";
import { whoAmI } from "../net/session";
import { Login } from "./login";
import { ScreenStore } from "./screen_store";
import type { ScreenDictionary } from "./words/dictionary";

const ScreenContext = createContext<ScreenStore | undefined>(undefined);

export function useScreen(): ScreenStore {
  const store = useContext(ScreenContext);
  if (!store) {
    throw new Error("a component of a screen outside of its context");
  }
  return store;
}

export type ScreenKind = keyof ScreenDictionary["titles"];

interface Page {
  readonly kind: ScreenKind;
  readonly content: ComponentType;
  /** By an account too: whoever has not signed in is asked to. */
  readonly accounts: boolean;
  /** Whether this account may open it; undefined: every account may. */
  readonly fits?: (who: Who) => boolean;
}

/** A token has this form; it stands behind "#", which is sent to no server and stands in no log. */
const TOKEN = /^#([A-Za-z0-9_-]{43})$/;

function Message({ heading, more }: { heading: string; more: string }) {
  return <main class="said" data-said><h1>{heading}</h1><p>{more}</p></main>;
}

function Lost() {
  const store = useScreen();
  const { phase } = store.link.value;
  const heard = store.heard.value;
  if (phase === "live" || heard === undefined) {
    return null;
  }
  return <p class="lost" role="status" data-lost><b aria-hidden="true">✕</b> {store.words.value.lost(wallTime(heard, store.model.value.meeting.utc_offset))}</p>;
}

function Marks() {
  const store = useScreen();
  const words = store.words.value;
  return <>{store.model.value.meeting.rehearsal ? <b class="mark">{words.rehearsal}</b> : null}{store.replay.value ? <b class="mark">{words.replay}</b> : null}</>;
}

/** The marks of a run that is none of a real meeting, and of a lost connection, over whatever is shown. */
function Shown({ children }: { children: ComponentChildren }) {
  const store = useScreen();
  const { phase } = store.link.value;
  const words = store.words.value;
  if (phase === "refused") {
    return <Message heading={words.removed} more={words.removedMore} />;
  }
  if (store.received.value === undefined) {
    return <Message heading={words.connecting} more="" />;
  }
  return <div class="screen" data-phase={phase} data-seq={store.model.value.seq}><div class="marks"><Marks /></div><Lost />{children}</div>;
}

export function LanguageButton() {
  const store = useScreen();
  return (
    <button type="button" class="quiet" data-language
      onClick={() => { store.language.value = store.language.peek() === "vi" ? "en" : "vi"; }}>{store.words.value.otherLanguage}</button>
  );
}

function Frame({ store, page, opened }: { store: ScreenStore; page: Page; opened: "link" | "account" | "nobody" }) {
  const words = store.words.value;
  const { name } = store.model.value.meeting;
  useEffect(() => {
    document.documentElement.lang = words.language;
    document.title = name === "" ? words.titles[page.kind] : `${words.titles[page.kind]} – ${name}`;
  }, [words, page, name]);
  const refused = opened === "account" && store.link.value.phase === "refused";
  const Content = page.content;
  if (opened === "nobody" && !page.accounts) {
    return <Message heading={words.noLink} more={words.noLinkMore} />;
  }
  if (opened === "nobody" || refused) {
    return <Login words={words} hint={page.fits ? words.chair.onlyChair : ""} />;
  }
  return <Shown><Content /></Shown>;
}

function chooseLanguage(store: ScreenStore): void {
  const wanted = new URLSearchParams(location.search).get("lang");
  if (wanted === "vi" || wanted === "en") {
    store.language.value = wanted;
  }
}

async function open(store: ScreenStore, page: Page): Promise<"link" | "account" | "nobody"> {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token !== undefined && page.fits === undefined) {
    store.open({ role: "display", token });
    return "link";
  }
  const who = await whoAmI();
  if (who && (page.fits?.(who) ?? true)) {
    store.open({ role: who.role });
    return "account";
  }
  return "nobody";
}

/** Whoever opens an address with another token has another screen. */
export async function start(page: Page): Promise<void> {
  const root = document.getElementById("app");
  const store = new ScreenStore();
  chooseLanguage(store);
  document.documentElement.dataset["screen"] = page.kind;
  addEventListener("hashchange", () => location.reload());
  const opened = await open(store, page);
  if (root) {
    render(<ScreenContext.Provider value={store}><Frame store={store} page={page} opened={opened} /></ScreenContext.Provider>, root);
  }
}
