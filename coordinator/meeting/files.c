#include "coordinator/meeting/files.h"

#include <string.h>

#include "coordinator/meeting/decide.h"

static bool leads_elsewhere(char c)
{
	return c == '/' || c == '\\' || c == '\t' || c == '\n' || c == '\r';
}

/* For display alone, yet no program that takes it for a path should be led anywhere by it. */
static bool is_file_name(const char *name)
{
	for (const char *at = name; *at; at++) {
		if (leads_elsewhere(*at)) {
			return false;
		}
	}
	return name[0] != '\0' && name[0] != '.' && mtg_is_plain_text(name);
}

bool mtg_is_file(const struct meeting_file *file)
{
	return strlen(file->digest) == CONTENT_DIGEST_CHARS && is_file_name(file->name) &&
	       is_word((int)file->type, FILE_TYPE_END) && file->size > 0;
}

void mtg_copy_file(struct meeting_file *ret, const struct meeting_file *file)
{
	TEXT_COPY(ret->digest, file->digest);
	TEXT_COPY(ret->name, file->name);
	ret->type = file->type;
	ret->size = file->size;
}
