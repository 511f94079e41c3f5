#include "coordinator/commands/meeting_update.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/commands/change_text.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/meeting_fold.h"
#include "coordinator/engine/engine.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/secret.h"
#include "coordinator/installation/change_desk.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/site_numbers.h"
#include "coordinator/journal/record.h"
#include "coordinator/plan/plan_changes.h"
#include "coordinator/plan/plan_files.h"
#include "proto/system/language.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

DEFINE_CLEANUP(struct plan *, plan_destroy)
DEFINE_CLEANUP(struct meeting *, mtg_destroy)
DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct now present(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return (struct now){.wall = reading.wall};
}

/* ---- what differs ---- */

/* The plan that the meeting has taken in; NULL where an earlier version kept none. */
static struct plan *plan_taken(const struct meeting_place *place)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	if (plan_load(place->plan, &plan, &faults) != 0) {
		plan = NULL;
		say_text(stderr, TEXT_MEETING_UPDATE_NO_COPY, NULL);
	}
	plan_diagnostics_finish(&faults);
	return plan;
}

static int find_changes(const struct meeting_update *update, const struct plan *plan,
	struct plan_changes *changes, int64_t *ret_seen)
{
	struct plan *before cleanup(plan_destroy) = plan_taken(update->place);
	struct meeting *meeting cleanup(mtg_destroy) = NULL;
	uint32_t *numbers = NULL;
	int r = meeting_fold(update->place->journal, &meeting);
	if (r == 0) {
		*ret_seen = mtg_last_seq(meeting);
		r = site_numbers_foresee(update->dir, plan, &numbers);
	}
	if (r == 0) {
		struct now now = present();
		now.at = mtg_last_at(meeting);
		r = plan_changes_find(
			&(struct plan_comparison){before, plan, numbers, meeting, now, ROLE_SYSTEM},
			changes);
	}
	free(numbers);
	return r;
}

/* ---- showing ---- */

/* The command for people, and where it would be refused, why. */
static void show_one(const struct plan_change *change)
{
	char text[CHANGE_TEXT_SIZE];
	change_text(change, language_now(), text);
	print_line(stdout, "%s %s%s%s", change->refusal ? "!" : " ", text,
		change->refusal ? ". " : "",
		change->refusal ? sentence_of_refusal(change->refusal, language_now()) : "");
}

/* The command as it would be given, for programs. */
static void show_as_json(const struct plan_change *change)
{
	char *json cleanup(msg_free) = NULL;
	size_t size;
	if (msg_encode(&msg_command, &change->command, &json, &size) == 0) {
		print_line(stdout, "%s %s", change->refusal ? "!" : " ", json);
	}
}

static void show(const struct meeting_update *update, const struct plan_changes *changes)
{
	const struct text_value values[] = {{.name = "count", .number = (int64_t)changes->n},
		{.name = "refused", .number = (int64_t)changes->n_refused},
		{.name = "meeting", .text = update->about->meeting},
		{.name = "title", .text = update->about->name},
		{.name = "plan", .text = update->plan}, {.name = "dir", .text = update->dir}, {0}};
	say_text(stdout, changes->n == 0 ? TEXT_MEETING_UPDATE_NOTHING : TEXT_MEETING_UPDATE_ASKS,
		values);
	for (size_t i = 0; i < changes->n; i++) {
		(update->json ? show_as_json : show_one)(&changes->list[i]);
	}
	if (changes->n_refused > 0) {
		say_text(stdout, TEXT_MEETING_UPDATE_REFUSED, values);
	}
	if (!update->apply && changes->n > changes->n_refused) {
		say_text(stdout, TEXT_MEETING_UPDATE_SHOWN, values);
	}
}

/* ---- giving ---- */

/* Those that will be accepted. */
static struct change_command *commands_of(const struct plan_changes *changes)
{
	struct change_command *commands = calloc(changes->n + 1, sizeof(*commands));
	size_t n = 0;
	for (size_t i = 0; commands && i < changes->n; i++) {
		if (changes->list[i].refusal == REFUSAL_UNSET) {
			commands[n++].body = changes->list[i].command;
		}
	}
	return commands;
}

static int order(const struct meeting_update *update, const struct change_command *commands,
	size_t n, int64_t seen, struct change_answer *ret_answer)
{
	struct change_order order = {
		.expect = (uint64_t)seen, .commands = commands, .n_commands = n};
	snprintf(order.id, sizeof(order.id), "%016" PRIx64 "%016" PRIx64, secret_number(),
		secret_number());
	return change_desk_order(update->place, &order, ret_answer);
}

static void ignore_wake(void *user)
{
	(void)user;
}

/* On the journal itself: nobody serves the meeting. */
static int give(const struct meeting_place *place, const struct change_command *commands, size_t n,
	struct change_answer *ret_answer)
{
	struct clock clock;
	struct engine *engine = NULL;
	struct engine_config config = {
		.path = place->journal, .clock = &clock, .wake = ignore_wake};
	enum refusal refusal = REFUSAL_UNSET;
	int r = engine_create(&config, &engine);
	while (r == 0 && refusal == REFUSAL_UNSET && ret_answer->given < n) {
		refusal = engine_submit_system(engine, &commands[ret_answer->given].body);
		ret_answer->given += refusal == REFUSAL_UNSET;
	}
	ret_answer->has_refusal = refusal != REFUSAL_UNSET;
	ret_answer->refusal = refusal;
	r = r == 0 ? engine_flush(engine) : r;
	engine_destroy(engine);
	return r;
}

static int give_all(const struct meeting_update *update, const struct plan_changes *changes,
	int64_t seen, struct change_answer *ret_answer)
{
	size_t n = changes->n - changes->n_refused;
	struct change_command *commands = commands_of(changes);
	*ret_answer = (struct change_answer){0};
	if (!commands) {
		return -ENOMEM;
	}
	int r = n == 0 ? 0
		: installation_journal_is_open(update->place->journal)
			? order(update, commands, n, seen, ret_answer)
			: give(update->place, commands, n, ret_answer);
	free(commands);
	return r;
}

/* ---- after it ---- */

/* To the sites of the plan that have a number, and never had a join file. */
static void hand_out(const struct meeting_update *update, const struct plan *plan)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(update->dir, &registry);
	for (size_t i = 0; r == 0 && i < plan->sites.n_sites; i++) {
		const char *site = plan->sites.sites[i].id;
		if (!site_numbers_is_new(registry, site)) {
			continue;
		}
		r = identity_site_add(registry, site, present().wall);
		if (r == 0) {
			say_text(stdout, TEXT_MEETING_UPDATE_JOIN_FILE,
				(const struct text_value[]){{.name = "site", .text = site},
					{.name = "dir", .text = update->dir}, {0}});
		}
	}
	if (r != 0) {
		command_complain(update->dir, r < 0 ? r : -EIO);
	}
}

static int say_given(const struct meeting_update *update, const struct plan_changes *changes,
	const struct change_answer *answer)
{
	const struct text_value values[] = {{.name = "given", .number = answer->given},
		{.name = "count", .number = (int64_t)(changes->n - changes->n_refused)},
		{.name = "refused", .number = (int64_t)changes->n_refused},
		{.name = "why",
			.text = answer->has_refusal
					? sentence_of_refusal(answer->refusal, language_now())
					: ""},
		{.name = "dir", .text = update->dir}, {.name = "plan", .text = update->plan}, {0}};
	if (answer->has_refusal) {
		say_fault(command_program, TEXT_MEETING_UPDATE_STOPPED, values);
		return EXIT_FAILURE;
	}
	if (changes->n == 0) {
		return EXIT_SUCCESS;
	}
	say_text(stdout,
		changes->n_refused == 0 ? TEXT_MEETING_UPDATE_GIVEN
					: TEXT_MEETING_UPDATE_GIVEN_IN_PART,
		values);
	return EXIT_SUCCESS;
}

/* Those that were foreseen: nothing else changes the installation meanwhile. */
static int give_numbers(const struct meeting_update *update, const struct plan *plan)
{
	uint32_t *numbers = NULL;
	int r = site_numbers_give(update->dir, plan, &numbers);
	free(numbers);
	return r > 0 ? -EINVAL : r;
}

static int apply(const struct meeting_update *update, const struct plan *plan,
	const struct plan_changes *changes, int64_t seen)
{
	struct change_answer answer;
	signal(SIGINT, SIG_IGN); /* from here on it is done whole, or told */
	int r = give_numbers(update, plan);
	r = r == 0 ? give_all(update, changes, seen, &answer) : r;
	if (r == -ETIMEDOUT) {
		say_fault(command_program, TEXT_MEETING_UPDATE_NO_ANSWER,
			(const struct text_value[]){{.name = "dir", .text = update->dir},
				{.name = "plan", .text = update->plan}, {0}});
		return EXIT_FAILURE;
	}
	if (r != 0) {
		return command_complain(update->place->folder, r);
	}
	int status = say_given(update, changes, &answer);
	if (status == EXIT_SUCCESS) {
		hand_out(update, plan);
		r = changes->n_refused == 0 ? meeting_keep_plan(update->place, update->plan) : 0;
	}
	return r == 0 ? status : command_complain(update->place->plan, r);
}

int meeting_update(const struct meeting_update *update)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	struct plan_changes changes = {0};
	int64_t seen = 0;
	int status = command_load_plan(update->plan, &plan);
	if (status != EXIT_SUCCESS) {
		return status;
	}
	int r = find_changes(update, plan, &changes, &seen);
	if (r != 0) {
		status = command_complain(update->place->folder, r);
	} else {
		show(update, &changes);
		status = update->apply ? apply(update, plan, &changes, seen) : EXIT_SUCCESS;
	}
	plan_changes_finish(&changes);
	return status;
}
