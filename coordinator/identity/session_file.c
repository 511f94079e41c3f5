#include "coordinator/identity/session_file.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "proto/codec/codec.h"

DEFINE_CLEANUP(char *, free)

int session_file_write(const char *path, const struct stored_sessions *stored)
{
	char *json = NULL;
	size_t size = 0;
	int r = msg_encode(&msg_stored_sessions, stored, &json, &size);
	if (r == 0) {
		r = atomic_file_replace(path, json, size);
		msg_free(json);
	}
	return r;
}

int session_file_load(const char *path, struct msg_arena *arena, struct stored_sessions *ret_stored)
{
	char *json cleanup(free) = NULL;
	size_t size = 0;
	*ret_stored = (struct stored_sessions){0};
	int r = atomic_file_read(path, &json, &size);
	if (r < 0) {
		return r == -ENOENT ? 0 : r;
	}
	r = msg_decode(&msg_stored_sessions, json, size, arena, ret_stored, NULL);
	return r > 0 ? -EBADMSG : r;
}

int session_file_read(const char *path, struct now now, struct sessions *sessions)
{
	struct msg_arena arena = {0};
	struct stored_sessions stored;
	int r = session_file_load(path, &arena, &stored);
	if (r == 0) {
		sessions_restore(sessions, &stored, now);
	}
	msg_arena_finish(&arena);
	return r;
}
