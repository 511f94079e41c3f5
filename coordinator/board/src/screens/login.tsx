// Signing in, on the pages that accounts open: the session is a cookie, and the page begins anew with it.
import { useRef, useState } from "preact/hooks";
import { login, type LoginFault } from "../net/session";
import type { ScreenDictionary } from "./words/dictionary";

export function Login({ words, hint }: { words: ScreenDictionary; hint: string }) {
  const account = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [fault, say] = useState<LoginFault | undefined>(undefined);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void login(account.current?.value.trim() ?? "", password.current?.value ?? "").then((who) => {
      if (typeof who === "string") {
        say(who);
      } else {
        location.reload();
      }
    });
  };
  return (
    <main class="login">
      <form onSubmit={submit}>
        <h1>{words.login.heading}</h1>
        {hint === "" ? null : <p>{hint}</p>}
        <label>{words.login.account}<input ref={account} name="account" required autocomplete="username" autocapitalize="none" spellcheck={false} /></label>
        <label>{words.login.password}<input ref={password} name="password" type="password" required autocomplete="current-password" /></label>
        <button type="submit" class="do">{words.login.enter}</button>
        <p role="alert">{fault === undefined ? "" : words.login[fault]}</p>
      </form>
    </main>
  );
}
