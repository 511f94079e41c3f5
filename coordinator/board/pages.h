/*
 * The board as it is served: the files of the web application, embedded in the program.
 *
 * The bytes live as long as the program; nobody frees them. With -DDIEMCAU_BOARD=OFF there is no
 * file at all and every lookup gives NULL.
 */
#ifndef DIEMCAU_COORDINATOR_BOARD_PAGES_H
#define DIEMCAU_COORDINATOR_BOARD_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct brd_page {
	const char *path; /* as in the request, "/assets/board-XXXXXXXX.js" */
	const char *type; /* Content-Type, with its charset */
	const char *etag; /* quotes included (RFC 9110, 8.8.3) */
	const uint8_t *bytes;
	size_t size;
	bool immutable; /* the name changes with the content: may be cached for ever */
};

/* The file of a request path; "/" is the board. NULL: there is none. */
const struct brd_page *brd_page_find(const char *path);

#endif
