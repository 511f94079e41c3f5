#include "coordinator/journal/rows.h"

#include <errno.h>
#include <string.h>

/* NULL where the column is. *result is set where its text cannot be had whole. */
static const char *whole_text(sqlite3_stmt *row, int at, int *result)
{
	if (sqlite3_column_type(row, at) == SQLITE_NULL) {
		return NULL;
	}
	const char *text = (const char *)sqlite3_column_text(row, at);
	if (!text) {
		*result = -ENOMEM;
	} else if (strlen(text) != (size_t)sqlite3_column_bytes(row, at)) {
		*result = JOURNAL_DAMAGED;
	}
	return text;
}

static const uint8_t *hash_of(sqlite3_stmt *row, int at)
{
	return sqlite3_column_bytes(row, at) == JOURNAL_HASH_BYTES ? sqlite3_column_blob(row, at)
								   : NULL;
}

int rows_entry(sqlite3_stmt *row, struct journal_entry *ret_entry)
{
	int r = 0;
	*ret_entry = (struct journal_entry){
		.seq = sqlite3_column_int64(row, 0),
		.at = {sqlite3_column_int64(row, 1)},
		.wall = {sqlite3_column_int64(row, 2)},
		.by = whole_text(row, 3, &r),
		.name = whole_text(row, 4, &r),
		.data = whole_text(row, 5, &r),
		.client = whole_text(row, 6, &r),
		.command = whole_text(row, 7, &r),
		.hash = hash_of(row, 8),
	};
	bool whole = ret_entry->by && ret_entry->name && ret_entry->data;
	return r != 0 ? r : whole ? 0 : JOURNAL_DAMAGED;
}

void rows_bind(sqlite3_stmt *insert, const struct journal_entry *entry)
{
	sqlite3_bind_int64(insert, 1, entry->seq);
	sqlite3_bind_int64(insert, 2, entry->at.ms);
	sqlite3_bind_int64(insert, 3, entry->wall.ms);
	sqlite_bind(insert, 4, entry->by);
	sqlite_bind(insert, 5, entry->name);
	sqlite_bind(insert, 6, entry->data);
	sqlite_bind(insert, 7, entry->client);
	sqlite_bind(insert, 8, entry->command);
	sqlite3_bind_blob(insert, 9, entry->hash, JOURNAL_HASH_BYTES, SQLITE_STATIC);
}
