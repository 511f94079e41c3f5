/* Lookup in the table that embed.py made. */
#include "coordinator/board/pages.h"

#include <string.h>

#include "coordinator/board/table.h"

const struct brd_page *brd_page_find(const char *path)
{
	if (strcmp(path, "/") == 0) {
		path = "/index.html";
	}
	for (const struct brd_page *page = brd_pages; page->path != NULL; page++) {
		if (strcmp(page->path, path) == 0) {
			return page;
		}
	}
	return NULL;
}
