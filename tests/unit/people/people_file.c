/* People on disk: kept, swept, erased, copied. */
#include "coordinator/people/people_file.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "text_copy.h"

static char folder[] = "/tmp/people-XXXXXX";
static char path[64], other[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/people-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/people.sqlite", folder);
	snprintf(other, sizeof(other), "%s/copy.sqlite", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	unlink(other);
	return rmdir(folder);
}

static struct people_row row_of(const char *site, const char *technician)
{
	struct people_row row = {0};
	TEXT_COPY(row.site, site);
	TEXT_COPY(row.people.technician, technician);
	people_salt_draw(&row.salt);
	people_digest(&row.salt, &row.people, row.digest);
	return row;
}

struct found {
	size_t n;
	struct people_row last;
};

static int count(void *user, const struct people_row *row)
{
	struct found *found = user;
	found->n++;
	found->last = *row;
	return 0;
}

static size_t rows_in(const char *file, struct people_row *ret_last)
{
	struct people_file *people;
	struct found found = {0};
	assert_int_equal(people_file_open(file, &people), 0);
	assert_int_equal(people_file_each(people, count, &found), 0);
	people_file_close(people);
	*ret_last = found.last;
	return found.n;
}

static bool is_in_file(const char *file, const char *text)
{
	static char bytes[256 * 1024];
	FILE *from = fopen(file, "rb");
	assert_non_null(from);
	size_t n = fread(bytes, 1, sizeof(bytes), from);
	fclose(from);
	assert_true(n < sizeof(bytes));
	for (size_t i = 0; i + strlen(text) <= n; i++) {
		if (memcmp(bytes + i, text, strlen(text)) == 0) {
			return true;
		}
	}
	return false;
}

static void kept_for_its_owner_alone(void **state)
{
	struct people_file *file;
	struct people_row row = row_of("a", "Trực máy"), last;
	struct stat facts;
	(void)state;
	assert_int_equal(people_file_read(path, &file), -ENOENT);
	assert_int_equal(people_file_open(path, &file), 0);
	assert_int_equal(people_file_put(file, &row), 0);
	people_file_close(file);
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	assert_int_equal(rows_in(path, &last), 1);
	assert_memory_equal(&last, &row, sizeof(row));
}

/* The same names have another digest each time: it tells nobody whose they are. */
static void digests_are_salted(void **state)
{
	struct people_row one = row_of("a", "Trực máy"), two = row_of("a", "Trực máy");
	char again[CONTENT_DIGEST_SIZE];
	(void)state;
	assert_string_not_equal(one.digest, two.digest);
	people_digest(&one.salt, &one.people, again);
	assert_string_equal(again, one.digest);
}

static void the_last_of_a_site_is_kept(void **state)
{
	struct people_file *file;
	struct people_row first = row_of("a", "Một"), second = row_of("a", "Hai"),
			  of_b = row_of("b", "Ba"), last;
	(void)state;
	assert_int_equal(people_file_open(path, &file), 0);
	assert_int_equal(people_file_put(file, &first), 0);
	assert_int_equal(people_file_put(file, &second), 0);
	assert_int_equal(people_file_put(file, &of_b), 0);
	assert_int_equal(people_file_keep(file, "a", second.digest), 0);
	assert_int_equal(people_file_drop(file, of_b.digest), 0);
	assert_int_equal(people_file_drop(file, of_b.digest), 0);
	people_file_close(file);
	assert_int_equal(rows_in(path, &last), 1);
	assert_string_equal(last.people.technician, "Hai");
}

static void erased_is_overwritten(void **state)
{
	struct people_file *file;
	struct people_row row = row_of("a", "Người sẽ bị xóa");
	struct stamp wall = {0};
	bool forgotten, empty;
	(void)state;
	assert_int_equal(people_file_open(path, &file), 0);
	assert_int_equal(people_file_put(file, &row), 0);
	assert_true(is_in_file(path, "Người sẽ bị xóa"));
	assert_int_equal(people_file_is_empty(file, &empty), 0);
	assert_false(empty);
	assert_int_equal(people_file_forgotten(file, &forgotten, &wall), 0);
	assert_false(forgotten);
	assert_int_equal(people_file_forget(file, (struct stamp){1657000000000}), 0);
	assert_int_equal(people_file_is_empty(file, &empty), 0);
	assert_true(empty);
	assert_int_equal(people_file_forgotten(file, &forgotten, &wall), 0);
	assert_true(forgotten);
	assert_int_equal(wall.ms, 1657000000000);
	people_file_close(file);
	assert_false(is_in_file(path, "Người sẽ bị xóa"));
}

static void copied_while_it_is_open(void **state)
{
	struct people_file *file;
	struct people_row row = row_of("a", "Trực máy"), last;
	(void)state;
	assert_int_equal(people_file_copy(path, other), -ENOENT);
	assert_int_equal(people_file_open(path, &file), 0);
	assert_int_equal(people_file_put(file, &row), 0);
	assert_int_equal(people_file_copy(path, other), 0);
	assert_int_equal(people_file_copy(path, other), -EEXIST);
	people_file_close(file);
	assert_int_equal(rows_in(other, &last), 1);
	assert_memory_equal(&last, &row, sizeof(row));
}

static void another_file_is_refused(void **state)
{
	struct people_file *file;
	FILE *to = fopen(path, "w");
	(void)state;
	for (int i = 0; i < 400; i++) {
		fputs("this is no database ", to);
	}
	fclose(to);
	assert_int_equal(people_file_open(path, &file), -EBADMSG);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kept_for_its_owner_alone),
		TEST(digests_are_salted),
		TEST(the_last_of_a_site_is_kept),
		TEST(erased_is_overwritten),
		TEST(copied_while_it_is_open),
		TEST(another_file_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
