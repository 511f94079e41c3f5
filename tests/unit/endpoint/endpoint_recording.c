/* The program as a file: it goes over no earlier one, and a full disk stops it with a word. */
#define _GNU_SOURCE /* unshare */
#include <fcntl.h>
#include <glib.h>
#include <inttypes.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/program/program.h"
#include "endpoint/media/program/recording_file.h"
#include "tests/unit/endpoint/main_loop.h"

enum {
	CHECK_MS = 100,
	PATIENCE = 200, /* checks that a busy machine may need */
	SKIPPED = 77,
	DISK_MIB = EP_RECORDING_NEEDED_MIB + 16,
	LEFT_KIB = 16, /* of the disk, beside what fills it */
};

static struct ep_program *program; /* of the running test: destroyed after it */
static char folder[] = "recording.XXXXXX";

static int enter(void **state)
{
	(void)state;
	assert_int_equal(chdir(folder), 0);
	return 0;
}

static int leave(void **state)
{
	(void)state;
	ep_program_destroy(program);
	program = NULL;
	unlink("record.mkv");
	unlink("record-2.mkv");
	unlink("filling");
	assert_int_equal(chdir(".."), 0);
	return 0;
}

static void begin(void)
{
	char *error = NULL;
	assert_int_equal(ep_program_create(EP_OUT_FILE, "record.mkv", ep_format_find("360p15"),
				 &program, &error),
		0);
}

static int64_t size_of(const char *path)
{
	struct stat file;
	return stat(path, &file) == 0 ? (int64_t)file.st_size : -1;
}

static bool is_stopped(void)
{
	struct ep_recording recording;
	ep_program_recording(program, &recording);
	return recording.fault != NULL;
}

static bool is_going_on(void)
{
	struct ep_recording recording;
	ep_program_recording(program, &recording);
	return !recording.fault && size_of("record-2.mkv") > 1000;
}

static bool has_begun(void)
{
	return size_of("record.mkv") > 1000 || size_of("record-2.mkv") > 1000;
}

static void wait_until(bool (*is)(void))
{
	for (int i = 0; i < PATIENCE && !is(); i++) {
		run_for(CHECK_MS);
		ep_program_check(program);
	}
	assert_true(is());
}

static void record(void)
{
	begin();
	wait_until(has_begun);
	ep_program_destroy(program);
	program = NULL;
}

static void goes_over_no_earlier_one(void **state)
{
	(void)state;
	record();
	int64_t first = size_of("record.mkv");
	record();
	assert_int_equal(size_of("record.mkv"), first);
	assert_true(size_of("record-2.mkv") > 1000);
	char *next = ep_recording_path("record.mkv");
	assert_string_equal(next, "record-3.mkv");
	g_free(next);
}

static void names_are_numbered_before_the_ending(void **state)
{
	(void)state;
	char *path = ep_recording_path("./record.d/none");
	assert_string_equal(path, "./record.d/none");
	g_free(path);
	assert_true(g_file_set_contents("record", "", 0, NULL));
	path = ep_recording_path("./record");
	assert_string_equal(path, "./record-2");
	g_free(path);
	unlink("record");
}

/* All but LEFT_KIB of the disk. */
static void fill(void)
{
	int file = open("filling", O_CREAT | O_WRONLY, 0600);
	assert_true(file >= 0);
	assert_int_equal(
		posix_fallocate(file, 0, (off_t)DISK_MIB * 1024 * 1024 - LEFT_KIB * 1024), 0);
	close(file);
}

static void a_full_disk_is_told_and_it_goes_on_when_there_is_room(void **state)
{
	(void)state;
	fill();
	begin();
	wait_until(is_stopped);
	struct ep_recording recording;
	ep_program_recording(program, &recording);
	print_message("%s; %" PRId64 " MiB\n", recording.fault, ep_recording_room("record.mkv"));
	assert_true(recording.nearly_full);
	assert_string_equal(recording.path, "record.mkv");
	assert_null(ep_program_fault(program));
	unlink("filling");
	wait_until(is_going_on);
}

/* A small disk of its own, in a mount namespace of its own. */
static bool make_disk(void)
{
	char options[32];
	snprintf(options, sizeof(options), "size=%dm", DISK_MIB);
	return unshare(CLONE_NEWNS) == 0 &&
	       mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("none", folder, "tmpfs", 0, options) == 0;
}

int main(void)
{
	assert_non_null(mkdtemp(folder));
	if (!make_disk()) {
		perror("no disk of its own");
		rmdir(folder);
		return SKIPPED;
	}
	ep_pipeline_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(goes_over_no_earlier_one, enter, leave),
		cmocka_unit_test_setup_teardown(names_are_numbered_before_the_ending, enter, leave),
		cmocka_unit_test_setup_teardown(
			a_full_disk_is_told_and_it_goes_on_when_there_is_room, enter, leave),
	};
	int r = cmocka_run_group_tests(tests, NULL, NULL);
	umount(folder);
	rmdir(folder);
	return r;
}
