/*
 * The viewers, of which there may be thousands, all sent the same. The backlog of broadcasts is
 * stored once; each viewer has a position in it. Some are served in each round, after all others,
 * so that other clients wait for a few of them only.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_VIEWERS_H
#define DIEMCAU_COORDINATOR_PEERS_VIEWERS_H

#include "coordinator/peers/clients.h"

enum { VIEWERS_BACKLOG_MAX = 64 }; /* broadcasts that some viewer may not have yet */

/* All zeroes is an empty one. */
struct viewers {
	struct shared_buf *backlog[VIEWERS_BACKLOG_MAX]; /* by number */
	uint64_t n_broadcasts; /* number of broadcasts so far */
	uint64_t n_sent_to_all; /* sent to all viewers up to here */
	uint64_t pass_end; /* their number when this pass began */
	struct client *next_in_pass; /* the next one in this pass; NULL: no pass */
	int64_t seq; /* the last event number sent to them */
};

void viewers_finish(struct viewers *viewers);

/* Makes this client a viewer. It has got everything up to now. */
void viewers_join(struct viewers *viewers, struct clients *clients, struct client *client);
/* It has been told everything up to now by another way. */
void viewers_skip(const struct viewers *viewers, struct client *client);
/* Before it is removed from the clients. Any client. */
void viewers_leave(struct viewers *viewers, struct client *client);

/* Queue a broadcast for all of them, with `seq` as the last event number. */
void viewers_broadcast(
	struct viewers *viewers, struct clients *clients, int64_t seq, struct shared_buf *payload);

/* Serve as many of them as one round may; requests more rounds until all have everything. */
void viewers_serve(struct viewers *viewers, struct clients *clients, struct ws *ws);

#endif
