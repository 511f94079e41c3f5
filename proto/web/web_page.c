#include "proto/web/web_page.h"

#include <string.h>

const struct web_page *web_page_find(const struct web_page *pages, const char *path)
{
	if (path[0] == '\0') {
		path = "index.html";
	}
	for (const struct web_page *page = pages; page->path != NULL; page++) {
		if (strcmp(page->path, path) == 0) {
			return page;
		}
	}
	return NULL;
}
