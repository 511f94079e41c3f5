/* Finding an embedded file. */
#include "endpoint/panel/panel_files.h"

#include <string.h>

#include "endpoint/panel/embedded.h"

static const struct panel_file pages[] = {
	{"", "text/html; charset=utf-8", page_index_html, &page_index_html_size},
	{"panel.css", "text/css; charset=utf-8", page_panel_css, &page_panel_css_size},
	{"panel.js", "text/javascript; charset=utf-8", page_panel_js, &page_panel_js_size},
	{"words.js", "text/javascript; charset=utf-8", page_words_js, &page_words_js_size},
};

const struct panel_file *panel_file_find(const char *name)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(pages[i].name, name) == 0) {
			return &pages[i];
		}
	}
	return NULL;
}
