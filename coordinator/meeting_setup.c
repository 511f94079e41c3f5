#include "coordinator/meeting_setup.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/host/log.h"
#include "coordinator/installation/data_dir.h"
#include "coordinator/installation/earlier_layout.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/meeting_begin.h"
#include "coordinator/installation/outline.h"
#include "coordinator/plan/plan_files.h"
#include "proto/system/language.h"
#include "text_copy.h"

enum { SENTENCE_SIZE = 900 };

DEFINE_CLEANUP(struct plan *, plan_destroy)

int start_fault(const char *what, int status)
{
	char sentence[SENTENCE_SIZE];
	storage_fault_sentence(sentence, sizeof(sentence), what, status);
	log_line(LOG_LINE_ERROR, "%s", sentence);
	return status;
}

static void tell(enum log_level level, enum text_id text, const struct text_value *values)
{
	char sentence[SENTENCE_SIZE];
	text_fill(sentence, sizeof(sentence), text, language_now(), values);
	log_line(level, "%s", sentence);
}

/* Another coordinator has it open. */
static int tell_busy(const struct server_options *options)
{
	tell(LOG_LINE_ERROR, TEXT_INSTALLATION_BUSY,
		(const struct text_value[]){{.name = "dir", .text = options->dir},
			{.name = "pid", .number = installation_server(options->dir)}, {0}});
	return -EBUSY;
}

int meeting_setup_reserve(const struct server_options *options, int *ret_lock)
{
	int r = installation_lock_serving(options->dir, ret_lock);
	return r == -EBUSY ? tell_busy(options) : r < 0 ? start_fault(options->dir, r) : 0;
}

/* ---- a folder of an earlier version ---- */

struct telling {
	const struct server_options *options;
};

static void tell_fate(void *user, enum earlier_fate fate, const char *name)
{
	const struct server_options *options = ((struct telling *)user)->options;
	tell(LOG_LINE_NOTICE, earlier_fate_text(fate),
		(const struct text_value[]){{.name = "name", .text = name},
			{.name = "dir", .text = options->dir}, {0}});
}

/* ---- a plan ---- */

static int load_plan(const char *folder, struct plan **ret_plan)
{
	struct plan_diagnostics faults = {0};
	int r = plan_load(folder, ret_plan, &faults);
	for (size_t i = 0; i < faults.n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults.list[i], language_now(), sentence);
		bool note = plan_diagnostic_is_note(faults.list[i].code);
		log_line(note ? LOG_LINE_NOTICE : LOG_LINE_ERROR, "%s", sentence);
	}
	plan_diagnostics_finish(&faults);
	return r > 0 ? -EINVAL : r;
}

/* ---- the current meeting ---- */

static int begin_first(
	const struct server_options *options, char ret_meeting[static MEETING_ID_SIZE])
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	bool some = held_meetings_are_there(options->dir);
	if (some || !options->plan) {
		tell(LOG_LINE_ERROR,
			some ? TEXT_INSTALLATION_NONE_CURRENT : TEXT_INSTALLATION_NO_MEETING,
			(const struct text_value[]){{.name = "dir", .text = options->dir}, {0}});
		return -ENOENT;
	}
	int r = load_plan(options->plan, &plan);
	if (r == 0) {
		struct meeting_beginning beginning = {.dir = options->dir,
			.folder = options->plan,
			.plan = plan,
			.speed = options->speed};
		r = meeting_begin(&beginning, ret_meeting);
	}
	if (r < 0) {
		return start_fault(options->plan, r);
	}
	tell(LOG_LINE_NOTICE, TEXT_INSTALLATION_BEGUN,
		(const struct text_value[]){{.name = "meeting", .text = ret_meeting},
			{.name = "plan", .text = options->plan}, {0}});
	return 0;
}

static int choose_current(const struct server_options *options, struct meeting_place *ret_place)
{
	char meeting[MEETING_ID_SIZE];
	struct telling telling = {options};
	int r = earlier_layout_take_over(options->dir, tell_fate, &telling);
	if (r == 0) {
		r = held_meeting_current(options->dir, meeting);
	}
	if (r == -ENOENT) {
		r = begin_first(options, meeting);
		return r < 0 ? r : meeting_place_of(options->dir, meeting, ret_place);
	}
	if (r == 0 && !held_meeting_exists(options->dir, meeting)) {
		tell(LOG_LINE_ERROR, TEXT_INSTALLATION_GONE,
			(const struct text_value[]){{.name = "meeting", .text = meeting},
				{.name = "dir", .text = options->dir}, {0}});
		return -ENOENT;
	}
	r = r == 0 ? meeting_place_of(options->dir, meeting, ret_place) : r;
	return r == 0 ? 0 : r == -EBUSY ? tell_busy(options) : start_fault(options->dir, r);
}

/* ---- a rehearsal ---- */

/* The plan it is given, else the one of the current meeting. */
static int find_rehearsal_plan(
	const struct server_options *options, char ret_folder[static ATOMIC_FILE_PATH_MAX])
{
	char meeting[MEETING_ID_SIZE];
	struct meeting_place place;
	if (options->plan) {
		return text_copy(ret_folder, ATOMIC_FILE_PATH_MAX, options->plan) ? 0
										  : -ENAMETOOLONG;
	}
	if (held_meeting_current(options->dir, meeting) == 0 &&
		meeting_place_of(options->dir, meeting, &place) == 0 &&
		access(place.plan, F_OK) == 0) {
		text_copy(ret_folder, ATOMIC_FILE_PATH_MAX, place.plan);
		return 0;
	}
	tell(LOG_LINE_ERROR, TEXT_INSTALLATION_NO_REHEARSAL_PLAN,
		(const struct text_value[]){{.name = "dir", .text = options->dir}, {0}});
	return -ENOENT;
}

/* Whether the rehearsal that a crash has left goes on: with this plan, at this speed. */
static bool goes_on(
	const struct server_options *options, const struct meeting_place *place, const char *plan)
{
	static struct about about;
	char names[PLAN_NAMES_SIZE];
	return outline_read(place->journal, &about) == 0 && about.state != MEETING_STATE_UNSET &&
	       about.state != MEETING_STATE_CLOSED && about.speed == options->speed &&
	       plan_files_equal(plan, place->plan, names);
}

static int begin_rehearsal(
	const struct server_options *options, const char *folder, const char *boot)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	int r = load_plan(folder, &plan);
	if (r == 0) {
		struct meeting_beginning beginning = {.dir = options->dir,
			.folder = folder,
			.plan = plan,
			.speed = options->speed};
		r = meeting_begin_rehearsal(&beginning, boot);
	}
	return r == 0 ? 0 : start_fault(folder, r);
}

/* One that runs is left alone: its journal is locked, and cannot be opened a second time. */
static int choose_rehearsal(
	const struct server_options *options, const char *boot, struct meeting_place *ret_place)
{
	char plan[ATOMIC_FILE_PATH_MAX];
	int r = find_rehearsal_plan(options, plan);
	if (r == 0) {
		r = meeting_place_of_rehearsal(options->dir, ret_place);
	}
	if (r < 0 || installation_journal_is_open(ret_place->journal)) {
		return r < 0 ? r : tell_busy(options);
	}
	bool left = access(ret_place->folder, F_OK) == 0;
	bool same = left && goes_on(options, ret_place, plan);
	if (left) {
		tell(LOG_LINE_WARNING,
			same ? TEXT_INSTALLATION_REHEARSAL_GOES_ON
			     : TEXT_INSTALLATION_REHEARSAL_DROPPED,
			NULL);
	}
	return same ? 0 : begin_rehearsal(options, plan, boot);
}

int meeting_setup_choose(
	const struct server_options *options, const char *boot, struct meeting_place *ret_place)
{
	int lock = -1;
	int r = installation_lock_changing(options->dir, &lock);
	if (r < 0) {
		return start_fault(options->dir, r);
	}
	r = options->rehearsal ? choose_rehearsal(options, boot, ret_place)
			       : choose_current(options, ret_place);
	installation_unlock(lock);
	return r;
}

void meeting_setup_end_rehearsal(const struct meeting_place *place)
{
	int r = meeting_place_remove(place);
	if (r < 0) {
		start_fault(place->folder, r);
	} else {
		tell(LOG_LINE_NOTICE, TEXT_INSTALLATION_REHEARSAL_ENDED, NULL);
	}
}

/* ---- opening ---- */

/* What `run` was given and the meeting does not follow: nothing is ignored in silence. */
static void tell_differences(const struct server_options *options, const struct about *about,
	const struct meeting_place *place)
{
	char names[PLAN_NAMES_SIZE];
	const struct text_value values[] = {{.name = "meeting", .text = about->meeting},
		{.name = "dir", .text = options->dir}, {.name = "plan", .text = options->plan},
		{.name = "files", .text = names}, {.name = "speed", .number = about->speed},
		{.name = "asked", .number = options->speed}, {0}};
	if (options->speed_given && options->speed != about->speed) {
		tell(LOG_LINE_WARNING, TEXT_INSTALLATION_SPEED_KEPT, values);
	}
	if (!options->plan) {
		return;
	}
	if (access(place->plan, F_OK) < 0) {
		tell(LOG_LINE_WARNING, TEXT_INSTALLATION_PLAN_UNKNOWN, values);
	} else if (!plan_files_equal(options->plan, place->plan, names)) {
		tell(LOG_LINE_WARNING, TEXT_INSTALLATION_PLAN_NOT_TAKEN, values);
	}
}

static void tell_meeting(const struct server_options *options, const struct about *about)
{
	bool closed = about->state == MEETING_STATE_CLOSED;
	tell(LOG_LINE_NOTICE,
		about->rehearsal ? TEXT_INSTALLATION_REHEARSING
		: closed         ? TEXT_INSTALLATION_SERVES_CLOSED
				 : TEXT_INSTALLATION_SERVES,
		(const struct text_value[]){{.name = "meeting", .text = about->meeting},
			{.name = "title", .text = about->name},
			{.name = "dir", .text = options->dir},
			{.name = "state",
				.text = label_of_meeting_state(about->state, language_now())},
			{0}});
}

int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	const struct meeting_place *place, struct engine **ret_engine)
{
	int r = engine_create(config, ret_engine);
	if (r != 0) {
		return start_fault(config->path, r);
	}
	const struct about *about = mtg_about(engine_committed(*ret_engine));
	if (engine_is_unfinished(*ret_engine) || about->state == MEETING_STATE_UNSET) {
		tell(LOG_LINE_ERROR, TEXT_INSTALLATION_UNFINISHED,
			(const struct text_value[]){{.name = "folder", .text = place->folder},
				{.name = "dir", .text = options->dir}, {0}});
		return -ENODATA;
	}
	tell_meeting(options, about);
	tell_differences(options, about, place);
	return engine_flush(*ret_engine);
}

int meeting_setup_open_replay(const struct engine_config *config,
	const struct server_options *options, struct engine **ret_engine)
{
	int r = engine_create_replay(config, options->speed, ret_engine);
	if (r != 0) {
		return start_fault(config->path, r);
	}
	const struct about *about = mtg_about(engine_committed(*ret_engine));
	tell(LOG_LINE_NOTICE, TEXT_INSTALLATION_REPLAYS,
		(const struct text_value[]){{.name = "meeting", .text = about->meeting},
			{.name = "title", .text = about->name}, {0}});
	return 0;
}
