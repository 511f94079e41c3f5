// Choosing the program's picture by hand.
import type { Command, SiteId, WireSiteView } from "@protocol";
import { keyName } from "../../domain/keys";
import type { Obstacle } from "../../domain/obstacles";
import type { Dictionary } from "../../i18n/dictionary";
import { useStore, useWords } from "../../state/store";
import { Icon, type IconName } from "../../ui/icon";
import { Modal } from "../../ui/modal";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./scene_choice.module.css";

interface Choice {
  readonly icon: IconName;
  readonly text: string;
  readonly command: Command | undefined;
  /** Why there is no command. */
  readonly obstacle?: Obstacle;
}

interface Pictures {
  readonly venue: WireSiteView | undefined;
  /** The site in hand. */
  readonly site: WireSiteView | undefined;
  readonly content: SiteId | undefined;
  readonly overridden: boolean;
}

/** Scenes that the relay's slots can carry: one remote camera, the venue's, one content. */
function choicesOf({ venue, site, content, overridden }: Pictures, words: Dictionary): Choice[] {
  const remote = site?.kind === "remote" ? site : undefined;
  const name = site ? ` – ${site.name}` : "";
  return [
    { icon: "log", text: words.scene.slate, command: { name: "scene.override", args: { layout: "slate", panes: [] } } },
    { icon: "home", text: words.scene.venue, command: venue
      && { name: "scene.override", args: { layout: "solo", panes: [{ site: venue.site, source: "camera" }] } } },
    { icon: "screen", text: words.scene.selected + name, obstacle: "no_turn", command: site
      && { name: "scene.override", args: { layout: "solo", panes: [{ site: site.site, source: "camera" }] } } },
    { icon: "grid", text: words.scene.venueAndSelected + name, obstacle: site ? "is_venue" : "no_turn", command: venue && remote
      && { name: "scene.override", args: { layout: "side_by_side", panes: [
        { site: remote.site, source: "camera" }, { site: venue.site, source: "camera" }] } } },
    { icon: "content", text: words.scene.content + name, obstacle: site ? "no_content" : "no_turn", command: site?.has_content
      ? { name: "content.show", args: { site: site.site, shown: content !== site.site } } : undefined },
    { icon: "relay", text: words.actions.follow, obstacle: "follows", command: overridden ? { name: "scene.follow", args: {} } : undefined },
  ];
}

export function SceneChoice() {
  const words = useWords();
  const { actions, console, meeting, server } = useStore();
  const inHand = actions.siteInHand();
  const { content, overridden } = meeting.scene.value;
  const choices = choicesOf({
    venue: meeting.sitesInOrder.value.find((one) => one.kind === "main"),
    site: inHand === undefined ? undefined : meeting.site(inHand).value,
    content, overridden,
  }, words);
  const pick = (choice: Choice | undefined): void => {
    if (choice?.command) {
      console.closeDialog();
      server.give(choice.command);
    } else if (choice) {
      console.toast("note", choice.text, choice.obstacle ? words.obstacle[choice.obstacle] : words.notNow);
    }
  };
  const byNumber = (event: KeyboardEvent): void => {
    const choice = choices[Number(keyName(event)) - 1];
    if (choice && !event.repeat) {
      event.preventDefault(); // it is no key of the console here
      pick(choice);
    }
  };
  return (
    <Modal title={words.scene.heading} kind="scene">
      <div class={css.choices} onKeyDown={byNumber}>
        {choices.map((choice, index) => (
          <button key={choice.text} type="button" class={classes(button.button, button.wide)} disabled={!choice.command} data-focus={index === 0 ? true : undefined}
            onClick={() => pick(choice)}>
            <Icon name={choice.icon} /><span class={button.label}>{choice.text}</span><kbd>{index + 1}</kbd>
          </button>
        ))}
      </div>
    </Modal>
  );
}
