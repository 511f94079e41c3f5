// Says how old the picture is, as soon as it is not fresh.
import type { Dictionary } from "../../i18n/dictionary";
import type { ConnectionState } from "../../net/connection";
import { useDerived } from "../../state/derived";
import { useStore, type Store, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./stale_banner.module.css";

function whatIsLost({ meeting, server, time }: Store, state: ConnectionState, words: Dictionary): string {
  if (state.phase === "refused") {
    return state.code === undefined ? words.connection.refused : words.refusal[state.code];
  }
  const heard = server.heardAt.value;
  if (heard === undefined) {
    return state.phase === "connecting" ? words.connection.connecting : words.connection.never;
  }
  return words.connection.lost(meeting.exactTimeOf(time.wallOf(heard)));
}

function Retry({ at }: { at: number }) {
  const words = useWords();
  const { time } = useStore();
  const wait = useDerived(() => Math.max(0, Math.ceil((at - time.localNow()) / 1000)), [at, time]);
  return <span>{words.connection.retry(wait)}</span>;
}

export function StaleBanner() {
  const words = useWords();
  const store = useStore();
  const state = store.server.link.value;
  if (state.phase === "live") {
    return null;
  }
  return (
    <div class={css.stale} data-banner role="alert">
      <Icon name="lost" /><b>{whatIsLost(store, state, words)}</b>
      {state.phase === "refused" ? null : <span>{words.connection.mediaGoesOn}</span>}
      {state.phase === "lost" ? <Retry at={state.retryAt ?? 0} /> : null}
      {state.phase === "connecting" ? <span>{words.connection.connecting}…</span> : null}
      <button type="button" class={classes(button.button, button.compact)} onClick={() => store.server.retryNow()}>{words.connection.now}</button>
    </div>
  );
}
