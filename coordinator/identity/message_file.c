#include "coordinator/identity/message_file.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"

DEFINE_CLEANUP(char *, free)

int message_file_write(const char *path, const struct msg_type *type, const void *message)
{
	char *json cleanup(msg_free) = NULL;
	size_t size;
	int r = msg_encode(type, message, &json, &size);
	return r == 0 ? atomic_file_replace(path, json, size) : r;
}

int message_file_read(
	const char *path, const struct msg_type *type, struct msg_arena *arena, void *ret_message)
{
	char *json cleanup(free) = NULL;
	size_t size;
	int r = atomic_file_read(path, &json, &size);
	r = r == 0 ? msg_decode(type, json, size, arena, ret_message, NULL) : r;
	return r > 0 ? -EBADMSG : r;
}
