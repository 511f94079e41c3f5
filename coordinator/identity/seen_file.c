#include "coordinator/identity/seen_file.h"

#include <errno.h>

#include "coordinator/identity/message_file.h"

int seen_file_write(const char *path, const struct seen_displays *seen)
{
	return message_file_write(path, &msg_seen_displays, seen);
}

int seen_file_load(const char *path, struct msg_arena *arena, struct seen_displays *ret_seen)
{
	*ret_seen = (struct seen_displays){0};
	int r = message_file_read(path, &msg_seen_displays, arena, ret_seen);
	return r == -ENOENT ? 0 : r;
}
