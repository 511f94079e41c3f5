/* See part.h. */
#include "coordinator/plan/part.h"

#include <string.h>

struct plan_place plan_part_whole(const struct plan_part *part)
{
	return (struct plan_place){.file = part->file, .unit = PLAN_UNIT_FILE};
}

struct plan_place plan_part_place(const struct plan_part *part, size_t at)
{
	if (part->unit == PLAN_UNIT_FILE) {
		return plan_part_whole(part);
	}
	return (struct plan_place){part->file, part->unit, part->rows ? part->rows[at] : at + 1};
}

/* Of a letter or digit of an id, or within a character beyond ASCII. */
static bool is_within_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c & 0x80) != 0;
}

bool plan_part_may_hold(const struct plan_part *part, const char *name)
{
	size_t length = strlen(name);
	if (part->lost || !part->damaged || length == 0) {
		return part->lost;
	}
	for (const char *at = part->damaged; (at = strstr(at, name)); at += length) {
		bool begins = at == part->damaged || !is_within_word(at[-1]);
		if (begins && !is_within_word(at[length])) {
			return true;
		}
	}
	return false;
}
