// The board starts here: ask who is signed in, then show the board or the login.
import { render } from "preact";
import "./ui/theme.css";
import "./ui/base.css";
import { App } from "./features/app/app";
import { whoAmI } from "./net/session";
import { createStore, StoreContext } from "./state/store";

async function start(root: HTMLElement): Promise<void> {
  const store = createStore();
  const who = await whoAmI();
  if (who) {
    store.server.connect(who);
  }
  render(<StoreContext.Provider value={store}><App /></StoreContext.Provider>, root);
}

const root = document.getElementById("app");
if (root) {
  void start(root);
}
