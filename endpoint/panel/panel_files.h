/*
 * The files of the site page, embedded at build time from page/.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_PANEL_FILES_H
#define DIEMCAU_ENDPOINT_PANEL_PANEL_FILES_H

#include <stddef.h>

struct panel_file {
	const char *name; /* "" is the page itself */
	const char *type;
	const unsigned char *bytes;
	const size_t *size; /* of bytes; a constant of another file cannot stand here itself */
};

/* NULL where there is none of that name. Static. */
const struct panel_file *panel_file_find(const char *name);

#endif
