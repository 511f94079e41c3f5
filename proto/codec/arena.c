/* Chunks in a list, newest first; only the newest has room. */
#include "proto/codec/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 16384 };

struct msg_arena_chunk {
	struct msg_arena_chunk *older;
	size_t used;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

static void *(*take_memory)(size_t size) = malloc;
static void (*release_memory)(void *memory) = free;

void msg_set_allocator(void *(*take)(size_t size), void (*release)(void *memory))
{
	take_memory = take ? take : malloc;
	release_memory = release ? release : free;
}

void *msg_allocate(size_t size)
{
	return take_memory(size);
}

void msg_free(void *memory)
{
	if (memory) {
		release_memory(memory);
	}
}

static struct msg_arena_chunk *grow(struct msg_arena *arena, size_t size)
{
	size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
	struct msg_arena_chunk *chunk = msg_allocate(sizeof(*chunk) + room);

	if (!chunk) {
		return NULL;
	}
	chunk->older = arena->newest;
	chunk->used = 0;
	chunk->size = room;
	arena->newest = chunk;
	return chunk;
}

void *msg_arena_take(struct msg_arena *arena, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct msg_arena_chunk *chunk = arena->newest;

	if (size == 0 || size > SIZE_MAX / 2) {
		return NULL;
	}
	size = (size + unit - 1) / unit * unit;
	if (!chunk || chunk->size - chunk->used < size) {
		chunk = grow(arena, size);
		if (!chunk) {
			return NULL;
		}
	}
	void *taken = chunk->bytes + chunk->used;
	chunk->used += size;
	return memset(taken, 0, size);
}

static void release_from(struct msg_arena_chunk *chunk)
{
	while (chunk) {
		struct msg_arena_chunk *older = chunk->older;

		msg_free(chunk);
		chunk = older;
	}
}

void msg_arena_reset(struct msg_arena *arena)
{
	struct msg_arena_chunk *first = arena->newest;

	if (!first) {
		return;
	}
	release_from(first->older);
	first->older = NULL;
	first->used = 0;
	if (first->size > CHUNK_SIZE) {
		msg_arena_finish(arena);
	}
}

void msg_arena_finish(struct msg_arena *arena)
{
	release_from(arena->newest);
	arena->newest = NULL;
}
