// Awards and signatures of the active item, stepped one by one: the list, with the one that is shown marked.
import type { ActState, WireActView } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { actsOf } from "../../domain/queries";
import type { Dictionary } from "../../i18n/dictionary";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { ActionButton } from "../../ui/action_button";
import { classes } from "../../ui/classes";
import { Icon, type IconName } from "../../ui/icon";
import panel from "../../ui/panel.module.css";
import css from "./ceremony.module.css";

const STATE_ICONS: Readonly<Record<ActState, IconName>> = { waiting: "clock", shown: "take", done: "check", skipped: "skip" };

function about(act: WireActView, words: Dictionary): string {
  return [act.recipient && words.recipient[act.recipient], act.office, act.award, act.giver && words.ceremony.by(act.giver)]
    .filter((part) => part !== undefined).join(" · ");
}

function ActRow({ act, place }: { act: WireActView; place: number }) {
  const words = useWords();
  const { meeting } = useStore();
  return (
    <li class={css.act} data-act={act.act} data-state={act.state} aria-current={act.state === "shown" ? "step" : undefined}>
      <span class={css.place}><Icon name={STATE_ICONS[act.state]} label={words.actState[act.state]} />{place}</span>
      <span class={css.name}><b>{act.name}</b><small>{about(act, words)}</small></span>
      <span class={css.time}>{act.shown === undefined ? null : meeting.timeOf(act.shown)}</span>
    </li>
  );
}

/** What a step forward shows. */
function Next({ acts }: { acts: readonly WireActView[] }) {
  const words = useWords();
  const { meeting } = useStore();
  const { shown, next } = meeting.ceremony.value;
  const name = acts.find((act) => act.act === next)?.name;
  const begun = acts.some((act) => act.state !== "waiting");
  return (
    <p class={css.next} aria-live="polite">
      {shown !== undefined ? null : begun ? next === undefined ? <>{words.ceremony.over} </> : null : <>{words.ceremony.notBegun} </>}
      {name === undefined ? words.ceremony.nothingNext : <>{words.ceremony.next} <b>{name}</b></>}
    </p>
  );
}

function Panel() {
  const words = useWords();
  const { meeting, server } = useStore();
  const { item, shown, over, total } = meeting.ceremony.value;
  const acts = useDerived(() => actsOf(meeting.model.value, item), [meeting, item]);
  const kind = meeting.activeItem.value?.kind === "signing" ? "signing" : "awards";
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    box.current?.querySelector("[data-state=shown]")?.scrollIntoView({ block: "center" });
  }, [shown]);
  return (
    <section class={classes(panel.panel, css.ceremony)} id="panel-ceremony" tabIndex={-1} aria-label={words.ceremony[kind]}>
      <header><h2><Icon name="list" />{words.ceremony[kind]}</h2>
        <span class="dim" data-counted>{words.ceremony.counted(over ?? 0, total ?? 0)}</span></header>
      <ol ref={box} class={css.acts} tabIndex={0} data-first data-keys="own">
        {acts.map((act, index) => <ActRow key={act.act} act={act} place={index + 1} />)}
      </ol>
      <Next acts={acts} />
      {server.mayCommand("act.show")
        ? <div class={classes(panel.buttons, css.steps)}>
          <ActionButton id="step_forward" icon="next" tone="primary" text={words.ceremony.forward} />
          <ActionButton id="step_back" icon="undo" text={words.ceremony.back} />
          <ActionButton id="skip_act" icon="skip" text={words.ceremony.passOver} />
        </div> : null}
    </section>
  );
}

/** While the active item has acts. */
export function Ceremony() {
  const { meeting } = useStore();
  return meeting.ceremony.value.item === undefined ? null : <Panel />;
}
