#include "coordinator/minutes/paper_kinds.h"

#include <string.h>

const char *const paper_names[] = {
	"minutes", "invitation", "programme", "technical-record", "notice", NULL};

_Static_assert(sizeof(paper_names) / sizeof(paper_names[0]) == PAPER_KIND_END,
	"a name for each kind: NULL stands for that of UNSET");

const char *paper_name(enum paper_kind kind)
{
	return paper_names[kind - 1];
}

enum paper_kind paper_kind_of_name(const char *name)
{
	for (int i = 0; paper_names[i]; i++) {
		if (strcmp(paper_names[i], name) == 0) {
			return (enum paper_kind)(i + 1);
		}
	}
	return PAPER_KIND_UNSET;
}

bool paper_has_copies(enum paper_kind kind)
{
	return kind != PAPER_KIND_MINUTES && kind != PAPER_KIND_NOTICE;
}
