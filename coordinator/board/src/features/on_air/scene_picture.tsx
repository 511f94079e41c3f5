// Pictures of what everyone sees.
import type { WireMeetingView, WireSiteView } from "@protocol";
import { useStore } from "../../state/store";
import { Thumbnail } from "../../ui/thumbnail";
import css from "./on_air.module.css";

/** A picture of a site that is cut off is an old one. */
export function SitePicture({ site }: { site: WireSiteView }) {
  return (
    <Thumbnail number={site.number} code={site.short_code} old={site.link !== "online"} />
  );
}

const LINES_SHOWN = 4;

function Slate({ meeting }: { meeting: WireMeetingView }) {
  return (
    <div class={css.slate}>{meeting.title_lines.slice(0, LINES_SHOWN).map((line, index) =>
      <span key={index}>{line.replace("{site}", meeting.place)}</span>)}</div>
  );
}

/** What everyone sees while nobody speaks. */
export function ScenePicture() {
  const { meeting } = useStore();
  const { layout, panes } = meeting.scene.value;
  const pane = layout === "slate" ? undefined : panes[0];
  const site = pane && meeting.site(pane.site).value;
  return site ? <SitePicture site={site} /> : <Slate meeting={meeting.info.value} />;
}
