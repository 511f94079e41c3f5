// Written opinions of sites: those in hand beside the floor, all of them in a box.
import { opinionsInHand, unreadOpinions } from "../../domain/opinions";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import chip from "../../ui/chip.module.css";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import { Modal } from "../../ui/modal";
import panel from "../../ui/panel.module.css";
import { OpinionRow } from "./opinion_row";
import css from "./opinions.module.css";

export function Opinions() {
  const words = useWords();
  const { console, meeting } = useStore();
  const inHand = useDerived(() => opinionsInHand(meeting.model.value), [meeting]);
  const unread = useDerived(() => unreadOpinions(meeting.model.value), [meeting]);
  const all = useDerived(() => meeting.model.value.opinions.size, [meeting]);
  if (all === 0) {
    return null;
  }
  return (
    <section class={classes(panel.panel, css.now)} id="panel-opinions" tabIndex={-1} aria-label={words.opinions.heading} data-unread={unread}>
      <header><h2><Icon name="pencil" />{words.opinions.heading}</h2>
        {unread > 0 ? <span class={classes(chip.chip, chip.info)} role="status">{words.opinions.unread(unread)}</span> : null}
        <button type="button" class={classes(button.button, button.quiet)} data-opinions onClick={() => { console.dialog.value = "opinions"; }}>{words.opinions.all(all)}</button></header>
      <ol class={css.list} aria-live="polite">{inHand.map((opinion) => <OpinionRow key={opinion.opinion} opinion={opinion} />)}</ol>
    </section>
  );
}

export function OpinionsBox() {
  const words = useWords();
  const { meeting } = useStore();
  const opinions = [...meeting.model.value.opinions.values()];
  return (
    <Modal title={words.opinions.heading} kind="opinions">
      {opinions.length === 0 ? <p data-focus tabIndex={-1}>{words.opinions.none}</p>
        : <ol class={css.box} data-focus tabIndex={-1}>{opinions.map((opinion) => <OpinionRow key={opinion.opinion} opinion={opinion} />)}</ol>}
    </Modal>
  );
}
