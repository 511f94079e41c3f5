#include "coordinator/commands/account_commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "cleanup.h"
#include "coordinator/commands/identity_fault.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/session_file.h"
#include "coordinator/installation/day_text.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/table_column.h"
#include "proto/words/text_fill.h"

enum { NAME_WIDTH = 22, DAY_WIDTH = 18, SIGNED_IN_WIDTH = 21 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

/* A sentence about an account, on standard output. */
static void tell(enum text_id text, const char *name, enum role role)
{
	say_text(stdout, text,
		(const struct text_value[]){{.name = "name", .text = name},
			{.name = "role", .text = label_of_role(role, language_now())}, {0}});
}

/* ---- passwords ---- */

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

static void print_password(const char *name, const char *password, bool from_stdin)
{
	if (from_stdin) {
		tell(TEXT_ACCOUNT_GIVEN, name, ROLE_UNSET);
		return;
	}
	tell(TEXT_INIT_ACCOUNT, name, ROLE_UNSET);
	say_text(stdout, TEXT_INIT_PASSWORD,
		(const struct text_value[]){{.name = "password", .text = password}, {0}});
	say_text(stdout, TEXT_INIT_ONCE, NULL);
}

/* role ROLE_UNSET: the account is there, and gets another password. */
static int give_password(const char *dir, const char *name, enum role role, bool from_stdin)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	char password[PASSWORD_MAX + 2];
	r = choose_password(from_stdin, password);
	if (r == 0) {
		r = role == ROLE_UNSET
			    ? identity_account_passwd(registry, name, password, wall())
			    : identity_account_add(registry, name, role, password, wall());
	}
	if (r == 0) {
		print_password(name, password, from_stdin);
		tell(role == ROLE_UNSET ? TEXT_ACCOUNT_PASSWD_NEXT : TEXT_ACCOUNT_ADDED_NEXT, name,
			role);
	}
	memory_wipe(password, sizeof(password));
	return r == 0 ? EXIT_SUCCESS : identity_fault(name, r);
}

int account_command_add(const char *dir, const char *name, enum role role, bool from_stdin)
{
	return give_password(dir, name, role, from_stdin);
}

int account_command_passwd(const char *dir, const char *name, bool from_stdin)
{
	return give_password(dir, name, ROLE_UNSET, from_stdin);
}

int account_command_remove(const char *dir, const char *name)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	r = identity_account_remove(registry, name);
	if (r != 0) {
		return identity_fault(name, r);
	}
	tell(TEXT_ACCOUNT_REMOVED, name, ROLE_UNSET);
	return EXIT_SUCCESS;
}

/* ---- the list ---- */

/* When its youngest session began; 0: there is none. */
static struct stamp signed_in(const struct stored_sessions *stored, const char *name)
{
	struct stamp last = {0};
	for (size_t i = 0; i < stored->n_sessions; i++) {
		const struct stored_session *session = &stored->sessions[i];
		int64_t begun = session->expires.ms - SESSION_SPAN_MS;
		if (strcmp(session->account, name) == 0 && begun > last.ms) {
			last.ms = begun;
		}
	}
	return last;
}

static void print_account(const struct account *account, const struct stored_sessions *stored)
{
	char since[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
	day_text(account->has_created ? account->created : account->changed, since);
	day_and_time_text(signed_in(stored, account->name), last);
	table_column(stdout, account->name, NAME_WIDTH);
	table_column(stdout, since, DAY_WIDTH);
	table_column(stdout, last, SIGNED_IN_WIDTH);
	puts(label_of_role(account->role, language_now()));
}

static void print_head(void)
{
	table_column(stdout, text_of(TEXT_ACCOUNT_HEAD_NAME, language_now()), NAME_WIDTH);
	table_column(stdout, text_of(TEXT_ACCOUNT_HEAD_SINCE, language_now()), DAY_WIDTH);
	table_column(stdout, text_of(TEXT_ACCOUNT_HEAD_SIGNED_IN, language_now()), SIGNED_IN_WIDTH);
	puts(text_of(TEXT_ACCOUNT_HEAD_ROLE, language_now()));
}

int account_command_list(const char *dir)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_load(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	/* Without sessions nobody is known to have signed in: no fault of the list. */
	struct msg_arena arena = {0};
	struct stored_sessions stored = {0};
	char path[ATOMIC_FILE_PATH_MAX];
	if (atomic_file_path(path, dir, "sessions.json") < 0 ||
		session_file_load(path, &arena, &stored) != 0) {
		stored.n_sessions = 0;
	}
	print_head();
	const struct account *account;
	for (size_t i = 0; (account = identity_account(registry, i)); i++) {
		print_account(account, &stored);
	}
	msg_arena_finish(&arena);
	return EXIT_SUCCESS;
}
