// Links by which screens open one view: made, listed with when they were seen, removed.
import type { DisplayView, ListedDisplay, MadeDisplay } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { dateOf, dated, wallTime } from "../../domain/format";
import { displayLinks, makeDisplayLink, removeDisplayLink } from "../../net/display_links";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { Modal } from "../../ui/modal";
import css from "./displays.module.css";

const VIEWS: readonly DisplayView[] = ["hall", "speaker", "run_sheet", "watcher"];
const LOOK_MS = 3000;
const NAME_CHARS = 60;

/** What follows "#" is sent to no server. */
function addressOf({ view, token }: MadeDisplay): string {
  return `${location.origin}/${view}.html#${token}`;
}

function Seen({ link }: { link: ListedDisplay }) {
  const words = useWords();
  const { meeting } = useStore();
  const offset = meeting.utcOffset.value;
  if (link.screens > 0) {
    return <span class="good" data-open={link.screens}>{words.displays.open(link.screens)}</span>;
  }
  return <span class="dim">{link.seen === undefined ? words.displays.never
    : words.displays.seen(dated(wallTime(link.seen, offset), dateOf(link.seen, offset), meeting.today.value))}</span>;
}

function Row({ link, removed }: { link: ListedDisplay; removed: () => void }) {
  const words = useWords();
  return (
    <li data-display={link.display}>
      <b>{link.name}</b><span>{words.displays.views[link.view]}</span><Seen link={link} />
      <button type="button" class={classes(button.button, button.compact, button.careful)} aria-label={`${words.displays.remove}: ${link.name}`}
        onClick={() => void removeDisplayLink(link.display).then(removed)}>{words.displays.remove}</button>
    </li>
  );
}

function Made({ made }: { made: MadeDisplay }) {
  const words = useWords();
  const [copied, say] = useState(false);
  const address = addressOf(made);
  return (
    <div class={css.made} role="status">
      <p>{words.displays.once}</p>
      <code data-address>{address}</code>
      <div><button type="button" class={button.button}
        onClick={() => void navigator.clipboard.writeText(address).then(() => say(true), () => say(false))}>
        {copied ? words.displays.copied : words.displays.copy}</button></div>
    </div>
  );
}

function MakeForm({ done }: { done: (made: MadeDisplay | undefined) => void }) {
  const words = useWords();
  const name = useRef<HTMLInputElement>(null);
  const view = useRef<HTMLSelectElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wanted = VIEWS.find((one) => one === view.current?.value) ?? "hall";
    void makeDisplayLink({ name: name.current?.value.trim() ?? "", view: wanted }).then((made) => {
      if (made && name.current) {
        name.current.value = "";
      }
      done(made);
    });
  };
  return (
    <form class={css.make} onSubmit={submit}>
      <input ref={name} name="display-name" data-focus required maxLength={NAME_CHARS} autocomplete="off" placeholder={words.displays.name} aria-label={words.displays.name} />
      <select ref={view} name="display-view" aria-label={words.displays.view}>
        {VIEWS.map((one) => <option key={one} value={one}>{words.displays.views[one]}</option>)}
      </select>
      <button type="submit" class={classes(button.button, button.primary)}>{words.displays.make}</button>
    </form>
  );
}

export function Displays() {
  const words = useWords();
  const [links, show] = useState<readonly ListedDisplay[] | "asking" | "failed">("asking");
  const [made, tell] = useState<MadeDisplay | "not_made" | undefined>(undefined);
  const look = (): void => void displayLinks().then((found) => show(found ?? "failed"));
  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Modal title={words.displays.heading} kind="displays" look={css.displays}>
      <div class={css.parts}>
        <MakeForm done={(what) => { tell(what ?? "not_made"); look(); }} />
        {made === undefined ? null : made === "not_made" ? <p role="alert">{words.displays.notMade}</p> : <Made key={made.display} made={made} />}
        {links === "asking" ? <p>{words.displays.asking}</p>
          : links === "failed" ? <p role="alert">{words.displays.failed}</p>
            : links.length === 0 ? <p>{words.displays.none}</p>
              : <ul class={css.list}>{links.map((link) => <Row key={link.display} link={link} removed={look} />)}</ul>}
      </div>
    </Modal>
  );
}
