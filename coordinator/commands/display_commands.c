#include "coordinator/commands/display_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/commands/identity_fault.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/seen_file.h"
#include "coordinator/installation/day_text.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/table_column.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { ID_WIDTH = 10, NAME_WIDTH = 34, VIEW_WIDTH = 26, DAY_WIDTH = 18, ADDRESS_SIZE = 1280 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

/* ---- made ---- */

/* As the pages are called that the coordinator serves. */
static const char *page_of(enum display_view view)
{
	static const char *const pages[DISPLAY_VIEW_END] = {
		[DISPLAY_VIEW_HALL] = "hall.html",
		[DISPLAY_VIEW_SPEAKER] = "speaker.html",
		[DISPLAY_VIEW_RUN_SHEET] = "run_sheet.html",
		[DISPLAY_VIEW_WATCHER] = "watcher.html",
	};
	return pages[view];
}

/* wss://host:port as a browser calls it: https://host:port. */
static void print_address(
	const struct identity_registry *registry, enum display_view view, const char *token)
{
	const char *sites = identity_address(registry);
	bool plain = strncmp(sites, "ws:", 3) == 0;
	const char *host = strchr(sites, ':');
	char address[ADDRESS_SIZE];
	snprintf(address, sizeof(address), "%s%s/%s#%s", plain ? "http" : "https", host ? host : "",
		page_of(view), token);
	say_text(stdout, TEXT_DISPLAY_ADDRESS,
		(const struct text_value[]){{.name = "address", .text = address}, {0}});
	memory_wipe(address, sizeof(address));
}

static void tell(enum text_id text, const char *name, enum display_view view)
{
	say_text(stdout, text,
		(const struct text_value[]){{.name = "name", .text = name},
			{.name = "view", .text = label_of_display_view(view, language_now())},
			{0}});
}

int display_command_add(const char *dir, const char *name, enum display_view view)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	char token[SECRET_TEXT_SIZE];
	r = identity_display_add(
		registry, &(struct display_order){name, view, NULL, wall()}, token);
	if (r == 0) {
		tell(TEXT_DISPLAY_ADDED, name, view);
		print_address(registry, view, token);
		say_text(stdout, TEXT_DISPLAY_ADDED_NEXT, NULL);
	}
	memory_wipe(token, sizeof(token));
	return r == 0 ? EXIT_SUCCESS : identity_fault(name, r);
}

/* ---- removed ---- */

static void find_id(
	const struct identity_registry *registry, const char *name, char id[DISPLAY_ID_SIZE])
{
	const struct display *display;
	text_copy(id, DISPLAY_ID_SIZE, name);
	for (size_t i = 0; (display = identity_display(registry, i)); i++) {
		if (strcmp(display->name, name) == 0) {
			identity_display_id(display, id);
		}
	}
}

int display_command_remove(const char *dir, const char *name)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	char id[DISPLAY_ID_SIZE];
	find_id(registry, name, id);
	r = identity_display_remove(registry, id);
	if (r != 0) {
		return identity_fault(name, r);
	}
	tell(TEXT_DISPLAY_REMOVED, name, DISPLAY_VIEW_UNSET);
	return EXIT_SUCCESS;
}

/* ---- listed ---- */

static struct stamp last_seen(const struct seen_displays *seen, const struct display *display)
{
	for (size_t i = 0; i < seen->n_displays; i++) {
		if (strcmp(seen->displays[i].digest, display->digest) == 0) {
			return seen->displays[i].seen;
		}
	}
	return (struct stamp){0};
}

static void print_display(const struct display *display, const struct seen_displays *seen)
{
	char id[DISPLAY_ID_SIZE], since[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
	identity_display_id(display, id);
	day_text(display->made, since);
	day_and_time_text(last_seen(seen, display), last);
	table_column(stdout, id, ID_WIDTH);
	table_column(stdout, display->name, NAME_WIDTH);
	table_column(stdout, label_of_display_view(display->view, language_now()), VIEW_WIDTH);
	table_column(stdout, since, DAY_WIDTH);
	puts(last);
}

static void print_head(void)
{
	table_column(stdout, text_of(TEXT_DISPLAY_HEAD_ID, language_now()), ID_WIDTH);
	table_column(stdout, text_of(TEXT_DISPLAY_HEAD_NAME, language_now()), NAME_WIDTH);
	table_column(stdout, text_of(TEXT_DISPLAY_HEAD_VIEW, language_now()), VIEW_WIDTH);
	table_column(stdout, text_of(TEXT_DISPLAY_HEAD_SINCE, language_now()), DAY_WIDTH);
	puts(text_of(TEXT_DISPLAY_HEAD_SEEN, language_now()));
}

int display_command_list(const char *dir)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = identity_load(dir, &registry);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	/* Without the file nobody is known to have been seen: no fault of the list. */
	struct msg_arena arena = {0};
	struct seen_displays seen = {0};
	char path[ATOMIC_FILE_PATH_MAX];
	if (atomic_file_path(path, dir, SEEN_FILE_NAME) < 0 ||
		seen_file_load(path, &arena, &seen) != 0) {
		seen.n_displays = 0;
	}
	print_head();
	const struct display *display;
	for (size_t i = 0; (display = identity_display(registry, i)); i++) {
		print_display(display, &seen);
	}
	msg_arena_finish(&arena);
	return EXIT_SUCCESS;
}
