// All that the board shows, in one place that components are given by context.
import { computed, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Dictionary } from "../i18n/dictionary";
import { wordsOf } from "../i18n/words";
import { ActionRunner } from "./action_runner";
import { Console } from "./console";
import { ImportDesk } from "./import_desk";
import { LogFilter } from "./log_filter";
import { Meeting } from "./meeting";
import { Server } from "./server";
import { Time } from "./time";

export interface Store {
  /** What is open and selected on this one board. */
  readonly console: Console;
  readonly logFilter: LogFilter;
  readonly words: ReadonlySignal<Dictionary>;
  readonly time: Time;
  /** What the coordinator last said of the meeting. */
  readonly meeting: Meeting;
  /** The way to the coordinator and back. */
  readonly server: Server;
  /** A programme of an office that is being taken in. */
  readonly importDesk: ImportDesk;
  /** What can be done, and doing it. */
  readonly actions: ActionRunner;
}

export function createStore(): Store {
  const console = new Console();
  const words = computed(() => wordsOf(console.language.value));
  const time = new Time();
  const meeting = new Meeting(time, console.selectedTurn);
  const server = new Server({ console, words, time, meeting });
  const logFilter = new LogFilter(computed(() => server.session.value?.account ?? ""));
  const actions = new ActionRunner({ console, logFilter, words, time, meeting, server });
  const importDesk = new ImportDesk({ words, meeting, server });
  return { console, logFilter, words, time, meeting, server, importDesk, actions };
}

export const StoreContext = createContext<Store | undefined>(undefined);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) {
    throw new Error("a component of the board outside of StoreContext");
  }
  return store;
}

export function useWords(): Dictionary {
  return useStore().words.value;
}
