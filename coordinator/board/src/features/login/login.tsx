// Who is there? Asked before the board is shown, and again over it when the session has ended.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { connect, link, session } from "../../state/board";
import { useWatch } from "../../state/observable";
import { login, type LoginFault } from "../../net/session";
import { useWords } from "../../state/words";
import { LanguageButton, ThemeButton } from "../../ui/switches";

function fieldText(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "");
}

function LoginForm({ titleId }: { titleId: string }) {
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
    <form onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <label>{words.login.account}
        <input name="account" autocomplete="username" required autofocus spellcheck={false} autocapitalize="none"
          defaultValue={session.get()?.account} /></label>
      <label>{words.login.password}<input name="password" type="password" autocomplete="current-password" required /></label>
      <p class="fault" role="alert">{fault ? words.login[fault] : ""}</p>
      <button type="submit" class="button primary wide" disabled={busy}>{words.login.enter}</button>
    </form>
  );
}

export function Login() {
  const words = useWords();
  return (
    <main class="login">
      <div class="login-card">
        <div class="login-brand"><img src="/icon.svg" alt="" width="40" height="40" /><span>{words.product}</span></div>
        <h1 id="login-title">{words.login.title}</h1>
        <LoginForm titleId="login-title" />
      </div>
      <div class="login-switches"><LanguageButton /><ThemeButton /></div>
    </main>
  );
}

/** The session ended while the board was open: it stays in view. */
export function LoginAgain() {
  const words = useWords();
  const ended = useWatch(link, (state) => state.phase === "refused" && state.code === "unauthorised");
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (ended) {
      dialog.current?.showModal();
      dialog.current?.querySelector<HTMLElement>(session.get() ? "[name=password]" : "[name=account]")?.focus();
    }
  }, [ended]);
  if (!ended) {
    return null;
  }
  return (
    <dialog ref={dialog} class="dialog again" aria-labelledby="again-title" onClose={() => dialog.current?.showModal()}>
      <header><h2 id="again-title">{words.login.again}</h2></header>
      <LoginForm titleId="again-title" />
    </dialog>
  );
}
