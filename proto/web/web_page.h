/*
 * Files of a web page that embed.py has put into the program, as tables.
 *
 * The bytes live as long as the program; nobody frees them. A table ends with an entry whose path
 * is NULL; with -DDIEMCAU_BOARD=OFF that is its only one, and every lookup gives NULL.
 */
#ifndef DIEMCAU_PROTO_WEB_WEB_PAGE_H
#define DIEMCAU_PROTO_WEB_WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct web_page {
	const char *path; /* below the address of the page itself, "assets/board-XXXXXXXX.js" */
	const char *type; /* Content-Type, with its charset */
	const char *etag; /* quotes included (RFC 9110, 8.8.3) */
	const uint8_t *bytes;
	size_t size;
	bool immutable; /* the name changes with the content: may be cached for ever */
};

/* The file of a path in a table; "" is index.html. NULL: there is none. */
const struct web_page *web_page_find(const struct web_page *pages, const char *path);

#endif
