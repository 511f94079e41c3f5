/*
 * An arena: many small allocations, one release.
 *
 * Decoded messages store their long arrays here. An arena of all zero bytes is ready for use and
 * allocates on first need; its declarer owns it, and one thread at a time may use it.
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
 * Zeroed memory for any type, valid until reset or finish. NULL if there is none left (or size is
 * 0).
 */
void *msg_arena_take(struct msg_arena *arena, size_t size);

/* Frees all allocations, keeping one chunk for the next message. */
void msg_arena_reset(struct msg_arena *arena);

/* Frees all memory; the arena may be used again. */
void msg_arena_finish(struct msg_arena *arena);

/*
 * The allocator of arenas, encoded texts and the JSON library, for the whole process; tests count
 * and fail allocations through it. NULL, NULL means malloc and free. Not while an arena, text or
 * decode is in use.
 */
void msg_set_allocator(void *(*take)(size_t size), void (*release)(void *memory));
void *msg_allocate(size_t size);
void msg_free(void *memory);

#endif
