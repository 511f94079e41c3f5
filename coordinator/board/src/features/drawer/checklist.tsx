// What people looked at with their own eyes at a site, and whether its technician is at the post.
import type { CheckId, WireSiteTicksView, WireSiteView } from "@protocol";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { GiveButton } from "./give_button";
import css from "./drawer.module.css";

export function Post({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, server, time } = useStore();
  if (meeting.info.value.preparation?.post_due === undefined || !server.maySee("site.posted")) {
    return null;
  }
  const present = site.posted !== undefined;
  return (
    <div class={css.post} data-done={present ? true : undefined} data-post>
      <Icon name={present ? "check" : "absent"} />
      <span><b>{present ? words.site.posted : words.site.notPosted}</b>
        {site.posted === undefined ? null : <small>{meeting.timeOf(time.wallOf(site.posted))}</small>}</span>
      <GiveButton icon={present ? "undo" : "check"} text={present ? words.site.unpost : words.site.post}
        command={{ name: "site.post", args: { site: site.site, present: !present } }} tone="compact" />
    </div>
  );
}

function tickOf(ticks: WireSiteTicksView | undefined, check: CheckId) {
  return ticks?.ticks.find((one) => one.check === check);
}

export function Checklist({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, time } = useStore();
  const checks = useDerived(() => meeting.model.value.checks, [meeting]);
  const ticks = useDerived(() => meeting.model.value.ticks.get(site.site), [meeting, site.site]);
  return checks.length === 0 ? null : (
    <section><h3>{words.site.checklist}</h3>
      <ul class={css.steps}>{checks.map(({ check, title }) => {
        const tick = tickOf(ticks, check);
        const done = tick?.done === true;
        return (
          <li key={check} data-check={check} data-done={done ? true : undefined}>
            <Icon name={done ? "check" : "absent"} />
            <span><b>{title}</b>
              {tick === undefined ? null : <small>{meeting.timeOf(time.wallOf(tick.at))} · {tick.by.account ?? words.role[tick.by.role]}
                {tick.note === undefined ? "" : ` · ${tick.note}`}</small>}</span>
            <GiveButton icon={done ? "undo" : "check"} text={done ? words.site.untick : words.site.tick}
              command={{ name: "site.check", args: { site: site.site, check, done: !done } }} tone="compact" />
          </li>
        );
      })}</ul>
    </section>
  );
}
