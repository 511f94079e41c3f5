// Which kinds of events the log shows: each person's own choice, kept by this browser for the account.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { LOG_KINDS, NOISY_KINDS, type LogKind } from "../domain/event_log";
import { store, stored } from "./remembered";

type Hidden = ReadonlySet<LogKind>;

function keyOf(account: string): string {
  return `diemcau.log.${account}`;
}

function chosenBefore(account: string): Hidden {
  const names = stored(keyOf(account))?.split(" ");
  return new Set(names ? LOG_KINDS.filter((kind) => names.includes(kind)) : NOISY_KINDS);
}

export class LogFilter {
  /** Whether the kinds are in view, to be chosen from. */
  readonly open = signal(false);
  private readonly chosen = signal<ReadonlyMap<string, Hidden>>(new Map());
  readonly hidden: ReadonlySignal<Hidden> =
    computed(() => this.chosen.value.get(this.account.value) ?? chosenBefore(this.account.value));

  constructor(private readonly account: ReadonlySignal<string>) {}

  toggle(kind: LogKind): void {
    const account = this.account.peek();
    const before = this.hidden.peek();
    const hidden = new Set(LOG_KINDS.filter((one) => (one === kind) !== before.has(one)));
    this.chosen.value = new Map([...this.chosen.peek(), [account, hidden]]);
    store(keyOf(account), [...hidden].join(" "));
  }
}
