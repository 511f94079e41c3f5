/*
 * What a file is, by its contents: the kinds that a meeting takes. Its name and what the sender
 * says of it count for nothing.
 *
 * PDF, JPEG and PNG are told by their first bytes (ISO 32000-1 7.5.2, ITU-T T.81, W3C PNG). Office
 * files are ZIP archives: OpenDocument says its kind in a first entry `mimetype`, stored plainly
 * (ODF 1.2 part 3, 3.3); Office Open XML by the main part that its directory lists (ECMA-376).
 */
#ifndef DIEMCAU_COORDINATOR_PAPERS_FILE_KIND_H
#define DIEMCAU_COORDINATOR_PAPERS_FILE_KIND_H

#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum {
	FILE_KIND_HEAD = 128, /* bytes at the beginning that are looked at */
	FILE_KIND_TAIL = 256 * 1024, /* and at the end: the directory of an archive */
};

/*
 * Of a file's first and last bytes (up to FILE_KIND_HEAD and FILE_KIND_TAIL of them; they may
 * overlap). Unset: none that a meeting takes. Pure.
 */
enum file_type file_kind_by_ends(
	const uint8_t *head, size_t head_size, const uint8_t *tail, size_t tail_size);

/* Of an open file, into *ret_type. 0 or a negative errno. */
int file_kind_of(int fd, int64_t size, enum file_type *ret_type);

/* The media type to serve it as. Static. */
const char *file_kind_media_type(enum file_type type);

#endif
