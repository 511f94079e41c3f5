#include "coordinator/meeting_setup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/data_dir.h"
#include "coordinator/host/log.h"
#include "coordinator/plan/plan.h"
#include "proto/codec/codec.h"
#include "text_copy.h"

enum { SEED_FLUSH = 512 }; /* commands of a plan decided before each wait for the disk */

int start_fault(const char *what, int status)
{
	log_line(LOG_LINE_ERROR, "%s: %s", what,
		status < 0 ? strerror(-status) : storage_refusal_text(status));
	return status;
}

/* ---- opening ---- */

static void close_engine(struct engine **engine)
{
	engine_destroy(*engine);
	*engine = NULL;
}

/* A meeting that is over is archived, and one with an incomplete plan is deleted. */
static int clear_place(const struct engine_config *config, const struct server_options *options,
	struct engine **engine)
{
	int r = 0;
	if (engine_is_unfinished(*engine)) {
		log_line(LOG_LINE_WARNING, "the plan was not wholly taken in: beginning again");
		close_engine(engine);
		r = data_dir_discard(config->path);
	} else if (data_dir_is_over(*engine)) {
		char id[MEETING_ID_SIZE];
		TEXT_COPY(id, mtg_about(engine_committed(*engine))->meeting);
		close_engine(engine);
		r = data_dir_archive(options->dir, config->path, id, options->rehearsal);
	}
	return r == 0 && !*engine ? engine_create(config, engine) : r;
}

int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	struct engine **ret_engine)
{
	int r = engine_create(config, ret_engine);
	if (r == 0) {
		r = clear_place(config, options, ret_engine);
	}
	return r == 0 ? 0 : start_fault(config->path, r);
}

/* ---- starting ---- */

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

static void log_faults(const struct plan_diagnostics *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults->list[i], LANGUAGE_EN, sentence);
		log_line(LOG_LINE_ERROR, "%s", sentence);
	}
}

static int begin_from_plan(
	struct engine *engine, const struct server_options *options, const char *boot)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	int r = plan_load(options->plan, &plan, &faults);
	if (r != 0) {
		log_faults(&faults);
		plan_diagnostics_finish(&faults);
		return r < 0 ? r : -EINVAL;
	}
	char id[MEETING_ID_SIZE];
	snprintf(id, sizeof(id), "%s-%.8s", plan->meeting.date, boot);
	struct plan_run run = {
		.meeting = id, .speed = options->speed, .rehearsal = options->rehearsal};
	r = submit_plan(engine, plan, &run);
	plan_destroy(plan);
	plan_diagnostics_finish(&faults);
	return r;
}

int meeting_setup_begin(
	struct engine *engine, const struct server_options *options, const char *boot)
{
	const struct about *about = mtg_about(engine_committed(engine));
	if (about->state == MEETING_STATE_UNSET) {
		int r = begin_from_plan(engine, options, boot);
		return r == 0 ? 0 : start_fault(options->plan, r);
	}
	log_line(LOG_LINE_NOTICE, "meeting %s goes on after event %" PRId64, about->meeting,
		engine_seq(engine));
	return engine_flush(engine);
}
