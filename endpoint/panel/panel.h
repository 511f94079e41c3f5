/*
 * The page of a site, served on loopback to the person at the machine.
 *
 * Its URL holds a secret drawn at every start, so that no other user of the machine and no page of
 * the web can connect; Host and Origin are checked as well (a name that was made to resolve to
 * 127.0.0.1 is refused). The page shows a panel_state, always the whole of it, and sends
 * panel_requests. Runs inside the program's GLib loop.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_PANEL_H
#define DIEMCAU_ENDPOINT_PANEL_PANEL_H

#include <stddef.h>
#include <stdio.h>

#include "panel_msg.h"

enum {
	PANEL_SECRET_BYTES = 16,
	PANEL_URL_SIZE = 96,
	PANEL_VIEWERS_MAX = 8, /* pages open at one time */
	PANEL_REQUEST_MAX = 16 * 1024, /* bytes of one message of a page: names of delegates */
	PANEL_PATH_SIZE = 4096, /* of a file on this machine */
};

struct panel;

/* A file that a page brings, while it comes. */
struct panel_bring {
	struct kept_paper paper; /* what it is */
	FILE *file; /* written to */
	void *held; /* the program's */
};

/* What a page asks of the program, checked against the schema. */
struct panel_events {
	void (*on_request)(void *user, const struct panel_request *request);
	/* Somebody opens a handed file: where it is, and what it is called. 0 or a negative errno.
	 */
	int (*on_open)(void *user, const char *digest, char path[PANEL_PATH_SIZE],
		char name[DISPLAY_NAME_SIZE]);
	/* A file begins to come: sets file and held. 0 or a refusal. */
	int (*on_bring)(void *user, struct panel_bring *bring);
	/* All of it is in the file, or the page is gone. 0 or a refusal. */
	int (*on_brought)(void *user, struct panel_bring *bring);
	void (*on_given_up)(void *user, struct panel_bring *bring);
};

/*
 * port 0: any free one. loop is the GMainLoop of the program. events must outlive the panel.
 * 0; -EADDRINUSE if the port is taken, or another errno of the socket; -ENOMEM. The caller calls
 * panel_destroy, which takes NULL.
 */
int panel_create(unsigned port, void *loop, const struct panel_events *events, void *user,
	struct panel **ret_panel);
void panel_destroy(struct panel *panel);

/* "http://127.0.0.1:PORT/SECRET/". Borrowed. */
const char *panel_url(const struct panel *panel);

/* Shows this state from now on. If it is equal to the present one, nothing is sent. */
void panel_show(struct panel *panel, const struct panel_state *state);

#endif
