// What the site registers with the centre, and who has come.
import type { PanelState, ToldRegistration } from "@protocol";
import { AttendForm } from "../registration/attend_form";
import { RegisterForm } from "../registration/register_form";
import { usePage } from "./page_state";
import { fate, isOfRegistration } from "./requests";

function moment(stamp: number, language: string): string {
  return new Date(stamp).toLocaleString(language === "vi" ? "vi-VN" : "en-GB", { dateStyle: "short", timeStyle: "short" });
}

function Register({ told }: { told: ToldRegistration }) {
  const page = usePage();
  const words = page.words.value.registration;
  const at = (stamp: number): string => moment(stamp, page.words.value.language);
  return (
    <details id="register" open={told.registered === undefined}>
      <summary><h2>{words.heading}{told.due === undefined || told.registered !== undefined ? "" : ` (${words.due(at(told.due))})`}</h2></summary>
      <p data-registered={told.registered === undefined ? undefined : true}>{told.registered === undefined ? words.missing : words.registered(at(told.registered))}</p>
      <RegisterForm key={told.registered} id="register" told={told} words={words} send={(what) => { page.press({ action: "register", ...what, delegates: [...what.delegates] }); }} />
    </details>
  );
}

function Attend({ told }: { told: ToldRegistration }) {
  const page = usePage();
  const words = page.words.value.registration;
  return (
    <details id="attend" open={told.attended === undefined}>
      <summary><h2>{words.attendance}</h2></summary>
      <p data-attended={told.attended === undefined ? undefined : true}>{told.attended === undefined ? words.notAttended : words.attended(moment(told.attended, page.words.value.language))}</p>
      <AttendForm key={`${told.registered ?? 0}/${told.attended ?? 0}`} id="attend" told={told} words={words} send={({ presence, reason, people }) => {
        page.press({ action: "attend", presence: [...presence], ...(reason === "" ? {} : { text: reason }), ...(people === undefined ? {} : { people }) });
      }} />
    </details>
  );
}

export function Registration({ state }: { state: PanelState | undefined }) {
  const page = usePage();
  const told = state?.registration;
  if (!state || !told || !(told.may_register || told.may_attend)) {
    return null;
  }
  return (
    <section id="registration" aria-label={page.words.value.registration.heading}>
      {told.may_attend ? <Attend told={told} /> : null}
      {told.may_register ? <Register told={told} /> : null}
      <p id="registration-notice" role="status">{isOfRegistration(page, state) ? fate(page, state) : ""}</p>
    </section>
  );
}
