// The page of a site: its turn, its facts, its requests.
import { useEffect } from "preact/hooks";
import { Asked } from "./asked";
import { Checklist } from "./checklist";
import { Facts, Signs } from "./facts";
import { FloorClock } from "./floor_clock";
import { usePage } from "./page_state";
import { Opinion } from "./opinion";
import { Papers } from "./papers";
import { Pause } from "./pause";
import { Programme } from "./programme";
import { Registration } from "./registration";
import { Messages, Requests } from "./requests";
import { Tally, tallyWord } from "./tally";
import { Vote } from "./vote";

/** What is below is as old as the link that is gone: the page's to the program, or the program's to the centre. */
function Lost() {
  const { cutOff, told, words: { value: words } } = usePage();
  const text = cutOff.value ? words.lost : told.value?.connected === false ? words.lostCentre : "";
  return <p id="lost" role="alert" hidden={text === ""}>{text}</p>;
}

function LanguageButton() {
  const { language, words: { value: words } } = usePage();
  const other = language.value === "vi" ? "en" : "vi";
  return <button id="language" type="button" lang={other} onClick={() => { language.value = other; }}>{words.other}</button>;
}

export function SitePage() {
  const page = usePage();
  const words = page.words.value;
  const state = page.told.value;
  const title = state && `${tallyWord(state, words)} · ${state.name}`;
  useEffect(() => {
    document.documentElement.lang = words.language;
    if (title !== undefined) {
      document.title = title;
    }
  }, [words, title]);
  const item = state ? [state.item, state.unit === undefined ? undefined : words.unit(state.unit)] : [];
  return (
    <>
      <a class="skip" href="#requests">{words.skip}</a>
      <header>
        <div>
          <h1 id="name">{state?.name ?? "…"}</h1>
          {state?.rehearsal ? <p id="rehearsal">{words.rehearsal}</p> : null}
          <p id="item">{item.filter((part) => part !== undefined && part !== "").join(" · ")}</p>
        </div>
        <LanguageButton />
      </header>
      <Lost />
      <main>
        <Asked state={state} />
        <Pause state={state} />
        <Tally state={state} />
        {state?.spare ? null : <FloorClock state={state} />}
        <Facts state={state} />
        {state?.spare ? null : <><Vote state={state} /><Opinion state={state} /><Requests state={state} /><Registration state={state} /><Checklist state={state} /><Papers state={state} /><Messages state={state} /></>}
        <Signs state={state} />
        {state?.spare ? null : <Programme state={state} />}
      </main>
      <footer><p id="title-lines">{state?.title_lines.join(" · ") ?? ""}</p></footer>
    </>
  );
}
