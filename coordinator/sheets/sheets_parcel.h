/*
 * Sheets as bytes, from one process of this program to another on the same machine: what read a
 * file is not believed, so every length is judged again where they are unpacked.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_SHEETS_PARCEL_H
#define DIEMCAU_COORDINATOR_SHEETS_SHEETS_PARCEL_H

#include "coordinator/sheets/sheets.h"

/* All texts, and 64 bytes of each cell: more is no honest parcel. */
enum { SHEETS_PARCEL_BYTES_MAX = SHEETS_UNPACKED_BYTES_MAX + 64 * SHEETS_CELLS_MAX };

/* A growing list of bytes, of malloc; all zeroes is an empty one. */
struct sheets_parcel {
	char *bytes;
	size_t n;
	size_t capacity;
};

/* 0 or -ENOMEM. */
int sheets_pack(const struct sheets *sheets, struct sheets_parcel *parcel);

/* 0 with sheets to be destroyed by the caller; SHEETS_BROKEN: no such parcel; or -ENOMEM. */
int sheets_unpack(const struct sheets_parcel *parcel, struct sheets **ret_sheets);

void sheets_parcel_finish(struct sheets_parcel *parcel);

/* Room for so many more bytes behind the last. 0 or -ENOMEM. */
int sheets_parcel_reserve(struct sheets_parcel *parcel, size_t more);

#endif
