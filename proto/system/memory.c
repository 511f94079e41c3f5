/* See memory.h. explicit_bzero, mlock's limits and PR_* are not POSIX. */
#define _DEFAULT_SOURCE

#include "proto/system/memory.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { OTHERS_NOTHING = 0077 };

void memory_guard(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	umask(OTHERS_NOTHING);
}

void memory_keep(void *secret, size_t size)
{
	mlock(secret, size);
}

void memory_wipe(void *secret, size_t size)
{
	explicit_bzero(secret, size);
}

/* From after "://" to the last "@" before the path (RFC 3986 3.2.1). */
static void mask_url(char *word)
{
	char *user = strstr(word, "://");
	if (!user) {
		return;
	}
	user += 3;
	size_t length = strcspn(user, "/?#");
	while (length > 0 && user[length - 1] != '@') {
		length--;
	}
	if (length > 1) {
		memset(user, 'x', length - 1);
	}
}

void memory_mask_args(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		mask_url(argv[i]);
	}
}
