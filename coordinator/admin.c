#include "coordinator/admin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/identity.h"
#include "coordinator/plan/plan.h"
#include "coordinator/plan/plan_outline.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum { ADDRESS_SIZE = 300 };

DEFINE_CLEANUP(struct plan *, plan_destroy)
DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

static const char *explain(int refusal)
{
	static const enum text_id texts[IDENTITY_REFUSAL_COUNT] = {
		[IDENTITY_UNKNOWN] = TEXT_IDENTITY_UNKNOWN,
		[IDENTITY_EXISTS] = TEXT_IDENTITY_EXISTS,
		[IDENTITY_BAD_NAME] = TEXT_IDENTITY_BAD_NAME,
		[IDENTITY_BAD_ROLE] = TEXT_IDENTITY_BAD_ROLE,
		[IDENTITY_WEAK_PASSWORD] = TEXT_IDENTITY_WEAK_PASSWORD,
		[IDENTITY_LAST_OPERATOR] = TEXT_IDENTITY_LAST_OPERATOR,
		[IDENTITY_FULL] = TEXT_IDENTITY_FULL,
		[IDENTITY_OPEN_FOLDER] = TEXT_IDENTITY_OPEN_FOLDER,
		[IDENTITY_BAD_ADDRESS] = TEXT_IDENTITY_BAD_ADDRESS,
	};
	return text_of(texts[refusal], language_now());
}

static int complain(const char *what, int status)
{
	if (status < 0) {
		print_line(stderr, "diemcau-coordinator: %s: %s", what, strerror(-status));
	} else {
		print_line(stderr, "diemcau-coordinator: %s: %s: %s", what,
			identity_refusal_name(status), explain(status));
	}
	return EXIT_FAILURE;
}

static int finish(const char *what, int status)
{
	return status == 0 ? EXIT_SUCCESS : complain(what, status);
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
	return r < 0 ? complain(folder, r) : r;
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
			{.name = "sites", .number = (int64_t)plan->sites.n_sites},
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

static void write_addresses(const struct admin_init *init, char text[][ADDRESS_SIZE],
	const char *pointers[ADMIN_LIST_MAX])
{
	for (size_t i = 0; i < init->n_addresses; i++) {
		const char *scheme = strstr(init->addresses[i], "://") ? "" : "wss://";
		snprintf(text[i], ADDRESS_SIZE, "%s%s", scheme, init->addresses[i]);
		pointers[i] = text[i];
	}
}

int admin_init(const struct admin_init *init)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	if (load_plan(init->plan, &plan) != 0) {
		return EXIT_FAILURE;
	}
	struct identity_site *sites = list_sites(plan);
	char text[ADMIN_LIST_MAX][ADDRESS_SIZE];
	const char *addresses[ADMIN_LIST_MAX];
	write_addresses(init, text, addresses);
	struct identity_setup setup = {
		.dir = init->dir,
		.addresses = addresses,
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
		return complain(init->dir, r);
	}
	printf("join files: %s/join\naccount: %s\npassword: %s\n", init->dir, init->operator_name,
		password);
	memory_wipe(password, sizeof(password));
	return EXIT_SUCCESS;
}

/* ---- accounts and tokens ---- */

static int read_password(char password[PASSWORD_MAX + 2])
{
	if (!fgets(password, PASSWORD_MAX + 2, stdin)) {
		return IDENTITY_WEAK_PASSWORD;
	}
	size_t length = strcspn(password, "\r\n");
	bool cut = length == PASSWORD_MAX + 1 && password[length] == '\0';
	password[length] = '\0';
	return cut ? IDENTITY_WEAK_PASSWORD : 0;
}

static int choose_password(bool from_stdin, char password[PASSWORD_MAX + 2])
{
	if (from_stdin) {
		return read_password(password);
	}
	password_make(password);
	return 0;
}

static int give_password(const char *dir, const char *name, enum role role, bool from_stdin)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	char password[PASSWORD_MAX + 2];
	if (r == 0) {
		r = choose_password(from_stdin, password);
	}
	if (r == 0) {
		r = role == ROLE_UNSET
			    ? identity_account_passwd(registry, name, password, wall())
			    : identity_account_add(registry, name, role, password, wall());
	}
	if (r == 0 && !from_stdin) {
		printf("account: %s\npassword: %s\n", name, password);
	}
	memory_wipe(password, sizeof(password));
	return finish(name, r);
}

int admin_account_add(const char *dir, const char *name, enum role role, bool from_stdin)
{
	return give_password(dir, name, role, from_stdin);
}

int admin_account_passwd(const char *dir, const char *name, bool from_stdin)
{
	return give_password(dir, name, ROLE_UNSET, from_stdin);
}

static int change(const char *dir, const char *name,
	int (*function)(struct identity_registry *registry, const char *name))
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	return finish(name, r == 0 ? function(registry, name) : r);
}

int admin_account_remove(const char *dir, const char *name)
{
	return change(dir, name, identity_account_remove);
}

static int rotate(struct identity_registry *registry, const char *site)
{
	return identity_token_rotate(registry, site, wall());
}

int admin_token_rotate(const char *dir, const char *site)
{
	return change(dir, site, rotate);
}

int admin_token_revoke(const char *dir, const char *site)
{
	return change(dir, site, identity_token_revoke);
}
