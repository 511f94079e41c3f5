/*
 * Rows of a journal: actor, event name and data, parted by newlines. What is taken for a record
 * must be written again as the same record.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/journal/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *next_line(char **rest)
{
	char *line = *rest;
	char *end = strchr(line, '\n');
	if (end) {
		*end = '\0';
		*rest = end + 1;
	} else {
		*rest = line + strlen(line);
	}
	return line;
}

static void write_again(const struct mtg_record *record)
{
	struct msg_text by = {0};
	struct msg_text data = {0};
	struct journal_entry entry;
	struct msg_error error;
	struct mtg_record *again = malloc(sizeof(*again));
	if (record_encode(record, &by, &data, &entry) != 0 ||
		record_decode(&entry, again, &error) != 0 ||
		memcmp(record, again, sizeof(*again)) != 0) {
		abort();
	}
	free(again);
	msg_text_finish(&by);
	msg_text_finish(&data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct msg_error error;
	struct mtg_record *record = malloc(sizeof(*record));
	char *text = malloc(size + 1);
	if (size > 0) {
		memcpy(text, data, size);
	}
	text[size] = '\0';
	char *rest = text;
	struct journal_entry entry = {.seq = 1};
	entry.by = next_line(&rest);
	entry.name = next_line(&rest);
	entry.data = rest;
	if (record_decode(&entry, record, &error) == 0) {
		write_again(record);
	}
	free(text);
	free(record);
	return 0;
}
