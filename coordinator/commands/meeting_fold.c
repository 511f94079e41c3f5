#include "coordinator/commands/meeting_fold.h"

#include <errno.h>
#include <stdio.h>

#include "cleanup.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/journal/record.h"
#include "coordinator/plan/plan_files.h"

DEFINE_CLEANUP(struct meeting *, mtg_destroy)
DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)

static int add(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	(void)entry;
	mtg_apply(user, record);
	return 0;
}

int meeting_fold(const char *journal, struct meeting **ret_meeting)
{
	struct meeting *meeting cleanup(mtg_destroy) = mtg_create();
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	int64_t last;
	int r = meeting ? journal_reader_create(journal, &reader) : -ENOMEM;
	if (r == 0) {
		r = replay(reader, 1, add, meeting, &last);
	}
	if (r == 0) {
		*ret_meeting = meeting;
		meeting = NULL;
	}
	return r;
}

/* By way of a folder beside it: one of the two is whole at any moment. */
int meeting_keep_plan(const struct meeting_place *place, const char *plan)
{
	char made[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(made, place->folder, "plan.new");
	if (r == 0) {
		r = file_tree_remove(made);
	}
	if (r == 0) {
		r = atomic_file_make_folder(made);
	}
	if (r == 0) {
		r = plan_files_copy(plan, made, file_tree_copy_file);
	}
	if (r == 0) {
		r = file_tree_remove(place->plan);
	}
	if (r == 0 && rename(made, place->plan) < 0) {
		r = -errno;
	}
	return r == 0 ? atomic_file_sync_folder_of(place->plan) : r;
}
