/*
 * A package of files (a ZIP archive with relations between its parts) in memory, read through
 * libzip. What is unpacked is counted as it comes, whatever the archive claims.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_OFFICE_PACKAGE_H
#define DIEMCAU_COORDINATOR_SHEETS_OFFICE_PACKAGE_H

#include <stddef.h>

enum {
	PACKAGE_NAME_SIZE = 256, /* of a part: "xl/worksheets/sheet1.xml" */
	PACKAGE_ID_SIZE = 64, /* of a relation: "rId1" */
};

struct office_package;

/* The bytes are borrowed. 0, an enum sheets_fault or -ENOMEM. */
int package_open(const char *bytes, size_t size, struct office_package **ret_package);
void package_close(struct office_package *package);

/*
 * Unpacks a part into *ret_bytes, which the caller frees. 0, -ENOENT (there is none), an enum
 * sheets_fault or -ENOMEM.
 */
int package_part(
	struct office_package *package, const char *name, char **ret_bytes, size_t *ret_size);

/*
 * The part that a relation of `part` ("" for the package itself) names: the first whose type ends
 * with `kind` ("/styles"), or the one with this id. 0, -ENOENT, an enum sheets_fault or -ENOMEM.
 */
int package_related(struct office_package *package, const char *part, const char *kind,
	char ret_name[static PACKAGE_NAME_SIZE]);
int package_related_by_id(struct office_package *package, const char *part, const char *id,
	char ret_name[static PACKAGE_NAME_SIZE]);

#endif
