// Account and password.
import { useState } from "preact/hooks";
import { login, type LoginFault } from "../../net/session";
import { useStore, useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import { formText } from "../../ui/form_text";
import css from "./login.module.css";

export function LoginForm({ titleId }: { titleId: string }) {
  const words = useWords();
  const { server } = useStore();
  const [fault, setFault] = useState<LoginFault | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setBusy(true);
    const answer = await login(formText(form, "account").trim(), formText(form, "password"));
    setBusy(false);
    if (typeof answer === "string") {
      setFault(answer);
      form.querySelector<HTMLInputElement>("[name=password]")?.select();
    } else {
      server.connect(answer);
    }
  };
  return (
    <form class={css.form} onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <label>{words.login.account}
        <input name="account" autocomplete="username" required autofocus spellcheck={false} autocapitalize="none"
          defaultValue={server.session.value?.account} /></label>
      <label>{words.login.password}<input name="password" type="password" autocomplete="current-password" required /></label>
      <p class={css.fault} role="alert">{fault ? words.login[fault] : ""}</p>
      <button type="submit" class={classes(button.button, button.primary, button.wide)} disabled={busy}>{words.login.enter}</button>
    </form>
  );
}
