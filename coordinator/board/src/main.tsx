// The board starts here: ask who is signed in, then show the board or the login.
import { render } from "preact";
import { connect } from "./state/board";
import { App } from "./features/app/app";
import { whoAmI } from "./net/session";

async function start(root: HTMLElement): Promise<void> {
  const who = await whoAmI();
  if (who) {
    connect(who);
  }
  render(<App />, root);
}

const root = document.getElementById("app");
if (root) {
  void start(root);
}
