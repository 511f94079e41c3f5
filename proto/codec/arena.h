/*
 * An arena: many small allocations, one release.
 *
 * Decoded messages keep their long arrays here. An arena made of zeroes is ready for use, takes
 * memory on first need, and is owned by whoever declared it; one thread at a time may use it.
 *
 *	struct msg_arena arena = {0};
 *	msg_decode(&msg_plan, json, size, &arena, &plan, &error);
 *	...                              plan's arrays live here
 *	msg_arena_finish(&arena);
 */
#ifndef DIEMCAU_PROTO_CODEC_ARENA_H
#define DIEMCAU_PROTO_CODEC_ARENA_H

#include <stddef.h>

struct msg_arena_chunk;

struct msg_arena {
	struct msg_arena_chunk *newest;
};

/*
 * Zeroed memory for any type, good until reset or finish. NULL when there is none left (or size
 * is 0).
 */
void *msg_arena_take(struct msg_arena *arena, size_t size);

/* Forget everything taken, keeping one chunk for the next message. */
void msg_arena_reset(struct msg_arena *arena);

/* Give all memory back; the arena may be used again. */
void msg_arena_finish(struct msg_arena *arena);

/*
 * The allocator behind arenas, encoded texts and the JSON library, for the whole process; tests
 * count and fail allocations through it. NULL, NULL means malloc and free. Not while any arena,
 * text or decode is alive.
 */
void msg_set_allocator(void *(*take)(size_t size), void (*release)(void *memory));
void *msg_allocate(size_t size);
void msg_free(void *memory);

#endif
