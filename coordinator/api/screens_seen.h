/*
 * When the screens of display links were seen last: looked at every other second, kept on disk by
 * the worker whenever a link's first screen comes or its last one goes, and each minute between.
 * On the loop's thread.
 */
#ifndef DIEMCAU_COORDINATOR_API_SCREENS_SEEN_H
#define DIEMCAU_COORDINATOR_API_SCREENS_SEEN_H

#include "coordinator/engine/engine.h"
#include "coordinator/host/worker.h"
#include "coordinator/identity/identity.h"
#include "coordinator/peers/clients.h"

enum { SCREENS_SEEN_PATH_SIZE = 1024 };

struct screen_seen {
	struct seen_display last;
	bool open; /* one is connected */
};

/* All zeroes except the borrowed members: nobody was ever seen. */
struct screens_seen {
	struct engine *engine; /* borrowed, like the next three */
	const struct clients *clients;
	struct identity_registry *registry;
	struct worker *worker;
	char path[SCREENS_SEEN_PATH_SIZE];
	struct screen_seen list[IDENTITY_DISPLAYS_MAX];
	size_t n;
	struct instant written; /* when it was last given to the disk */
	bool stale; /* a link was opened or left since then */
	bool writing; /* the worker has it */
	int fault; /* of the last writing; 0 or a negative errno */
};

/* At the start, once there is a clock: reads what is on disk in this folder. */
void screens_seen_resume(struct screens_seen *seen, const char *dir);
/* Looks who is connected, and writes what is due. Call periodically. */
void screens_seen_review(struct screens_seen *seen);
/* Looks once more and writes, at the end, after the worker: waits for the disk. */
void screens_seen_finish(struct screens_seen *seen);

/* When a screen of the link of this digest was connected last; false: never. */
bool screens_seen_of(const struct screens_seen *seen, const char *digest, struct stamp *ret_seen);

#endif
