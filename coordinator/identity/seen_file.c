#include "coordinator/identity/seen_file.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "proto/codec/codec.h"

DEFINE_CLEANUP(char *, free)

int seen_file_write(const char *path, const struct seen_displays *seen)
{
	char *json = NULL;
	size_t size = 0;
	int r = msg_encode(&msg_seen_displays, seen, &json, &size);
	if (r == 0) {
		r = atomic_file_replace(path, json, size);
		msg_free(json);
	}
	return r;
}

int seen_file_load(const char *path, struct msg_arena *arena, struct seen_displays *ret_seen)
{
	char *json cleanup(free) = NULL;
	size_t size = 0;
	*ret_seen = (struct seen_displays){0};
	int r = atomic_file_read(path, &json, &size);
	if (r < 0) {
		return r == -ENOENT ? 0 : r;
	}
	r = msg_decode(&msg_seen_displays, json, size, arena, ret_seen, NULL);
	return r > 0 ? -EBADMSG : r;
}
