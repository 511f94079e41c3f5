// Who is there? Asked before the board is shown.
import { useWords } from "../../state/store";
import { LanguageButton, ThemeButton } from "../../ui/switches";
import { LoginForm } from "./login_form";
import css from "./login.module.css";

export function Login() {
  const words = useWords();
  return (
    <main class={css.login}>
      <div class={css.card}>
        <div class={css.brand}><img src="/icon.svg" alt="" width="40" height="40" /><span>{words.product}</span></div>
        <h1 id="login-title">{words.login.title}</h1>
        <LoginForm titleId="login-title" />
      </div>
      <div class={css.switches}><LanguageButton /><ThemeButton /></div>
    </main>
  );
}
