#include "coordinator/commands/admin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/commands/identity_fault.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "coordinator/plan/plan.h"
#include "coordinator/plan/plan_outline.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/printable.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"

DEFINE_CLEANUP(struct plan *, plan_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

/* ---- plans ---- */

static void tell_faults(const struct plan_diagnostics *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults->list[i], language_now(), sentence);
		print_line(stderr, "%s", sentence);
	}
	if (faults->n_lost > 0) {
		fprintf(stderr, "+ %zu\n", faults->n_lost);
	}
}

static int load_plan(const char *folder, struct plan **ret_plan)
{
	struct plan_diagnostics faults = {0};
	int r = plan_load(folder, ret_plan, &faults);
	tell_faults(&faults);
	plan_diagnostics_finish(&faults);
	if (r < 0) {
		say_errno("diemcau-coordinator", folder, -r);
	}
	return r;
}

int admin_check(const char *folder)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	if (load_plan(folder, &plan) != 0) {
		return EXIT_FAILURE;
	}
	say_text(stdout, TEXT_PLAN_SOUND,
		(const struct text_value[]){
			{.name = "name", .text = plan->meeting.name},
			{.name = "sites", .number = (int64_t)plan_count_venues(plan)},
			{.name = "items", .number = (int64_t)plan->agenda.n_items},
			{.name = "turns", .number = (int64_t)plan->speaking.n_turns},
			{0},
		});
	plan_print_outline(plan, language_now(), stdout);
	return EXIT_SUCCESS;
}

/* ---- init ---- */

static struct identity_site *list_sites(const struct plan *plan)
{
	struct identity_site *sites = calloc(plan->sites.n_sites + 1, sizeof(*sites));
	for (size_t i = 0; sites && i < plan->sites.n_sites; i++) {
		sites[i].id = plan->sites.sites[i].id;
		sites[i].number = plan_site_number(plan, i);
	}
	return sites;
}

static void tell_file(enum text_id text, const char *name, const char *value)
{
	say_text(stdout, text, (const struct text_value[]){{.name = name, .text = value}, {0}});
}

static void tell_next(const struct admin_init *init)
{
	char join[ATOMIC_FILE_PATH_MAX], key[ATOMIC_FILE_PATH_MAX];
	atomic_file_path(join, init->dir, "join");
	atomic_file_path(key, init->dir, "ca.key");
	say_text(stdout, TEXT_INIT_ONCE, NULL);
	say_text(stdout, TEXT_INIT_NEXT,
		(const struct text_value[]){{.name = "folder", .text = join},
			{.name = "dir", .text = init->dir}, {.name = "plan", .text = init->plan},
			{0}});
	tell_file(TEXT_INIT_KEY, "file", key);
	if (init->only_here) {
		say_text(stdout, TEXT_INIT_LOOPBACK_ONLY, NULL);
	}
}

static void tell_made(const struct admin_init *init, const char *password)
{
	char join[ATOMIC_FILE_PATH_MAX];
	atomic_file_path(join, init->dir, "join");
	tell_file(TEXT_INIT_JOIN_FILES, "folder", join);
	tell_file(TEXT_INIT_ACCOUNT, "name", init->operator_name);
	tell_file(TEXT_INIT_PASSWORD, "password", password);
}

int admin_init(const struct admin_init *init)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	if (load_plan(init->plan, &plan) != 0) {
		return EXIT_FAILURE;
	}
	struct identity_site *sites = list_sites(plan);
	struct identity_setup setup = {
		.dir = init->dir,
		.addresses = init->addresses,
		.n_addresses = init->n_addresses,
		.names = init->names,
		.n_names = init->n_names,
		.sites = sites,
		.n_sites = plan->sites.n_sites,
		.operator_name = init->operator_name,
	};
	char password[GENERATED_PASSWORD_SIZE];
	int r = sites ? identity_init(&setup, wall(), password) : -ENOMEM;
	free(sites);
	if (r != 0) {
		return identity_fault(init->dir, r);
	}
	tell_made(init, password);
	memory_wipe(password, sizeof(password));
	tell_next(init);
	return EXIT_SUCCESS;
}
