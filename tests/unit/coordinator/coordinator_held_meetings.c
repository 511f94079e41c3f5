/*
 * The folder of an installation through crashes: beginning a meeting, and taking over the folder of
 * an earlier version, are ended before each of their steps on disk in turn. What is left opens, and
 * the next try brings it to its end. The linker puts a process that dies in the place of the steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/installation/earlier_layout.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/installation/meeting_begin.h"
#include "coordinator/installation/outline.h"
#include "text_copy.h"

enum { STEPS_MAX = 200, DEAD = 77, SHELL_SIZE = 300 };

static const char plan_folder[] = "deploy/plans/d";
static char dir[64];
static int steps_left = -1; /* before the process ends; negative: it lives */

static void step(void)
{
	if (steps_left == 0) {
		_exit(DEAD);
	}
	steps_left -= steps_left > 0;
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	step();
	return __real_fsync(fd);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	step();
	return __real_rename(from, to);
}

int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
	step();
	return __real_mkdir(path, mode);
}

int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __wrap_unlink(const char *path)
{
	step();
	return __real_unlink(path);
}

__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
	char line[SHELL_SIZE];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	assert_int_equal(system(line), 0);
}

static int setup(void **state)
{
	(void)state;
	TEXT_COPY(dir, "/tmp/diemcau-held-XXXXXX");
	if (!mkdtemp(dir)) {
		return -1;
	}
	/* An installation that has let nobody in yet: sites get their numbers from it. */
	shell("echo '{\"version\":1,\"addresses\":[],\"accounts\":[],\"credentials\":[]}' "
	      "> %s/identity.json",
		dir);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	shell("rm -r %s", dir);
	return 0;
}

/* Runs it in a process of its own, which ends before step number `n`. True: it came to its end. */
static bool run_until(int n, int (*run)(void))
{
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		steps_left = n;
		_exit(run() == 0 ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == DEAD);
	return WEXITSTATUS(status) == 0;
}

static struct about outline_of(const char *meeting)
{
	struct meeting_place place;
	static struct about about;
	assert_int_equal(meeting_place_of(dir, meeting, &place), 0);
	assert_int_equal(outline_read(place.journal, &about), 0);
	return about;
}

/* ---- beginning ---- */

static int begin(void)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	int r = plan_load(plan_folder, &plan, &faults);
	char meeting[MEETING_ID_SIZE];
	if (r == 0) {
		struct meeting_beginning beginning = {
			.dir = dir, .folder = plan_folder, .plan = plan, .speed = 1};
		r = meeting_begin(&beginning, meeting);
	}
	plan_destroy(plan);
	plan_diagnostics_finish(&faults);
	return r;
}

static void a_meeting_begins_whole_or_not_at_all(void **state)
{
	(void)state;
	assert_int_equal(begin(), 0);
	bool done = false;
	size_t made = 1;
	int n = 0;
	for (; !done; n++) {
		assert_true(n < STEPS_MAX);
		done = run_until(n, begin);
		char current[MEETING_ID_SIZE];
		assert_int_equal(held_meeting_current(dir, current), 0);
		assert_int_equal(outline_of(current).state, MEETING_STATE_DRAFT);
		struct held_meetings meetings;
		assert_int_equal(held_meetings_list(dir, &meetings), 0);
		assert_in_range(meetings.n, made, made + 1);
		made = meetings.n;
		for (size_t i = 0; i < meetings.n; i++) {
			assert_string_equal(outline_of(meetings.ids[i]).meeting, meetings.ids[i]);
		}
		held_meetings_finish(&meetings);
	}
	assert_true(n > 10);
}

/* ---- taking over ---- */

static size_t taken, removed, left;

static void count(void *user, enum earlier_fate fate, const char *name)
{
	(void)user;
	(void)name;
	taken += fate == EARLIER_MEETING_TAKEN;
	removed += fate == EARLIER_REHEARSAL_REMOVED;
	left += fate == EARLIER_LEFT;
}

static int take_over(void)
{
	return earlier_layout_take_over(dir, count, NULL);
}

static void assert_taken_over(void)
{
	char current[MEETING_ID_SIZE];
	assert_int_equal(held_meeting_current(dir, current), 0);
	assert_int_equal(outline_of(current).state, MEETING_STATE_ASSEMBLING);
	struct held_meetings meetings;
	assert_int_equal(held_meetings_list(dir, &meetings), 0);
	assert_int_equal(meetings.n, 2);
	size_t past = strcmp(meetings.ids[0], current) == 0 ? 1 : 0;
	assert_int_equal(outline_of(meetings.ids[past]).state, MEETING_STATE_CLOSED);
	held_meetings_finish(&meetings);
	shell("test -z \"$(find %s -name 'meeting.sqlite*' -o -name 'rehearsal*' -o -name "
	      "archive)\"",
		dir);
}

/* Its last events are in the log beside the file only: a coordinator was killed. */
static void a_folder_of_an_earlier_version_is_taken_over_whole(void **state)
{
	(void)state;
	bool done = false;
	int n = 0;
	for (; !done; n++) {
		assert_true(n < STEPS_MAX);
		shell("rm -rf %s/*; cp -r tests/integration/kept_folder/* %s/", dir, dir);
		done = run_until(n, take_over);
		taken = removed = left = 0;
		assert_int_equal(take_over(), 0);
		assert_int_equal(left, 0);
		assert_taken_over();
	}
	assert_true(n > 10);
	assert_int_equal(taken + removed, 0);
}

static void what_holds_no_meeting_stays_where_it_is(void **state)
{
	(void)state;
	shell("mkdir %s/archive; echo no journal > %s/archive/x.sqlite", dir, dir);
	left = 0;
	assert_int_equal(take_over(), 0);
	assert_int_equal(left, 1);
	shell("test -f %s/archive/x.sqlite", dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_meeting_begins_whole_or_not_at_all, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_folder_of_an_earlier_version_is_taken_over_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_holds_no_meeting_stays_where_it_is, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
