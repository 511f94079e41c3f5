/* Finding an embedded file. */
#include "endpoint/panel/pages.h"

#include <string.h>

#include "panel_pages.inc"

static const struct page pages[] = {
	{"", "text/html; charset=utf-8", page_index_html, sizeof(page_index_html)},
	{"panel.css", "text/css; charset=utf-8", page_panel_css, sizeof(page_panel_css)},
	{"panel.js", "text/javascript; charset=utf-8", page_panel_js, sizeof(page_panel_js)},
	{"words.js", "text/javascript; charset=utf-8", page_words_js, sizeof(page_words_js)},
};

const struct page *page_find(const char *name)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(pages[i].name, name) == 0) {
			return &pages[i];
		}
	}
	return NULL;
}
