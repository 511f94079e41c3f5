/* The run of a plan. */
#include "minutes_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/html_page.h"
#include "text_copy.h"

const int64_t run_opening_wall = 1645489800000;

struct run *run_create(void)
{
	struct run *run = calloc(1, sizeof(*run));
	run->meeting = mtg_create();
	run->recorder = minutes_recorder_create();
	run->batch = calloc(1, sizeof(*run->batch));
	run->now.wall.ms = run_opening_wall - 60 * MINUTE;
	return run;
}

void run_destroy(struct run *run)
{
	mtg_destroy(run->meeting);
	minutes_recorder_destroy(run->recorder);
	plan_destroy(run->plan);
	msg_arena_finish(&run->arena);
	free(run->batch);
	free(run);
}

int run_give(struct run *run, enum role role)
{
	run->command.by.role = role;
	int r = mtg_decide(run->meeting, &run->command, run->now, run->batch);
	for (size_t i = 0; i < run->batch->n; i++) {
		mtg_apply(run->meeting, &run->batch->records[i]);
		minutes_recorder_add(run->recorder, &run->batch->records[i]);
	}
	memset(&run->command, 0, sizeof(run->command));
	return r;
}

void run_tick(struct run *run)
{
	struct instant due;
	while (mtg_next_deadline(run->meeting, &due) && instant_reached(due, run->now.at)) {
		run->command.body.name = CMD_TICK;
		assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
	}
}

void run_pass(struct run *run, int64_t ms)
{
	run->now.at.ms += ms;
	run->now.wall.ms += ms;
	run_tick(run);
}

void run_simple(struct run *run, enum command_name name)
{
	run->command.body.name = name;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

void run_start_item(struct run *run, const char *item)
{
	run->command.body.name = CMD_ITEM_START;
	strcpy(run->command.body.item_start.item, item);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

const struct turn *run_turn_of(struct run *run, const char *unit)
{
	for (size_t i = 0; i < mtg_turn_count(run->meeting); i++) {
		if (strcmp(mtg_turn(run->meeting, (int)i)->unit, unit) == 0 &&
			mtg_turn(run->meeting, (int)i)->state != TURN_STATE_DONE) {
			return mtg_turn(run->meeting, (int)i);
		}
	}
	fail_msg("no turn of %s", unit);
	return NULL;
}

void run_take(struct run *run, const char *unit)
{
	run->command.body.name = CMD_FLOOR_TAKE;
	strcpy(run->command.body.floor_take.turn, run_turn_of(run, unit)->id);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

void run_release(struct run *run)
{
	int on_air = mtg_floor(run->meeting)->on_air;
	assert_int_not_equal(on_air, MTG_NONE);
	run->command.body.name = CMD_FLOOR_RELEASE;
	strcpy(run->command.body.floor_release.turn, mtg_turn(run->meeting, on_air)->id);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

void run_speak(struct run *run, const char *unit, int64_t ms)
{
	run_take(run, unit);
	run_pass(run, ms);
	run_release(run);
	run_pass(run, 2000);
}

void run_set_link(struct run *run, const char *site, enum link_state link)
{
	run->command.body.name = CMD_SITE_LINK;
	strcpy(run->command.body.site_link.site, site);
	run->command.body.site_link.link = link;
	assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
}

void run_set_media(struct run *run, const char *site, enum media_state media)
{
	run->command.body.name = CMD_SITE_MEDIA;
	strcpy(run->command.body.site_media.site, site);
	run->command.body.site_media.media = media;
	assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
	run_tick(run);
}

void run_load(struct run *run, const char *plan)
{
	char folder[64];
	struct plan_diagnostics faults = {0};
	snprintf(folder, sizeof(folder), "deploy/plans/%s", plan);
	assert_int_equal(plan_load(folder, &run->plan, &faults), 0);
}

void run_set_up(struct run *run, uint32_t speed)
{
	struct plan_run plan_run = {.meeting = "b-1", .speed = speed};
	for (size_t i = 0; plan_command(run->plan, &plan_run, i, &run->command.body); i++) {
		/* Nobody of this run is at a post: their alarms are not what is looked at. */
		if (run->command.body.name == CMD_MEETING_CREATE) {
			run->command.body.meeting_create.preparation.has_post_due = false;
		}
		assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
	}
}

void run_gather(struct run *run)
{
	run_simple(run, CMD_MEETING_ASSEMBLE);
	for (size_t i = 0; i < run->plan->sites.n_sites - 1; i++) {
		run_set_link(run, run->plan->sites.sites[i].id, LINK_STATE_ONLINE);
		run_set_media(run, run->plan->sites.sites[i].id, MEDIA_STATE_GOOD);
	}
}

void run_compile(struct run *run)
{
	msg_arena_reset(&run->arena);
	assert_int_equal(
		minutes_recorder_compile(run->recorder, ROLE_OPERATOR, &run->arena, &run->minutes),
		0);
}

void run_open(struct run *run)
{
	run_load(run, "b");
	run_set_up(run, 1);
	run_gather(run);
	run->command.body.name = CMD_SITE_SIGN;
	strcpy(run->command.body.site_sign.site, "tra-on");
	run->command.body.site_sign.step = READINESS_STEP_ROLL_CALLED;
	run->command.body.site_sign.done = true;
	assert_int_equal(run_give(run, ROLE_TECHNICIAN), 0);
	run_pass(run, 60 * MINUTE);
	run_simple(run, CMD_MEETING_OPEN);
}

char *run_page(const struct run *run, enum language language)
{
	char *html = NULL;
	size_t length = 0;
	struct paper_wanted wanted = {.kind = PAPER_KIND_MINUTES, .language = language};
	assert_int_equal(paper_html(&run->minutes, &wanted, &html, &length), 0);
	assert_int_equal(strlen(html), length);
	assert_null(strchr(strstr(html, "</style>"), '{')); /* every placeholder is filled */
	return html;
}

void run_leave_page(const char *html, const char *name)
{
	const char *folder = getenv("MINUTES_PAGE");
	char path[256];
	if (folder) {
		snprintf(path, sizeof(path), "%s/%s", folder, name);
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		fputs(html, file);
		fclose(file);
	}
}
