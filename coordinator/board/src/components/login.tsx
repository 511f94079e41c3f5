// Who is there? Shown until the coordinator knows.
import { useState } from "preact/hooks";
import { connect } from "../board";
import { login, type LoginFault } from "../session";
import { useWords } from "../words";
import { LanguageButton, ThemeButton } from "./switches";

function fieldText(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "");
}

export function Login() {
  const words = useWords();
  const [fault, setFault] = useState<LoginFault | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setBusy(true);
    const answer = await login(fieldText(form, "account").trim(), fieldText(form, "password"));
    setBusy(false);
    if (typeof answer === "string") {
      setFault(answer);
      form.querySelector<HTMLInputElement>("[name=password]")?.select();
    } else {
      connect(answer);
    }
  };
  return (
    <main class="login">
      <form onSubmit={(event) => void submit(event)} aria-labelledby="login-title">
        <div class="login-brand"><img src="/icon.svg" alt="" width="40" height="40" /><span>{words.product}</span></div>
        <h1 id="login-title">{words.login.title}</h1>
        <label>{words.login.account}<input name="account" autocomplete="username" required autofocus spellcheck={false} autocapitalize="none" /></label>
        <label>{words.login.password}<input name="password" type="password" autocomplete="current-password" required /></label>
        <p class="fault" role="alert">{fault ? words.login[fault] : ""}</p>
        <button type="submit" class="button primary wide" disabled={busy}>{words.login.enter}</button>
      </form>
      <div class="login-switches"><LanguageButton /><ThemeButton /></div>
    </main>
  );
}
