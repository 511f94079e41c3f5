#include "coordinator/commands/meeting_export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/commands/paper_files.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/installation/new_folder.h"
#include "coordinator/installation/plan_words.h"
#include "coordinator/journal/journal_file.h"
#include "coordinator/journal/record.h"
#include "coordinator/minutes/journal_minutes.h"
#include "coordinator/plan/plan_files.h"
#include "http_msg.h"

DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)
DEFINE_CLEANUP(struct minutes_recorder *, minutes_recorder_destroy)

static int write_file(const char *to, const char *name, const char *text, size_t size)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, to, name);
	return r == 0 ? atomic_file_replace(path, text, size) : r;
}

/* ---- journal ---- */

struct exporting {
	struct minutes_recorder *recorder;
	FILE *lines;
};

static int add(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	struct exporting *exporting = user;
	journal_minutes_take(exporting->recorder, entry, record);
	struct wire_event event = {.seq = (uint64_t)record->seq,
		.at = record->at,
		.wall = record->wall,
		.by = record->by,
		.body = record->event};
	char *json;
	size_t size;
	int r = msg_encode(&msg_wire_event, &event, &json, &size);
	if (r == 0) {
		fwrite(json, 1, size, exporting->lines);
		fputc('\n', exporting->lines);
		msg_free(json);
	}
	return r;
}

static int read_journal(const char *journal, struct exporting *exporting)
{
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	int64_t last;
	int r = journal_reader_create(journal, &reader);
	return r == 0 ? replay(reader, 1, add, exporting, &last) : r;
}

/* ---- all ---- */

static int write_lines(
	const struct meeting_place *place, struct exporting *exporting, const char *to)
{
	char *text = NULL;
	size_t size = 0;
	exporting->lines = open_memstream(&text, &size);
	if (!exporting->lines) {
		return -ENOMEM;
	}
	int r = read_journal(place->journal, exporting);
	bool whole = !ferror(exporting->lines);
	whole = fclose(exporting->lines) == 0 && whole;
	if (r == 0) {
		r = whole ? write_file(to, "journal.jsonl", text, size) : -ENOMEM;
	}
	free(text);
	return r;
}

/* As it is, for `verify`. */
static int copy_journal(const struct meeting_place *place, const char *to)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, to, "journal.sqlite");
	return r == 0 ? journal_file_copy(place->journal, path) : r;
}

static int write_plan(const struct meeting_place *place, const char *to)
{
	char plan[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(plan, to, "plan");
	if (r == 0) {
		r = atomic_file_make_folder(plan);
	}
	return r == 0 ? plan_files_copy(place->plan, plan, file_tree_copy_file) : r;
}

static int write_papers(
	const struct meeting_place *place, const struct minutes_recorder *recorder, const char *to)
{
	struct plan_words words;
	plan_words_read(place->plan, &words);
	int r = paper_files_write(recorder, words.words, to);
	plan_words_finish(&words);
	return r;
}

static int write_all(const struct meeting_place *place, const char *to)
{
	struct minutes_recorder *recorder cleanup(minutes_recorder_destroy) =
		minutes_recorder_create();
	struct exporting exporting = {.recorder = recorder};
	int r = recorder ? write_lines(place, &exporting, to) : -ENOMEM;
	if (r == 0) {
		r = write_papers(place, recorder, to);
	}
	if (r == 0) {
		r = copy_journal(place, to);
	}
	return r == 0 ? write_plan(place, to) : r;
}

int meeting_export(const struct meeting_place *place, const char *to)
{
	struct new_folder folder;
	int r = new_folder_begin(&folder, to, atomic_file_make_folder);
	return r == 0 ? new_folder_end(&folder, write_all(place, to)) : r;
}
