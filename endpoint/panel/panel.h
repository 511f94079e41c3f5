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

#include "panel_msg.h"

enum {
	PANEL_SECRET_BYTES = 16,
	PANEL_URL_SIZE = 96,
	PANEL_VIEWERS_MAX = 8, /* pages open at one time */
	PANEL_REQUEST_MAX = 4096, /* bytes of one message of a page */
};

struct panel;

/* A request of a page, checked against the schema. */
typedef void panel_requested(void *user, const struct panel_request *request);

/*
 * port 0: any free one. loop is the GMainLoop of the program. 0; -EADDRINUSE if the port is taken,
 * or another errno of the socket; -ENOMEM. The caller calls panel_destroy, which takes NULL.
 */
int panel_create(unsigned port, void *loop, panel_requested *on_panel_request, void *user,
	struct panel **ret_panel);
void panel_destroy(struct panel *panel);

/* "http://127.0.0.1:PORT/SECRET/". Borrowed. */
const char *panel_url(const struct panel *panel);

/* Shows this state from now on. If it is equal to the present one, nothing is sent. */
void panel_show(struct panel *panel, const struct panel_state *state);

#endif
