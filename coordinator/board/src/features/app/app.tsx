// Login, or the board.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { isStepping } from "../../domain/queries";
import { useDerived } from "../../state/derived";
import { pressed } from "../../state/keyboard";
import { useStore, useWords } from "../../state/store";
import { keepFocusOfButtons } from "../../ui/action_button";
import { Toasts } from "../../ui/toasts";
import { Alarms } from "../alarms/alarms";
import { Bell } from "../bell/bell";
import { Ceremony } from "../ceremony/ceremony";
import { Debrief } from "../debrief/debrief";
import { AllHalls } from "../halls/all_halls";
import { HandOver } from "../direction/direction";
import { Drawer } from "../drawer/drawer";
import { Feed } from "../feed/feed";
import { Header } from "../header/header";
import { StaleBanner } from "../header/stale_banner";
import { Login } from "../login/login";
import { LoginAgain } from "../login/login_again";
import { OnAir } from "../on_air/on_air";
import { Opinions } from "../opinions/opinions";
import { Attendance } from "../attendance/attendance";
import { Preparation } from "../preparation/preparation";
import { Programme } from "../programme/programme";
import { Ready } from "../ready/ready";
import { Replay } from "../replay/replay";
import { Sites } from "../sites/sites";
import { Speaking } from "../speaking/speaking";
import { Talkback } from "../talkback/talkback";
import { VoteNow } from "../votes/vote_now";
import { Dialogs } from "./dialogs";
import { classes } from "../../ui/classes";
import css from "./app.module.css";

function OpenDrawer() {
  const { console, meeting } = useStore();
  const id = console.drawerSite.value;
  const site = id === undefined ? undefined : meeting.site(id).value;
  return site ? <Drawer key={site.site} site={site} /> : null;
}

function Panels() {
  const { meeting, server } = useStore();
  const stepping = useDerived(() => isStepping(meeting.model.value), [meeting]);
  return (
    <div class={css.board} data-stale={server.live.value ? undefined : true} data-seq={meeting.seq}>
      <Header />
      <StaleBanner />
      <div class={classes(css.column, css.left)}><OnAir /><Bell /><HandOver /><Debrief /><Talkback /><Ready /><VoteNow /><Opinions /><Ceremony />{stepping ? null : <Speaking />}</div>
      <Sites />
      <div class={classes(css.column, css.right)}><Programme /><AllHalls />{server.maySee("alarm.raised") ? <Alarms /> : null}<Attendance /><Preparation /><Feed /></div>
      {server.replay.value ? <Replay replay={server.replay.value} /> : null}
      <OpenDrawer />
    </div>
  );
}

function Board() {
  const store = useStore();
  // Before anything is seen: a board on the screen hears its keys.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => pressed(store, event);
    document.addEventListener("keydown", hear);
    document.addEventListener("mousedown", keepFocusOfButtons);
    return () => {
      document.removeEventListener("keydown", hear);
      document.removeEventListener("mousedown", keepFocusOfButtons);
    };
  }, [store]);
  return store.meeting.isKnown.value ? <Panels key={store.meeting.info.value.meeting} /> : <div class={css.waiting}><StaleBanner /></div>;
}

export function App() {
  const words = useWords();
  const { console, server } = useStore();
  const theme = console.theme.value;
  useEffect(() => {
    document.documentElement.lang = words.language;
    document.documentElement.dataset["theme"] = theme;
    document.title = `${words.boardTitle} – ${words.product}`;
  }, [words, theme]);
  return (
    <>
      {server.session.value ? <><Board /><LoginAgain /></> : <Login />}
      <Dialogs />
      {console.dialog.value ? null : <Toasts />}
    </>
  );
}
