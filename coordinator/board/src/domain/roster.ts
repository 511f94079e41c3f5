// What is known of sites, what they owe, and the commands that put it right. Pure.
import type { AlarmKind, Command, WireDocumentView, WireSiteView } from "@protocol";
import type { Model } from "./model";

/** What the papers of a site are: its own, and those of every remote site. */
export function documentsOf(model: Model, site: WireSiteView): readonly WireDocumentView[] {
  return model.documents.filter((one) => one.site === site.site || (one.every_site === true && site.kind === "remote"));
}

/** Alarms that somebody at the site has to do something about. */
const NOBODY_TO_RING: ReadonlySet<AlarmKind> = new Set<AlarmKind>(["relay_lost", "film_player_missing", "film_missing", "film_stopped", "spare_waiting", "media_auth_failures"]);

export function isToRing(kind: AlarmKind): boolean {
  return !NOBODY_TO_RING.has(kind);
}

export interface SiteFields {
  readonly name: string;
  readonly short_code: string;
  readonly region: string;
  readonly venue: string;
  readonly chair: string;
  readonly contact: string;
  readonly documents_due: string;
  readonly has_content: boolean;
}

/** Of what the form says, what is another than before; undefined where nothing is. */
export function editOf(site: WireSiteView, fields: SiteFields): Command | undefined {
  const trimmed = { ...fields, name: fields.name.trim(), region: fields.region.trim(), venue: fields.venue.trim(),
    chair: fields.chair.trim(), contact: fields.contact.trim(), short_code: fields.short_code.trim() };
  const before: SiteFields = { name: site.name, short_code: site.short_code, region: site.region, venue: site.venue ?? "",
    chair: site.chair ?? "", contact: site.contact ?? "", documents_due: site.documents_due ?? "", has_content: site.has_content };
  const changed = (Object.keys(trimmed) as (keyof SiteFields)[]).filter((name) => trimmed[name] !== before[name]);
  return changed.length === 0 ? undefined
    : { name: "site.edit", args: { site: site.site, ...Object.fromEntries(changed.map((name) => [name, trimmed[name]])) } };
}

/** Brings back a site that was removed, as it was. */
export function bringBack(site: WireSiteView): Command {
  const { name, short_code, region, kind, has_content, number, documents_due, venue, contact, chair } = site;
  return { name: "site.add", args: { site: site.site, number, name, short_code, region, kind, has_content,
    ...(documents_due === undefined ? {} : { documents_due }), ...(venue === undefined ? {} : { venue }),
    ...(contact === undefined ? {} : { contact }), ...(chair === undefined ? {} : { chair }) } };
}
