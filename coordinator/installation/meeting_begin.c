#include "coordinator/installation/meeting_begin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "coordinator/engine/engine.h"
#include "coordinator/host/log.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/installation/site_numbers.h"
#include "coordinator/plan/plan_files.h"
#include "proto/codec/codec.h"

enum { SEED_FLUSH = 512 }; /* commands of a plan decided before each wait for the disk */

static int submit_plan(struct engine *engine, const struct plan *plan, const struct plan_run *run)
{
	int begun = engine_begin_plan(engine);
	if (begun != 0) {
		return begun;
	}
	struct command command;
	for (size_t i = 0; plan_command(plan, run, i, &command); i++) {
		enum refusal refusal = engine_submit_system(engine, &command);
		if (refusal != REFUSAL_UNSET) {
			log_line(LOG_LINE_ERROR, "command %zu of the plan, %s, is refused: %s", i,
				msg_enum_name(&msg_command_name, (int)command.name),
				msg_enum_name(&msg_refusal, (int)refusal));
			return -EINVAL;
		}
		int r = i % SEED_FLUSH == SEED_FLUSH - 1 ? engine_flush(engine) : 0;
		if (r < 0) {
			return r;
		}
	}
	return engine_end_plan(engine);
}

static void ignore_wake(void *user)
{
	(void)user;
}

static int write_journal(const char *journal, const struct plan *plan, const struct plan_run *run)
{
	struct clock clock;
	struct engine *engine = NULL;
	struct engine_config config = {.path = journal, .clock = &clock, .wake = ignore_wake};
	int r = engine_create(&config, &engine);
	if (r == 0) {
		r = submit_plan(engine, plan, run);
	}
	engine_destroy(engine);
	return r > 0 ? -EIO : r;
}

static int write_numbered(
	const char *journal, const struct meeting_beginning *beginning, const struct plan_run *run)
{
	uint32_t *numbers = NULL;
	int r = site_numbers_give(beginning->dir, beginning->plan, &numbers);
	struct plan_run numbered = *run;
	numbered.numbers = numbers;
	r = r == 0 ? write_journal(journal, beginning->plan, &numbered) : r;
	free(numbers);
	return r > 0 ? -EINVAL : r;
}

/* A folder with everything in it. */
static int make(const struct meeting_place *place, const struct meeting_beginning *beginning,
	const struct plan_run *run)
{
	int r = meeting_place_prepare(place);
	if (r == 0) {
		r = atomic_file_make_folder(place->plan);
	}
	if (r == 0) {
		r = plan_files_copy(beginning->folder, place->plan, file_tree_copy_file);
	}
	if (r == 0) {
		r = write_numbered(place->journal, beginning, run);
	}
	if (r < 0) {
		meeting_place_remove(place);
	}
	return r;
}

int meeting_begin(
	const struct meeting_beginning *beginning, char ret_meeting[static MEETING_ID_SIZE])
{
	struct meeting_place place;
	int r = meeting_place_of_new(beginning->dir, &place);
	if (r == 0) {
		r = held_meeting_free_id(
			beginning->dir, beginning->plan->meeting.date, ret_meeting);
	}
	if (r == 0) {
		struct plan_run run = {.meeting = ret_meeting, .speed = beginning->speed};
		r = make(&place, beginning, &run);
	}
	if (r == 0) {
		r = held_meeting_settle(beginning->dir, ret_meeting);
	}
	if (r == 0) {
		site_numbers_tell_missing(beginning->dir, beginning->plan);
		r = held_meeting_make_current(beginning->dir, ret_meeting);
	}
	return r;
}

int meeting_begin_rehearsal(const struct meeting_beginning *beginning, const char *mark)
{
	char id[MEETING_ID_SIZE];
	snprintf(id, sizeof(id), "%s-%.8s", beginning->plan->meeting.date, mark);
	struct plan_run run = {.meeting = id, .speed = beginning->speed, .rehearsal = true};
	struct meeting_place place, made;
	int r = meeting_place_of_rehearsal(beginning->dir, &place);
	if (r == 0) {
		r = meeting_place_of_new(beginning->dir, &made);
	}
	if (r == 0) {
		r = make(&made, beginning, &run);
	}
	if (r == 0) {
		r = file_tree_give_to_owner(made.folder);
	}
	if (r == 0) {
		r = meeting_place_remove(&place);
	}
	if (r == 0 && rename(made.folder, place.folder) < 0) {
		r = -errno;
	}
	return r;
}
