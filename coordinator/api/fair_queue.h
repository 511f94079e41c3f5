/*
 * A short queue that nobody can fill for others: whoever has several in it waits with each of them
 * behind the first, second … of everybody else; and where it is full, the last of who has the most
 * goes. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_API_FAIR_QUEUE_H
#define DIEMCAU_COORDINATOR_API_FAIR_QUEUE_H

#include <stddef.h>
#include <stdint.h>

enum { FAIR_QUEUE_MAX = 32 };

/* Embedded in whatever waits. */
struct fair_item {
	uint64_t owner; /* whose it is; set by the caller */
	size_t ahead; /* of the same owner, when it came */
};

/* All zeroes is an empty one. */
struct fair_queue {
	struct fair_item
		*items[FAIR_QUEUE_MAX + 1]; /* as they came; one more while one has to go */
	size_t count;
};

/* It waits now. Returns who has to go for it, itself perhaps; NULL: there is room. */
struct fair_item *fair_queue_enter(struct fair_queue *queue, struct fair_item *item);
/* Whose turn it is; it waits no longer. NULL: nobody waits. */
struct fair_item *fair_queue_next(struct fair_queue *queue);

#endif
