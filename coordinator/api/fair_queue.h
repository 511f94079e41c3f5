/*
 * A short fair queue: the n-th item of an owner waits behind the n-th of every other owner. Where
 * it is full, the owner with the most items loses its last. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_API_FAIR_QUEUE_H
#define DIEMCAU_COORDINATOR_API_FAIR_QUEUE_H

#include <stddef.h>
#include <stdint.h>

enum { FAIR_QUEUE_MAX = 32 };

/* Embedded in the waiting item. */
struct fair_item {
	uint64_t owner; /* set by the caller */
	size_t ahead; /* of the same owner, when it came */
};

/* All zeroes is an empty one. */
struct fair_queue {
	/* in order of arrival; one more during an eviction */
	struct fair_item *items[FAIR_QUEUE_MAX + 1];
	size_t count;
};

/* Add an item. Returns the one evicted for it, perhaps itself; NULL: there is room. */
struct fair_item *fair_queue_enter(struct fair_queue *queue, struct fair_item *item);
/* Remove and return the next item. NULL: empty. */
struct fair_item *fair_queue_next(struct fair_queue *queue);

#endif
