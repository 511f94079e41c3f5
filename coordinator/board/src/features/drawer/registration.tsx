// What a site has registered and who has come, entered at the centre where the site cannot.
import type { RegisteredPeople, SitePeople, ToldRegistration, WireSiteView } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import { registeredPeople } from "../../net/registered_people";
import { AttendForm, type Attended } from "../../registration/attend_form";
import { RegisterForm, type Registered } from "../../registration/register_form";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import css from "./registration.module.css";

const NOBODY: SitePeople = { technician: "", contact: "", delegates: "" };

/** Asked for anew whenever the site has registered anew. */
function usePeople(site: WireSiteView, stamp: number): RegisteredPeople | undefined {
  const [people, setPeople] = useState<RegisteredPeople>();
  useEffect(() => {
    let left = false;
    void registeredPeople(site.site).then((told) => { if (!left) { setPeople(told); } });
    return () => { left = true; };
  }, [site.site, stamp]);
  return people?.site === site.site ? people : undefined;
}

function Forms({ site, told }: { site: WireSiteView; told: ToldRegistration }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const off = !server.live.value;
  const register = ({ venue, chair, delegates, people }: Registered): void => {
    server.give({ name: "site.register", args: { site: site.site, venue, chair, delegates: [...delegates], people } });
  };
  const attend = ({ presence, reason, people }: Attended): void => {
    server.give({ name: "site.attend", args: {
      site: site.site, delegates: [...presence], ...(reason === "" ? {} : { reason }), ...(people === undefined ? {} : { people }),
    } });
  };
  return (
    <>
      <details><summary>{words.registration.heading}</summary>
        <RegisterForm key={`${site.site}/${told.registered ?? 0}`} id="register" told={told} words={words.registration} off={off} send={register} /></details>
      {meeting.state.value === "draft" ? null : <details><summary>{words.registration.attendance}</summary>
        <AttendForm key={`${site.site}/${told.registered ?? 0}/${told.attended ?? 0}`} id="attend" told={told} words={words.registration} off={off} send={attend} /></details>}
    </>
  );
}

/** Of whom whom-to-ring is shown; the form waits for the people, or it would erase them. */
export function Registration({ site }: { site: WireSiteView }) {
  const words = useWords();
  const { meeting, server } = useStore();
  const view = useDerived(() => meeting.model.value.registrations.get(site.site), [meeting, site.site]);
  const people = usePeople(site, Math.max(view?.registered ?? 0, view?.attended ?? 0));
  const terms = meeting.info.value.preparation?.registration;
  if (!terms || site.kind === "player" || !server.maySee("site.contact_given")) {
    return null;
  }
  const told: ToldRegistration = {
    terms, may_register: true, may_attend: true, venue: site.venue ?? "", chair: site.chair ?? "",
    delegates: view?.delegates ?? [], presence: view?.presence ?? [], people: people?.people ?? NOBODY,
    ...(view?.registered === undefined ? {} : { registered: view.registered }),
    ...(view?.attended === undefined ? {} : { attended: view.attended }),
    ...(view?.reason === undefined ? {} : { reason: view.reason }),
  };
  const { technician, contact } = told.people;
  return (
    <section class={css.registration} data-registration={view?.registered === undefined ? "missing" : view.late ? "late" : "in"}><h3>{words.registration.heading}</h3>
      <p>{view?.registered === undefined ? words.registration.missing : words.registration.registered(meeting.timeOf(view.registered))}
        {view?.late ? <b class="warn"> {words.registrations.late}</b> : null}</p>
      {view ? <p data-counts>{view.delegates.map((one) => `${one.category}: ${one.count}`).join(" · ")}</p> : null}
      {technician + contact === "" ? null : <p data-people>{[technician, contact].filter((one) => one !== "").join(" · ")}</p>}
      {people?.forgotten === undefined ? null : <p class="dim">{words.registrations.forgotten}</p>}
      {people && server.mayCommand("site.register") ? <Forms site={site} told={told} /> : null}
    </section>
  );
}
