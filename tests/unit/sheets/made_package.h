/* A package of an office made in memory from the texts of its parts, for tests. */
#ifndef DIEMCAU_TESTS_UNIT_SHEETS_MADE_PACKAGE_H
#define DIEMCAU_TESTS_UNIT_SHEETS_MADE_PACKAGE_H

#include <stddef.h>

struct made_part {
	const char *name;
	const char *text;
	size_t length; /* 0: of the text */
};

/* The archive's bytes, which the caller frees; parts without a text are left out. */
char *made_package(const struct made_part *parts, size_t n_parts, size_t *ret_size);

#endif
