// A written opinion to chair and secretary, while the item under way takes any.
import type { OpinionBrief, PanelState } from "@protocol";
import { timeOfDay } from "../domain/format";
import { usePage } from "./page_state";
import { fate } from "./requests";

const TEXT_MAX = 1000;
const UNIT_MAX = 200;

function Form({ opinions }: { opinions: OpinionBrief }) {
  const page = usePage();
  const words = page.words.value.opinion;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    page.giveOpinion();
  };
  return (
    <form id="opinion-form" onSubmit={submit}>
      <label>{words.text}<textarea id="opinion-text" rows={4} maxLength={TEXT_MAX} value={page.opinion.text.value}
        onInput={(event) => { page.opinion.text.value = event.currentTarget.value; }} /></label>
      <label>{words.unit}<input id="opinion-unit" maxLength={UNIT_MAX} autocomplete="off" value={page.opinion.unit.value}
        onInput={(event) => { page.opinion.unit.value = event.currentTarget.value; }} /></label>
      <button type="submit" id="opinion-send" disabled={opinions.left === 0}>{words.send}</button>
      <p id="opinion-left">{words.left(opinions.left)}</p>
    </form>
  );
}

export function Opinion({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const words = page.words.value;
  const opinions = state?.opinions;
  if (!state || !opinions) {
    return null;
  }
  const isOfOpinion = (page.pressed.value ?? state.answered) === "give_opinion";
  return (
    <section id="opinion" aria-labelledby="opinion-title">
      <h2 id="opinion-title">{words.opinion.heading}</h2>
      {opinions.item === undefined ? null : <Form opinions={opinions} />}
      <p id="opinion-notice" role="status">{isOfOpinion ? fate(page, state) : ""}</p>
      <ol id="opinions-given">
        {opinions.given.map((one) => (
          <li key={one.opinion} data-state={one.state}><span class="time">{timeOfDay(one.at)}</span>
            <span>{one.begins} <small>{words.opinionStates[one.state]}{one.note === undefined ? "" : `: ${one.note}`}</small></span></li>
        ))}
      </ol>
    </section>
  );
}
