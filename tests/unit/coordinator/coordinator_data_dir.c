/*
 * Putting a meeting aside: it is under its new name on disk before it is gone from its old one. The
 * linker puts a disk that keeps a list in the place of fsync and rename.
 */
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

#include "coordinator/data_dir.h"

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

static char dir[] = "/tmp/diemcau-storage-XXXXXX";
static char journal[64];
static char done[512]; /* what the disk was asked for, in order */
static const char *failing; /* a folder; NULL: none */

static void note(const char *what, const char *path)
{
	size_t length = strlen(done);
	size_t skipped = strncmp(path, dir, strlen(dir)) == 0 ? strlen(dir) : 0;
	snprintf(done + length, sizeof(done) - length, "%s %s\n", what, path + skipped);
}

int __wrap_fsync(int fd)
{
	char link[64], path[256] = "";
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	assert_true(readlink(link, path, sizeof(path) - 1) > 0);
	note("sync", path);
	if (failing && strcmp(path + strlen(dir), failing) == 0) {
		errno = EIO;
		return -1;
	}
	return __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
	int status = __real_rename(from, to);
	if (status == 0) {
		note("name", to);
	}
	return status;
}

static int setup(void **state)
{
	(void)state;
	strcpy(strrchr(dir, '-') + 1, "XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(journal, sizeof(journal), "%s/meeting.sqlite", dir);
	FILE *file = fopen(journal, "w");
	assert_non_null(file);
	fclose(file);
	done[0] = '\0';
	failing = NULL;
	return 0;
}

static int teardown(void **state)
{
	static const char *const made[] = {"/archive/m-1.sqlite", "/archive", ""};
	(void)state;
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		char path[96];
		snprintf(path, sizeof(path), "%s%s", dir, made[i]);
		assert_int_equal(remove(path), 0);
	}
	return 0;
}

static void a_meeting_put_aside_is_on_disk_under_its_new_name_first(void **state)
{
	(void)state;
	assert_int_equal(data_dir_archive(dir, journal, "m-1", false), 0);
	assert_string_equal(done, "name /archive/m-1.sqlite\nsync /archive\nsync \n");
}

static void a_disk_that_does_not_keep_the_name_is_a_fault(void **state)
{
	(void)state;
	failing = "/archive";
	assert_int_equal(data_dir_archive(dir, journal, "m-1", false), -EIO);
	assert_string_equal(done, "name /archive/m-1.sqlite\nsync /archive\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_meeting_put_aside_is_on_disk_under_its_new_name_first, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_disk_that_does_not_keep_the_name_is_a_fault, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
