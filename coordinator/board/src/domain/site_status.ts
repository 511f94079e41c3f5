// The one thing to say about a site at a glance. Link, media and barred stay separate facts beside it.
import type { MeetingState, Sign, WireSiteView } from "@protocol";
import type { Dictionary } from "../i18n/dictionary";

export type Tone = "air" | "next" | "bad" | "warn" | "soon" | "good" | "dim";

/** Of the drawings, those that a status has. */
export type StatusIcon = "take" | "next" | "clock" | "bar" | "lost" | "absent" | "silent" | "degraded" | "list" | "check" | "help" | "alarm" | "link";

export interface SiteStatus {
  readonly tone: Tone;
  readonly icon: StatusIcon;
  readonly text: string;
}

/** Of whom it is not told what they lack. */
const READINESS_STEPS = 5;

function stepsNeeded(site: WireSiteView): number {
  return site.missing === undefined ? READINESS_STEPS : site.steps.length + site.missing.length;
}

function ofTally(site: WireSiteView, words: Dictionary): SiteStatus | undefined {
  switch (site.tally) {
    case "on_air":
      return { tone: "air", icon: "take", text: words.tally.on_air };
    case "next":
      return { tone: "next", icon: "next", text: words.tally.next };
    case "standby":
    case "soon":
      return { tone: "soon", icon: "clock", text: words.tally[site.tally] };
    case "off":
      return undefined;
  }
}

function ofMeasuredMedia(site: WireSiteView, meeting: MeetingState, words: Dictionary): SiteStatus | undefined {
  switch (site.media) {
    case "silent":
      return { tone: "bad", icon: "silent", text: words.mediaState.silent };
    case "none":
      return { tone: meeting === "live" ? "bad" : "warn", icon: "silent", text: words.mediaState.none };
    case "degraded":
      return { tone: "warn", icon: "degraded", text: words.mediaState.degraded };
    case "good":
      return undefined;
  }
}

/** Of its camera and microphone; of a microphone that the site itself keeps off, silence is no news. */
function ofEquipment(site: WireSiteView, words: Dictionary): SiteStatus | undefined {
  const sign = site.signs.find((one) => OF_ITS_EQUIPMENT.includes(one) && !(one === "voice_silent" && site.muted));
  return sign && { tone: "warn", icon: "alarm", text: words.signLabel[sign] };
}

/** What the site finds in what it receives it says itself: that is known without the relay. */
function ofFault(site: WireSiteView, meeting: MeetingState, measured: boolean, words: Dictionary): SiteStatus | undefined {
  if (site.barred) {
    return { tone: "bad", icon: "bar", text: words.sites.barred };
  }
  if (site.link === "lost") {
    return { tone: "bad", icon: "lost", text: words.linkState.lost };
  }
  if (site.link === "absent") {
    return { tone: "dim", icon: "absent", text: words.linkState.absent };
  }
  const media = measured ? ofMeasuredMedia(site, meeting, words) : undefined;
  if (media && media.icon === "silent") {
    return media;
  }
  if (site.signs.includes("reception_poor")) {
    return { tone: "warn", icon: "degraded", text: words.sites.smallPicture };
  }
  return media ?? ofEquipment(site, words);
}

/** Once it is over, nobody is ready or missed: who is still there, who has left, who never came. */
function afterTheMeeting(site: WireSiteView, words: Dictionary): SiteStatus {
  switch (site.link) {
    case "online":
      return { tone: "dim", icon: "link", text: words.linkState.online };
    case "lost":
      return { tone: "dim", icon: "absent", text: words.happened.gone };
    case "absent":
      return { tone: "dim", icon: "absent", text: words.sites.neverCame };
  }
}

/** Signs of what the site sends; the others are of what it receives, or nobody's hearing. */
const OF_ITS_SENDING: readonly Sign[] = [
  "voice_silent", "picture_black", "picture_frozen", "source_missing", "talking_while_locked", "media_auth_failures",
  "rate_exceeded", "clock_refused",
];
const OF_ITS_EQUIPMENT: readonly Sign[] = ["source_missing", "picture_black", "picture_frozen", "voice_silent"];

function ofMedia(site: WireSiteView, words: Dictionary, unmeasured: string | undefined): string[] {
  if (unmeasured !== undefined) {
    return [words.happened.unmeasured(unmeasured)];
  }
  return site.media === "good" ? [] : [words.media[site.media]];
}

/**
 * All that keeps a site from being seen and heard, the gravest first: for who speaks and who is next.
 * `unmeasured`: the time from which on nobody measures media.
 */
export function siteTroubles(site: WireSiteView, words: Dictionary, unmeasured?: string): string[] {
  return [
    ...(site.barred ? [words.sites.barred] : []),
    ...(site.link === "online" ? [] : [words.happened.link(words.linkState[site.link])]),
    ...ofMedia(site, words, unmeasured),
    ...(site.locked ? [words.sites.lockedByCentre] : []),
    ...(site.muted ? [words.program.mutedLocally] : []),
    ...site.signs.filter((sign) => OF_ITS_SENDING.includes(sign)).map((sign) => words.signName[sign]),
  ];
}

/** Whether media are good is said only while somebody measures them. */
export function siteStatus(site: WireSiteView, meeting: MeetingState, measured: boolean, words: Dictionary): SiteStatus {
  if (meeting === "closed") {
    return afterTheMeeting(site, words);
  }
  const tally = ofTally(site, words);
  if (tally && tally.tone !== "soon") {
    return tally;
  }
  const said = ofFault(site, meeting, measured, words) ?? tally;
  if (said) {
    return said;
  }
  if (meeting === "assembling" && site.roll?.result === "fault") {
    return { tone: "warn", icon: "silent", text: words.rollResult.fault };
  }
  if (meeting === "assembling" && site.talkback_answer === "not_heard") {
    return { tone: "warn", icon: "silent", text: words.talkbackAnswer.not_heard };
  }
  if (meeting !== "live" && site.steps.length < stepsNeeded(site)) {
    return { tone: "warn", icon: "list", text: words.sites.steps(site.steps.length, stepsNeeded(site)) };
  }
  return measured
    ? { tone: "good", icon: "check", text: words.sites.ready }
    : { tone: "dim", icon: "help", text: words.sites.unmeasured };
}
