/* Display links: made, found by their tokens, removed, and there again after a restart. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/seen_file.h"

static char folder[64];
static const struct stamp now = {1790000000000};

static int install(void **state)
{
	static const char *const addresses[] = {"wss://trungtam.example.vn:8443"};
	static const struct identity_site sites[] = {{"trung-tam", 1}};
	char parent[] = "/tmp/displays-XXXXXX", password[GENERATED_PASSWORD_SIZE];
	(void)state;
	assert_non_null(mkdtemp(parent));
	snprintf(folder, sizeof(folder), "%s/id", parent);
	struct identity_setup setup = {.dir = folder,
		.addresses = addresses,
		.n_addresses = 1,
		.sites = sites,
		.n_sites = 1,
		.operator_name = "truc"};
	assert_int_equal(identity_init(&setup, now, password), 0);
	return 0;
}

static int uninstall(void **state)
{
	char command[128];
	(void)state;
	*strrchr(folder, '/') = '\0';
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static struct identity_registry *edit(void)
{
	struct identity_registry *registry = NULL;
	assert_int_equal(identity_edit(folder, &registry), 0);
	return registry;
}

static int add(struct identity_registry *registry, const char *name, enum display_view view,
	char token[SECRET_TEXT_SIZE])
{
	return identity_display_add(
		registry, &(struct display_order){name, view, "truc", now}, token);
}

static void a_link_is_found_by_its_token_until_it_is_removed(void **state)
{
	char hall[SECRET_TEXT_SIZE], lectern[SECRET_TEXT_SIZE], id[DISPLAY_ID_SIZE];
	struct identity_registry *registry = edit(), *reader = NULL;
	bool changed = false;
	(void)state;
	assert_int_equal(identity_load(folder, &reader), 0);
	assert_null(identity_display(reader, 0));
	assert_int_equal(add(registry, "Màn hình hội trường A", DISPLAY_VIEW_HALL, hall), 0);
	assert_int_equal(add(registry, "Bục phát biểu", DISPLAY_VIEW_SPEAKER, lectern), 0);
	assert_string_not_equal(hall, lectern);
	assert_int_equal(strlen(hall), SECRET_TEXT_SIZE - 1);
	assert_int_equal(identity_refresh(reader, &changed), 0);
	assert_true(changed);
	const struct display *found = identity_display_of(reader, hall);
	assert_non_null(found);
	assert_string_equal(found->name, "Màn hình hội trường A");
	assert_string_equal(found->account, "truc");
	assert_null(strstr(found->digest, hall));
	assert_int_equal(identity_display_role(found->view), ROLE_DISPLAY);
	assert_int_equal(
		identity_display_role(identity_display_of(reader, lectern)->view), ROLE_LECTERN);
	char digest[DIGEST_SIZE];
	strcpy(digest, found->digest);
	identity_display_id(found, id);
	assert_true(identity_display_holds(reader, digest));
	assert_int_equal(identity_display_remove(registry, id), 0);
	assert_int_equal(identity_display_remove(registry, id), IDENTITY_UNKNOWN);
	assert_int_equal(identity_refresh(reader, &changed), 0);
	assert_false(identity_display_holds(reader, digest));
	assert_null(identity_display_of(reader, hall));
	assert_non_null(identity_display_of(reader, lectern));
	assert_null(identity_display_of(reader, ""));
	identity_destroy(registry);
	identity_destroy(reader);
}

static void names_are_people_s_and_of_one_screen_each(void **state)
{
	struct identity_registry *registry = edit();
	char token[SECRET_TEXT_SIZE], most[4 * SCREEN_NAME_CHARS + 8] = "";
	static const char *const bad[] = {"", " Hội trường", "a\nb", "a\x1b[2J", "\xff"};
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
			add(registry, bad[i], DISPLAY_VIEW_HALL, token), IDENTITY_BAD_DISPLAY_NAME);
	}
	for (size_t i = 0; i < SCREEN_NAME_CHARS; i++) {
		strcat(most, "ộ");
	}
	assert_int_equal(add(registry, most, DISPLAY_VIEW_WATCHER, token), 0);
	assert_int_equal(add(registry, most, DISPLAY_VIEW_HALL, token), IDENTITY_EXISTS);
	strcat(most, "ộ");
	assert_int_equal(add(registry, most, DISPLAY_VIEW_HALL, token), IDENTITY_BAD_DISPLAY_NAME);
	identity_destroy(registry);
}

static void so_many_and_no_more(void **state)
{
	struct identity_registry *registry = edit();
	char token[SECRET_TEXT_SIZE], name[32];
	size_t n = 0;
	int r = 0;
	(void)state;
	for (; r == 0 && n <= IDENTITY_DISPLAYS_MAX; n++) {
		snprintf(name, sizeof(name), "screen %zu", n);
		r = add(registry, name, DISPLAY_VIEW_HALL, token);
	}
	assert_int_equal(r, IDENTITY_FULL);
	assert_non_null(identity_display(registry, IDENTITY_DISPLAYS_MAX - 1));
	assert_null(identity_display(registry, IDENTITY_DISPLAYS_MAX));
	identity_destroy(registry);
}

static void when_they_were_seen_is_kept(void **state)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct msg_arena arena = {0};
	struct seen_displays seen;
	struct seen_display one = {.seen = {5}};
	(void)state;
	memset(one.digest, 'a', DIGEST_CHARS);
	assert_int_equal(atomic_file_path(path, folder, SEEN_FILE_NAME), 0);
	assert_int_equal(seen_file_load(path, &arena, &seen), 0);
	assert_int_equal(seen.n_displays, 0);
	struct seen_displays kept = {
		.version = JOIN_VERSION_MAX, .displays = &one, .n_displays = 1};
	assert_int_equal(seen_file_write(path, &kept), 0);
	assert_int_equal(seen_file_load(path, &arena, &seen), 0);
	assert_int_equal(seen.n_displays, 1);
	assert_int_equal(seen.displays[0].seen.ms, 5);
	assert_int_equal(atomic_file_replace(path, "{", 1), 0);
	assert_int_equal(seen_file_load(path, &arena, &seen), -EBADMSG);
	msg_arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_is_found_by_its_token_until_it_is_removed),
		cmocka_unit_test(names_are_people_s_and_of_one_screen_each),
		cmocka_unit_test(when_they_were_seen_is_kept),
		cmocka_unit_test(so_many_and_no_more),
	};
	return cmocka_run_group_tests(tests, install, uninstall);
}
