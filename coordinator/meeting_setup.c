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

enum { SEED_FLUSH = 512 }; /* commands of a plan that are decided before the disk is waited for */

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

/* A meeting that is over is put aside, and one of which the plan is not all there never was. */
static int clear_place(const struct engine_config *config, const struct server_options *options,
	struct engine **engine)
{
	int status = 0;
	if (engine_is_unfinished(*engine)) {
		log_line(LOG_LINE_WARNING, "the plan was not wholly taken in: beginning again");
		close_engine(engine);
		status = data_dir_discard(config->path);
	} else if (data_dir_is_over(*engine)) {
		char id[MEETING_ID_SIZE];
		TEXT_COPY(id, mtg_about(engine_committed(*engine))->meeting);
		close_engine(engine);
		status = data_dir_archive(options->dir, config->path, id, options->rehearsal);
	}
	return status == 0 && !*engine ? engine_create(config, engine) : status;
}

int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	struct engine **ret_engine)
{
	int status = engine_create(config, ret_engine);
	if (status == 0) {
		status = clear_place(config, options, ret_engine);
	}
	return status == 0 ? 0 : start_fault(config->path, status);
}

/* ---- beginning ---- */

static int submit_plan(struct engine *engine, const struct plan *plan, const struct plan_run *run)
{
	struct command command;
	int begun = engine_begin_plan(engine);
	if (begun != 0) {
		return begun;
	}
	for (size_t i = 0; plan_command(plan, run, i, &command); i++) {
		enum refusal refusal = engine_submit_system(engine, &command);
		if (refusal != REFUSAL_UNSET) {
			log_line(LOG_LINE_ERROR, "command %zu of the plan, %s, is refused: %s", i,
				msg_enum_name(&msg_command_name, (int)command.name),
				msg_enum_name(&msg_refusal, (int)refusal));
			return -EINVAL;
		}
		int fault = i % SEED_FLUSH == SEED_FLUSH - 1 ? engine_flush(engine) : 0;
		if (fault < 0) {
			return fault;
		}
	}
	return engine_end_plan(engine);
}

static void log_faults(const struct plan_diagnostics *faults)
{
	char sentence[PLAN_SENTENCE_SIZE];
	for (size_t i = 0; i < faults->n; i++) {
		plan_diagnostic_sentence(&faults->list[i], LANGUAGE_EN, sentence);
		log_line(LOG_LINE_ERROR, "%s", sentence);
	}
}

static int begin_from_plan(
	struct engine *engine, const struct server_options *options, const char *boot)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	int status = plan_load(options->plan, &plan, &faults);
	if (status != 0) {
		log_faults(&faults);
		plan_diagnostics_finish(&faults);
		return status < 0 ? status : -EINVAL;
	}
	char id[MEETING_ID_SIZE];
	snprintf(id, sizeof(id), "%s-%.8s", plan->meeting.date, boot);
	struct plan_run run = {
		.meeting = id, .speed = options->speed, .rehearsal = options->rehearsal};
	status = submit_plan(engine, plan, &run);
	plan_destroy(plan);
	plan_diagnostics_finish(&faults);
	return status;
}

int meeting_setup_begin(
	struct engine *engine, const struct server_options *options, const char *boot)
{
	const struct about *about = mtg_about(engine_committed(engine));
	if (about->state == MEETING_STATE_UNSET) {
		int status = begin_from_plan(engine, options, boot);
		return status == 0 ? 0 : start_fault(options->plan, status);
	}
	log_line(LOG_LINE_NOTICE, "meeting %s goes on after event %" PRId64, about->meeting,
		engine_seq(engine));
	return engine_flush(engine);
}
