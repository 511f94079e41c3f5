/*
 * The watchers: viewers, of whom there may be thousands, all told the same. What they are to be
 * told is kept once; each has a place in it. Some are served in each round, after everybody else,
 * so that whoever wants something waits for a few of them only.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_VIEWERS_H
#define DIEMCAU_COORDINATOR_PEERS_VIEWERS_H

#include "coordinator/peers/clients.h"

enum { VIEWERS_BACKLOG_MAX = 64 }; /* tellings that some watcher may still have to hear */

/* All zeroes is an empty one. */
struct viewers {
	struct shared_buf *kept[VIEWERS_BACKLOG_MAX]; /* by number */
	uint64_t told; /* how many tellings there were */
	uint64_t heard; /* by everybody: all up to here */
	uint64_t aim; /* how many there were when this pass began */
	struct client *at; /* whose turn it is in this pass; NULL: none goes on */
	int64_t seq; /* the last event number they were told of */
};

void viewers_finish(struct viewers *viewers);

/* This client watches from now on. What it has to know already, it has been told. */
void viewers_join(struct viewers *viewers, struct clients *clients, struct client *client);
/* Before it is removed from the clients. Any client. */
void viewers_leave(struct viewers *viewers, struct client *client);

/* Have all of them told, and with it that `seq` has passed. */
void viewers_tell(
	struct viewers *viewers, struct clients *clients, int64_t seq, struct shared_buf *payload);

/* Have as many of them told as one round tells; more rounds are asked for until all have heard. */
void viewers_serve(struct viewers *viewers, struct clients *clients, struct ws *ws);

#endif
