// One site, at a glance: picture, name, the one thing to say, and its separate facts as signs.
import type { MeetingState, WireSiteView } from "@protocol";
import { clock, figures } from "../../state/board";
import { levelShare, since } from "../../domain/format";
import type { Dictionary } from "../../i18n/dictionary";
import { useWatch } from "../../state/observable";
import { openSite } from "../../state/perform";
import { siteStatus } from "../../domain/site_status";
import { useReading } from "../../state/ticker";
import { useWords } from "../../state/words";
import { Icon, type IconName } from "../../ui/icon";
import { Thumbnail } from "../../ui/thumbnail";

export interface TileProps {
  readonly site: WireSiteView;
  readonly meeting: MeetingState;
  readonly hand: boolean;
  readonly alarm: boolean;
  /** From when on nobody measures media. */
  readonly unmeasured: string | undefined;
  readonly reachable: boolean;
  readonly onFocus: () => void;
}

/** Only what is not as expected: a mute, a lock, a voice heard without the floor. */
function microphone(site: WireSiteView, words: Dictionary): [IconName, string, string] | undefined {
  if (site.muted) {
    return ["muted", words.sites.muted, "dim"];
  }
  if (site.locked) {
    return ["locked", words.sites.locked, "warn"];
  }
  return site.heard && site.tally !== "on_air" ? ["mic", words.sites.heard, "hot"] : undefined;
}

function Level({ site }: { site: WireSiteView }) {
  const share = useWatch(figures.of(site.site), (now) => Math.round(100 * levelShare(now?.level_dbfs ?? -120)));
  const shown = site.link === "online" ? share : 0;
  return <span class={`level${shown > 92 ? " peak" : ""}`} aria-hidden="true"><i style={{ width: `${shown}%` }} /></span>;
}

function LostFor({ site }: { site: WireSiteView }) {
  const words = useWords();
  const text = useReading(() => site.link_since === undefined ? "" : since(site.link_since, clock.now()));
  return <>{text === "" ? words.linkState.lost : words.sites.lostFor(text)}</>;
}

function Media({ site, unmeasured, words }: Pick<TileProps, "site" | "unmeasured"> & { words: Dictionary }) {
  return unmeasured === undefined
    ? <i class={`media media-${site.media}`}><Icon name={site.media} label={words.mediaState[site.media]} /></i>
    : <i class="media media-unmeasured"><Icon name="help" label={words.happened.unmeasured(unmeasured)} /></i>;
}

function Signs({ site, unmeasured, words }: Pick<TileProps, "site" | "unmeasured"> & { words: Dictionary }) {
  const mic = microphone(site, words);
  return (
    <span class="signs">
      {site.link !== "online" && (site.tally === "on_air" || site.tally === "next")
        ? <i class="warn"><Icon name={site.link} label={words.linkState[site.link]} /></i> : null}
      {site.spare ? <i class="warn"><Icon name="spare" label={words.sites.spare} /></i> : null}
      {site.seen && site.tally !== "on_air" ? <i class="hot"><Icon name="screen" label={words.sites.seen} /></i> : null}
      {mic ? <i class={mic[2]}><Icon name={mic[0]} label={mic[1]} /></i> : null}
      <Media site={site} unmeasured={unmeasured} words={words} />
    </span>
  );
}

export function Tile({ site, meeting, hand, alarm, unmeasured, reachable, onFocus }: TileProps) {
  const words = useWords();
  const status = siteStatus(site, meeting, unmeasured === undefined, words);
  const label = [site.name, status.text, hand ? words.sites.hand : "", alarm ? words.sites.alarm : ""]
    .filter((part) => part !== "").join(", ");
  return (
    <button type="button" class={`tile tone-${status.tone} link-${site.link}`} data-site={site.site} data-tally={site.tally}
      data-link={site.link} aria-label={label} tabIndex={reachable ? 0 : -1} onFocus={onFocus}
      onClick={() => openSite(site.site)}>
      <span class="face">
        <Thumbnail number={site.number} code={site.short_code} />
        {site.kind === "main" ? <span class="badge at-home"><Icon name="home" label={words.sites.mainVenue} /></span> : null}
        {site.has_content ? <span class="badge has-content"><Icon name="content" label={words.sites.hasContent} /></span> : null}
        {hand ? <span class="badge raised"><Icon name="hand" label={words.sites.hand} /></span> : null}
        {alarm ? <span class="badge alarmed"><Icon name="alarm" label={words.sites.alarm} /></span> : null}
      </span>
      <Level site={site} />
      <span class="label">
        <b title={site.name}>{site.name}</b>
        <small class="of-region">{site.region}</small>
        <span class="line">
          <span class="status"><Icon name={status.icon} /><span>{status.icon === "lost" ? <LostFor site={site} /> : status.text}</span></span>
          <Signs site={site} unmeasured={unmeasured} words={words} />
        </span>
      </span>
    </button>
  );
}
