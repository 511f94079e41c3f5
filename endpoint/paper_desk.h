/*
 * Between the courier of a site and the rest of its program: what the page shows and asks of files,
 * and what the centre is told of them. Without a folder there is no courier, and all is nothing.
 */
#ifndef DIEMCAU_ENDPOINT_PAPER_DESK_H
#define DIEMCAU_ENDPOINT_PAPER_DESK_H

#include "endpoint/panel/panel.h"
#include "endpoint/papers/courier.h"
#include "endpoint/session.h"

/* Begin with all bytes zero. */
struct paper_desk {
	struct courier *courier;
	struct courier_shelf shelf;
};

/* 0 or a negative errno; finish takes one that did not begin. */
int paper_desk_init(struct paper_desk *desk, const struct join *join, const char *folder);
void paper_desk_finish(struct paper_desk *desk);

/*
 * Lets the courier work while the session is up. What the centre is to be told becomes actions.
 */
void paper_desk_tick(
	struct paper_desk *desk, struct ep_session *session, struct ep_actions *ret_actions);
/* Pointers of the page are into the desk, valid until it is shown again. */
void paper_desk_show(struct paper_desk *desk, struct panel_state *page);

/* As panel_events has them. */
int paper_desk_open(struct paper_desk *desk, const char *digest, char path[PANEL_PATH_SIZE],
	char name[DISPLAY_NAME_SIZE]);
int paper_desk_bring(struct paper_desk *desk, struct panel_bring *bring);
int paper_desk_brought(struct paper_desk *desk, struct panel_bring *bring);
void paper_desk_given_up(struct panel_bring *bring);

#endif
