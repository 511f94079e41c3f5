// Login, or the board.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { link, model, role, session } from "../../state/board";
import { consoleState } from "../../state/console";
import { pressed } from "../../state/keyboard";
import type { Model } from "../../domain/model";
import { useWatch } from "../../state/observable";
import { maySee } from "../../domain/rights";
import { useWords } from "../../state/words";
import { ActionButton } from "../../ui/action_button";
import { Alarms } from "../alarms/alarms";
import { Dialogs } from "../dialogs/dialogs";
import { Drawer } from "../drawer/drawer";
import { Feed } from "../feed/feed";
import { Header, StaleBanner } from "../header/header";
import { Login, LoginAgain } from "../login/login";
import { Program } from "../on_air/on_air";
import { Programme } from "../programme/programme";
import { Sites } from "../sites/sites";
import { Speaking } from "../speaking/speaking";
import { Toasts } from "../../ui/toasts";

function Microphones({ now }: { now: Model }) {
  const { all_locked, venue_open } = now.microphones;
  return (
    <div class="buttons microphones">
      {all_locked ? <ActionButton id="unmute_all" icon="mic" tone="warn" /> : <ActionButton id="mute_all" icon="muted" />}
      {venue_open ? <ActionButton id="close_venue" icon="locked" tone="warn" /> : <ActionButton id="open_venue" icon="mic" />}
    </div>
  );
}

function Panels({ now }: { now: Model }) {
  const drawer = useWatch(consoleState, (state) => state.drawerSite);
  const stale = useWatch(link, (state) => state.phase !== "live");
  const site = drawer === undefined ? undefined : now.sites.get(drawer);
  return (
    <div class={`board${stale ? " is-stale" : ""}`} data-seq={now.seq}>
      <Header now={now} />
      <StaleBanner />
      <div class="column left"><Program now={now} /><Speaking now={now} /></div>
      <Sites now={now} />
      <div class="column right"><Programme now={now} /><Microphones now={now} />{maySee(role(), "alarm.raised") ? <Alarms now={now} /> : null}<Feed now={now} /></div>
      {site ? <Drawer key={site.site} now={now} site={site} /> : null}
    </div>
  );
}

function Board() {
  const now = useWatch(model, (value) => value);
  // Before anything is seen: a board on the screen hears its keys.
  useLayoutEffect(() => {
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  return now ? <Panels now={now} /> : <div class="waiting"><StaleBanner /></div>;
}

export function App() {
  const words = useWords();
  const theme = useWatch(consoleState, (state) => state.theme);
  const who = useWatch(session, (value) => value);
  const dialog = useWatch(consoleState, (state) => state.dialog);
  useEffect(() => {
    document.documentElement.lang = words.language;
    document.documentElement.dataset["theme"] = theme;
    document.title = `${words.boardTitle} – ${words.product}`;
  }, [words, theme]);
  return <>{who ? <><Board /><LoginAgain /></> : <Login />}<Dialogs />{dialog ? null : <Toasts />}</>;
}
