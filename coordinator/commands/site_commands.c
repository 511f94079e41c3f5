#include "coordinator/commands/site_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/commands/identity_fault.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "coordinator/installation/day_text.h"
#include "coordinator/installation/planned_site.h"
#include "proto/system/language.h"
#include "proto/system/table_column.h"
#include "proto/words/text_fill.h"

enum { NUMBER_WIDTH = 6, SITE_WIDTH = 26, SENTENCE_SIZE = ATOMIC_FILE_PATH_MAX + 128 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

static void join_path(const char *dir, const char *site, char path[ATOMIC_FILE_PATH_MAX])
{
	char name[SITE_ID_SIZE + sizeof("join/.json")];
	snprintf(name, sizeof(name), "join/%s.json", site);
	atomic_file_path(path, dir, name);
}

/* ---- one site ---- */

struct site_change {
	int (*act)(struct identity_registry *registry, const char *site);
	enum text_id done; /* {site}, {number}, {file} */
	enum text_id next; /* after all of them */
};

static int add(struct identity_registry *registry, const char *site)
{
	return identity_site_add(registry, site, wall());
}

static int reissue(struct identity_registry *registry, const char *site)
{
	return identity_token_rotate(registry, site, wall());
}

static int change_one(const struct site_change *change, struct identity_registry *registry,
	const char *dir, const char *site)
{
	int r = change->act(registry, site);
	if (r != 0) {
		return identity_fault(site, r);
	}
	char path[ATOMIC_FILE_PATH_MAX];
	join_path(dir, site, path);
	say_text(stdout, change->done,
		(const struct text_value[]){{.name = "site", .text = site},
			{.name = "number", .number = identity_site_number(registry, site)},
			{.name = "file", .text = path}, {0}});
	return EXIT_SUCCESS;
}

static int change_all(const struct site_change *change, const char *dir, const char *const *sites)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	int status = EXIT_SUCCESS;
	bool any = false;
	for (size_t i = 0; sites[i]; i++) {
		int done = change_one(change, registry, dir, sites[i]);
		any = any || done == EXIT_SUCCESS;
		status = done == EXIT_SUCCESS ? status : done;
	}
	if (any) {
		say_text(stdout, change->next, NULL);
	}
	return status;
}

/* A name that is misspelt gets a file like any other: it would never be let in. */
static void tell_unplanned(const char *dir, const char *const *sites)
{
	for (size_t i = 0; sites[i]; i++) {
		if (!planned_site_exists(dir, sites[i])) {
			say_text(stdout, TEXT_SITE_UNPLANNED,
				(const struct text_value[]){
					{.name = "site", .text = sites[i]}, {0}});
		}
	}
}

int site_command_add(const char *dir, const char *const *sites)
{
	static const struct site_change change = {add, TEXT_SITE_ADDED, TEXT_SITE_ADDED_NEXT};
	int status = change_all(&change, dir, sites);
	if (status == EXIT_SUCCESS) {
		tell_unplanned(dir, sites);
	}
	return status;
}

int site_command_remove(const char *dir, const char *const *sites)
{
	static const struct site_change change = {
		identity_token_revoke, TEXT_SITE_REMOVED, TEXT_SITE_REMOVED_NEXT};
	return change_all(&change, dir, sites);
}

int site_command_reissue(const char *dir, const char *const *sites)
{
	static const struct site_change change = {
		reissue, TEXT_SITE_REISSUED, TEXT_SITE_REISSUED_NEXT};
	return change_all(&change, dir, sites);
}

/* ---- the list ---- */

static int by_number(const void *a, const void *b)
{
	const struct credential *one = *(const struct credential *const *)a;
	const struct credential *other = *(const struct credential *const *)b;
	return (one->number > other->number) - (one->number < other->number);
}

/* What has become of its join file. */
static void describe(const char *dir, const struct credential *credential, char text[SENTENCE_SIZE])
{
	char path[ATOMIC_FILE_PATH_MAX], day[DAY_TEXT_SIZE];
	join_path(dir, credential->site, path);
	day_text(credential->issued, day);
	bool lies_here = access(path, F_OK) == 0;
	enum text_id id = credential->issued.ms == 0 ? TEXT_SITE_LIST_NONE
			  : credential->revoked      ? TEXT_SITE_LIST_REVOKED
			  : lies_here                ? TEXT_SITE_LIST_WAITS
						     : TEXT_SITE_LIST_HANDED_OUT;
	text_fill(text, SENTENCE_SIZE, id, language_now(),
		(const struct text_value[]){
			{.name = "day", .text = day}, {.name = "file", .text = path}, {0}});
}

static void print_row(const char *number, const char *site, const char *file)
{
	table_column(stdout, number, NUMBER_WIDTH);
	table_column(stdout, site, SITE_WIDTH);
	puts(file);
}

static void print_site(const char *dir, const struct credential *credential)
{
	char number[16], text[SENTENCE_SIZE];
	snprintf(number, sizeof(number), "%u", (unsigned)credential->number);
	describe(dir, credential, text);
	print_row(credential->role == ROLE_RELAY ? "-" : number, credential->site, text);
}

int site_command_list(const char *dir)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_load(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	static const struct credential *list[IDENTITY_CREDENTIALS_MAX];
	size_t n = 0;
	while (n < IDENTITY_CREDENTIALS_MAX && (list[n] = identity_credential(registry, n))) {
		n++;
	}
	qsort(list, n, sizeof(list[0]), by_number);
	print_row(text_of(TEXT_SITE_HEAD_NUMBER, language_now()),
		text_of(TEXT_SITE_HEAD_SITE, language_now()),
		text_of(TEXT_SITE_HEAD_FILE, language_now()));
	for (size_t i = 0; i < n; i++) {
		print_site(dir, list[i]);
	}
	return EXIT_SUCCESS;
}
