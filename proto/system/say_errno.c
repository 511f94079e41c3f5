#include "proto/system/say_errno.h"

#include <errno.h>
#include <string.h>

#include "proto/system/language.h"
#include "proto/words/text_fill.h"

static enum text_id text_of_errno(int error)
{
	switch (error) {
	case ENOENT:
		return TEXT_SYSTEM_NO_FILE;
	case EACCES:
	case EPERM:
		return TEXT_SYSTEM_NO_ACCESS;
	case ENOSPC:
	case EDQUOT:
		return TEXT_SYSTEM_DISK_FULL;
	case EROFS:
		return TEXT_SYSTEM_READ_ONLY;
	case ENOTDIR:
		return TEXT_SYSTEM_NO_FOLDER;
	case EBADMSG:
		return TEXT_SYSTEM_DAMAGED;
	case ENOMEM:
		return TEXT_SYSTEM_NO_MEMORY;
	default:
		return TEXT_SYSTEM_OTHER;
	}
}

static void fill(char *out, size_t size, enum text_id text, const char *what, int error)
{
	text_fill(out, size, text, language_now(),
		(const struct text_value[]){{.name = "what", .text = what},
			{.name = "reason", .text = strerror(error)}, {0}});
}

void errno_sentence(char *out, size_t size, const char *what, int error)
{
	fill(out, size, text_of_errno(error), what, error);
}

void file_sentence(char *out, size_t size, const char *path, int error)
{
	enum text_id text = error == EINVAL  ? TEXT_SYSTEM_NO_ORDINARY
			    : error == EFBIG ? TEXT_SYSTEM_TOO_LARGE
					     : text_of_errno(error);
	fill(out, size, text, path, error);
}

void say_errno(const char *program, const char *what, int error)
{
	say_fault(program, text_of_errno(error),
		(const struct text_value[]){{.name = "what", .text = what},
			{.name = "reason", .text = strerror(error)}, {0}});
}
