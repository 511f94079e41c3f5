#include "coordinator/api/fair_queue.h"

#include <string.h>

static struct fair_item *take_out(struct fair_queue *queue, size_t at)
{
	struct fair_item *taken = queue->items[at];
	queue->count--;
	memmove(&queue->items[at], &queue->items[at + 1], (queue->count - at) * sizeof(taken));
	return taken;
}

static size_t last_of_most(const struct fair_queue *queue)
{
	size_t found = 0;
	for (size_t i = 1; i < queue->count; i++) {
		found = queue->items[i]->ahead >= queue->items[found]->ahead ? i : found;
	}
	return found;
}

struct fair_item *fair_queue_enter(struct fair_queue *queue, struct fair_item *item)
{
	item->ahead = 0;
	for (size_t i = 0; i < queue->count; i++) {
		item->ahead += queue->items[i]->owner == item->owner;
	}
	queue->items[queue->count++] = item;
	return queue->count > FAIR_QUEUE_MAX ? take_out(queue, last_of_most(queue)) : NULL;
}

struct fair_item *fair_queue_next(struct fair_queue *queue)
{
	if (queue->count == 0) {
		return NULL;
	}
	size_t found = 0;
	for (size_t i = 1; i < queue->count; i++) {
		found = queue->items[i]->ahead < queue->items[found]->ahead ? i : found;
	}
	return take_out(queue, found);
}
