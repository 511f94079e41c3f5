/*
 * One file that a page brings over a websocket of its own: first a kept_paper that says what it is,
 * then its bytes in binary messages; the answer is one paper_kept. Without sockets.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_INCOMING_PAPER_H
#define DIEMCAU_ENDPOINT_PANEL_INCOMING_PAPER_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/panel/panel.h"

/* Begin with all bytes zero. */
struct incoming_paper {
	struct panel_bring bring;
	bool begun; /* the program keeps what comes */
	bool over; /* the answer is known */
	struct paper_kept answer;
	uint64_t got; /* bytes of the file */
	size_t asked; /* bytes of the first message */
	char ask[PANEL_REQUEST_MAX];
};

/* A part of a message, as the library has it. */
struct incoming_part {
	const char *bytes;
	size_t size;
	bool is_binary;
	bool is_last; /* the message ends with it */
};

/* 0; -EBADMSG: it is not from our page. `over` tells whether the answer is to be sent. */
int incoming_paper_take(struct incoming_paper *paper, const struct panel_events *events, void *user,
	const struct incoming_part *part);
/* The page is gone: what is not whole is given up. */
void incoming_paper_lost(
	struct incoming_paper *paper, const struct panel_events *events, void *user);

#endif
