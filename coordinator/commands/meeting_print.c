#include "coordinator/commands/meeting_print.h"

#include <errno.h>

#include "cleanup.h"
#include "coordinator/commands/minutes_files.h"
#include "coordinator/installation/new_folder.h"
#include "coordinator/journal/hash_text.h"
#include "coordinator/journal/record.h"
#include "coordinator/print/print_pdf.h"

DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)
DEFINE_CLEANUP(struct minutes_recorder *, minutes_recorder_destroy)

static int note(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	minutes_recorder_add(user, record);
	minutes_recorder_set_head(user, hash_text(entry->hash).text);
	return 0;
}

static int write_minutes(const struct meeting_place *place, const char *to)
{
	struct minutes_recorder *recorder cleanup(minutes_recorder_destroy) =
		minutes_recorder_create();
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	int64_t last;
	int r = recorder ? journal_reader_create(place->journal, &reader) : -ENOMEM;
	if (r == 0) {
		r = replay(reader, 1, note, recorder, &last);
	}
	return r == 0 ? minutes_files_write(recorder, to) : r;
}

static int print_one(const char *to, const char *page, const char *pdf)
{
	char from[ATOMIC_FILE_PATH_MAX], printed[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(from, to, page);
	if (r == 0) {
		r = atomic_file_path(printed, to, pdf);
	}
	if (r == 0) {
		r = print_pdf(from, printed);
	}
	return r == -ENOENT ? MEETING_PRINT_NO_PRINTER : r;
}

static int print_all(const struct meeting_place *place, const char *to)
{
	int r = write_minutes(place, to);
	if (r == 0) {
		r = print_one(to, "minutes.vi.html", "minutes.vi.pdf");
	}
	return r == 0 ? print_one(to, "minutes.en.html", "minutes.en.pdf") : r;
}

int meeting_print(const struct meeting_place *place, const char *to)
{
	struct new_folder folder;
	int r = new_folder_begin(&folder, to, atomic_file_make_folder);
	return r == 0 ? new_folder_end(&folder, print_all(place, to)) : r;
}
