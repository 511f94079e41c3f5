#include "coordinator/identity/session_file.h"

#include <errno.h>

#include "coordinator/identity/message_file.h"

int session_file_write(const char *path, const struct stored_sessions *stored)
{
	return message_file_write(path, &msg_stored_sessions, stored);
}

int session_file_load(const char *path, struct msg_arena *arena, struct stored_sessions *ret_stored)
{
	*ret_stored = (struct stored_sessions){0};
	int r = message_file_read(path, &msg_stored_sessions, arena, ret_stored);
	return r == -ENOENT ? 0 : r;
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
