#include "coordinator/identity/kept.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/identity/store.h"
#include "proto/codec.h"

DEFINE_CLEANUP(char *, free)

int kept_write(const char *path, const struct kept_sessions *kept)
{
	char *json = NULL;
	size_t size = 0;
	int fault = msg_encode(&msg_kept_sessions, kept, &json, &size);
	if (fault == 0) {
		fault = store_replace(path, json, size);
		msg_free(json);
	}
	return fault;
}

int kept_read(const char *path, struct now now, struct sessions *sessions)
{
	char *json cleanup(free) = NULL;
	size_t size = 0;
	int fault = store_read(path, &json, &size);
	if (fault < 0) {
		return fault == -ENOENT ? 0 : fault;
	}
	struct msg_arena arena = {0};
	struct kept_sessions kept;
	int result = msg_decode(&msg_kept_sessions, json, size, &arena, &kept, NULL);
	if (result == 0) {
		sessions_restore(sessions, &kept, now);
	}
	msg_arena_finish(&arena);
	return result > 0 ? -EBADMSG : result;
}
