// The site page starts here.
import { render } from "preact";
import { PageContext, PageState } from "./page_state";
import { SitePage } from "./site_page";
import "./site_page.css";

const page = new PageState();
page.connect();
render(<PageContext.Provider value={page}><SitePage /></PageContext.Provider>, document.body);
