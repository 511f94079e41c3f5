// One site, at a glance: picture, name, the one thing to say, and its separate facts as signs.
import type { Instant, SiteId, WireSiteView } from "@protocol";
import { levelShare, since } from "../../domain/format";
import { siteStatus } from "../../domain/site_status";
import type { Dictionary } from "../../i18n/dictionary";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon, type IconName } from "../../ui/icon";
import { Thumbnail } from "../../ui/thumbnail";
import { classes } from "../../ui/classes";
import css from "./sites.module.css";

interface MicrophoneSign { readonly icon: IconName; readonly label: string; readonly look: string | undefined }

/** Only what is not as expected: a mute, a lock, a voice heard without the floor. */
function microphone(site: WireSiteView, words: Dictionary): MicrophoneSign | undefined {
  if (site.muted) {
    return { icon: "muted", label: words.sites.muted, look: "dim" };
  }
  if (site.locked) {
    return { icon: "locked", label: words.sites.locked, look: "warn" };
  }
  return site.heard && site.tally !== "on_air" ? { icon: "mic", label: words.sites.heard, look: css.hot } : undefined;
}

/** Where nothing is told of it. */
const SILENCE_DBFS = -120;

function Level({ site }: { site: WireSiteView }) {
  const { server } = useStore();
  const share = useDerived(() => Math.round(100 * levelShare(server.figures(site.site).value?.level_dbfs ?? SILENCE_DBFS)), [server, site.site]);
  const shown = site.link === "online" ? share : 0;
  return <span class={classes(css.level, shown > 92 && css.peak)} aria-hidden="true"><i style={{ width: `${shown}%` }} /></span>;
}

function LostFor({ from }: { from: Instant }) {
  const words = useWords();
  const { time } = useStore();
  const text = useDerived(() => since(from, time.now()), [from, time]);
  return <>{words.sites.lostFor(text)}</>;
}

interface MediaProps {
  readonly site: WireSiteView;
  /** From when on nobody measures media. */
  readonly unmeasured: string | undefined;
  readonly words: Dictionary;
}

function Media({ site, unmeasured, words }: MediaProps) {
  return unmeasured === undefined
    ? <i class={css.media} data-media={site.media}><Icon name={site.media} label={words.mediaState[site.media]} /></i>
    : <i class={css.media} data-media="unmeasured"><Icon name="help" label={words.happened.unmeasured(unmeasured)} /></i>;
}

function Signs({ site, unmeasured, words }: MediaProps) {
  const mic = microphone(site, words);
  return (
    <span class={css.signs}>
      {site.link !== "online" && (site.tally === "on_air" || site.tally === "next")
        ? <i class="warn"><Icon name={site.link} label={words.linkState[site.link]} /></i> : null}
      {site.spare ? <i class="warn"><Icon name="spare" label={words.sites.spare} /></i> : null}
      {site.seen && site.tally !== "on_air" ? <i class={css.hot}><Icon name="screen" label={words.sites.seen} /></i> : null}
      {mic ? <i class={mic.look}><Icon name={mic.icon} label={mic.label} /></i> : null}
      <Media site={site} unmeasured={unmeasured} words={words} />
    </span>
  );
}

export interface TileProps {
  readonly id: SiteId;
  /** By the Tab key. */
  readonly reachable: boolean;
  readonly onReach: (site: SiteId) => void;
}

export function Tile({ id, reachable, onReach }: TileProps) {
  const words = useWords();
  const { console, meeting } = useStore();
  const site = meeting.site(id).value;
  const hand = meeting.hasHand(id).value;
  const alarm = meeting.hasAlarm(id).value;
  const unmeasured = meeting.unmeasured.value;
  if (!site) {
    return null;
  }
  const status = siteStatus(site, meeting.state.value, unmeasured === undefined, words);
  const label = [site.name, status.text, hand ? words.sites.hand : "", alarm ? words.sites.alarm : ""]
    .filter((part) => part !== "").join(", ");
  return (
    <button type="button" class={css.tile} data-tone={status.tone} data-site={site.site} data-tally={site.tally}
      data-link={site.link} aria-label={label}
      title={site.link !== "online" && site.contact !== undefined ? `${words.site.contact}: ${site.contact}` : undefined} tabIndex={reachable ? 0 : -1} onFocus={() => onReach(id)}
      onClick={() => {
        onReach(id);
        console.openSite(id);
      }}>
      <span class={css.face}>
        <Thumbnail number={site.number} code={site.short_code} old={site.link !== "online"} />
        {site.kind === "main" ? <span class={classes(css.badge, css.atHome)}><Icon name="home" label={words.sites.mainVenue} /></span> : null}
        {site.has_content ? <span class={classes(css.badge, css.hasContent)}><Icon name="content" label={words.sites.hasContent} /></span> : null}
        {hand ? <span class={classes(css.badge, css.raised)}><Icon name="hand" label={words.sites.hand} /></span> : null}
        {alarm ? <span class={classes(css.badge, css.alarmed)}><Icon name="alarm" label={words.sites.alarm} /></span> : null}
      </span>
      <Level site={site} />
      <span class={css.label}>
        <b title={site.name}>{site.name}</b>
        <small class={css.ofRegion}>{site.region}</small>
        <span class={css.line}>
          <span class={css.status}><Icon name={status.icon} /><span>{status.icon === "lost" && site.link_since !== undefined ? <LostFor from={site.link_since} /> : status.text}</span></span>
          <Signs site={site} unmeasured={unmeasured} words={words} />
        </span>
      </span>
    </button>
  );
}
