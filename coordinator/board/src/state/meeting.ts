// The meeting in signals: each hangs on what it needs of the model alone, so that an update draws again
// what it changed and nothing else.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type {
  AlarmId, ItemId, SiteId, Stamp, TurnId, WireAlarmView, WireItemView, WireSiteView, WireTurnView,
} from "@protocol";
import { selectedTurn } from "../domain/actions";
import { dateOf, dated, wallTime, wallTimeSeconds } from "../domain/format";
import { NOTHING, type Model } from "../domain/model";
import {
  activeItem, raisedHands, shownItem, siteName, sitesInOrder, turnCued, turnOnAir, turnsOf,
} from "../domain/queries";
import { perKey, steady } from "./steady";
import type { Time } from "./time";

export class Meeting {
  /** Undefined before the first snapshot, and when nobody is signed in. */
  readonly received = signal<Model | undefined>(undefined);
  readonly isKnown = computed(() => this.received.value !== undefined);
  /** Reading it hangs on all of the meeting: for what is drawn, choose one of those below, or derive from it. */
  readonly model = computed(() => this.received.value ?? NOTHING);
  readonly seq = computed(() => this.model.value.seq);

  readonly info = computed(() => this.model.value.meeting);
  readonly state = computed(() => this.info.value.state);
  readonly utcOffset = computed(() => this.info.value.utc_offset);
  readonly floor = computed(() => this.model.value.floor);
  readonly scene = computed(() => this.model.value.scene);
  readonly relay = computed(() => this.model.value.relay);
  readonly microphones = computed(() => this.model.value.microphones);
  readonly ceremony = computed(() => this.model.value.ceremony);
  readonly asked = computed(() => this.model.value.asked);
  readonly lectern = computed(() => this.model.value.lectern);
  readonly bell = computed(() => this.model.value.bell);
  readonly direction = computed(() => this.model.value.direction);
  readonly messages = computed(() => this.model.value.messages);
  readonly itemOrder = computed(() => this.model.value.itemOrder);

  readonly site: (id: SiteId) => ReadonlySignal<WireSiteView | undefined> =
    perKey((id) => computed(() => this.model.value.sites.get(id)));
  readonly item: (id: ItemId) => ReadonlySignal<WireItemView | undefined> =
    perKey((id) => computed(() => this.model.value.items.get(id)));
  readonly turn: (id: TurnId) => ReadonlySignal<WireTurnView | undefined> =
    perKey((id) => computed(() => this.model.value.turns.get(id)));
  readonly alarm: (id: AlarmId) => ReadonlySignal<WireAlarmView | undefined> =
    perKey((id) => computed(() => this.model.value.alarms.get(id)));

  readonly sitesInOrder = steady(() => sitesInOrder(this.model.value));
  readonly siteName: (id: SiteId) => ReadonlySignal<string> = perKey((id) => computed(() => siteName(this.model.value, id)));
  private readonly hands = steady(() => [...raisedHands(this.model.value)]);
  private readonly alarmed = steady(() => [...this.model.value.alarms.values()].flatMap((alarm) => alarm.site ?? []));
  readonly hasHand: (site: SiteId) => ReadonlySignal<boolean> =
    perKey((id) => computed(() => this.hands.value.includes(id)));
  readonly hasAlarm: (site: SiteId) => ReadonlySignal<boolean> =
    perKey((id) => computed(() => this.alarmed.value.includes(id)));

  readonly activeItem = computed(() => activeItem(this.model.value));
  readonly shownItem = computed(() => shownItem(this.model.value));
  /** Of the item whose speaking list is shown. */
  readonly shownTurns = steady(() => turnsOf(this.model.value, this.shownItem.value));
  readonly turnOnAir = computed(() => turnOnAir(this.model.value));
  readonly turnCued = computed(() => turnCued(this.model.value));
  readonly selected: ReadonlySignal<TurnId | undefined>;

  /** YYYY-MM-DD at the place of the meeting. */
  readonly today: ReadonlySignal<string>;

  /**
   * HH:MM from which on media are not known: while the relay is lost nobody measures them, and what is
   * known of them is old. Undefined while it does.
   */
  readonly unmeasured: ReadonlySignal<string | undefined>;

  constructor(time: Time, chosenByHand: ReadonlySignal<TurnId | undefined>) {
    this.selected = computed(() => selectedTurn(this.model.value, chosenByHand.value));
    this.today = computed(() => dateOf(time.clock.wallOf(time.now()), this.utcOffset.value));
    this.unmeasured = computed(() => {
      const { link, since } = this.relay.value;
      return link === "lost" && since !== undefined ? this.timeOf(time.wallOf(since)) : undefined;
    });
  }

  /** HH:MM at the place of the meeting, with the day where it is not today. */
  timeOf(stamp: Stamp): string {
    const utcOffset = this.utcOffset.value;
    const whole = Math.round(stamp / 1000) * 1000; // the server's clock is known to some milliseconds
    return dated(wallTime(whole, utcOffset), dateOf(whole, utcOffset), this.today.value);
  }

  /** The same with seconds. */
  exactTimeOf(stamp: Stamp): string {
    const utcOffset = this.utcOffset.value;
    return dated(wallTimeSeconds(stamp, utcOffset), dateOf(stamp, utcOffset), this.today.value);
  }

  change(make: (model: Model) => Model): void {
    const before = this.received.peek();
    if (before) {
      this.received.value = make(before);
    }
  }
}
