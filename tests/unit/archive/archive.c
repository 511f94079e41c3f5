/* A folder as one file and back; a file that may be anything. */
#define _GNU_SOURCE /* nftw */
#include "coordinator/archive/archive.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/archive/archive_name.h"

enum { PATH_SIZE = 256, FILE_MAX = 65536 };

struct fixture {
	char folder[64];
	char from[PATH_SIZE], file[PATH_SIZE], to[PATH_SIZE];
};

static void path_of(char path[static PATH_SIZE], const char *folder, const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s", folder, name);
}

static void put(const char *folder, const char *name, const char *text)
{
	char path[PATH_SIZE];
	path_of(path, folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static size_t get(const char *folder, const char *name, char bytes[static FILE_MAX])
{
	char path[PATH_SIZE];
	path_of(path, folder, name);
	FILE *file = fopen(path, "rb");
	if (!file) {
		return 0;
	}
	size_t size = fread(bytes, 1, FILE_MAX - 1, file);
	bytes[size] = '\0';
	fclose(file);
	return size;
}

static int remove_entry(const char *path, const struct stat *facts, int type, struct FTW *where)
{
	(void)facts;
	(void)type;
	(void)where;
	return remove(path);
}

static void remove_tree(const char *path)
{
	nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void empty_target(struct fixture *fixture)
{
	remove_tree(fixture->to);
	assert_int_equal(mkdir(fixture->to, 0700), 0);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	strcpy(fixture->folder, "/tmp/archive-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	path_of(fixture->from, fixture->folder, "from");
	path_of(fixture->file, fixture->folder, "meeting.zip");
	path_of(fixture->to, fixture->folder, "to");
	char plan[PATH_SIZE];
	path_of(plan, fixture->from, "plan");
	assert_int_equal(mkdir(fixture->from, 0700), 0);
	assert_int_equal(mkdir(plan, 0700), 0);
	put(fixture->from, "journal.sqlite", "nhật ký");
	put(fixture->from, "plan/sites.csv", "id,name\nca-mau,Cà Mau\n");
	put(fixture->from, ".unfinished", "");
	empty_target(fixture);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	remove_tree(fixture->folder);
	free(fixture);
	return 0;
}

/* ---- cases ---- */

static void what_is_packed_comes_out(void **state)
{
	static char bytes[FILE_MAX];
	struct fixture *fixture = *state;
	struct stat facts;
	assert_int_equal(archive_pack(fixture->from, fixture->file), 0);
	assert_int_equal(stat(fixture->file, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	assert_int_equal(archive_unpack(fixture->file, fixture->to), 0);
	get(fixture->to, "journal.sqlite", bytes);
	assert_string_equal(bytes, "nhật ký");
	get(fixture->to, "plan/sites.csv", bytes);
	assert_string_equal(bytes, "id,name\nca-mau,Cà Mau\n");
	assert_int_equal(get(fixture->to, ".unfinished", bytes), 0);
	assert_int_equal(archive_pack(fixture->from, fixture->file), -EEXIST);
	assert_int_equal(archive_unpack(fixture->to, fixture->to) == 0, false);
	assert_int_equal(archive_unpack("/nowhere/x.zip", fixture->to), -ENOENT);
}

/* A ZIP of others' making, with `name` in it; `mark`: its comment. */
static void make_zip(const char *file, const char *const *names, size_t n, const char *mark)
{
	int code;
	unlink(file);
	zip_t *zip = zip_open(file, ZIP_CREATE, &code);
	assert_non_null(zip);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *source = zip_source_buffer(zip, "x", 1, 0);
		assert_true(zip_file_add(zip, names[i], source, ZIP_FL_ENC_UTF_8) >= 0);
	}
	zip_set_archive_comment(zip, mark, (zip_uint16_t)strlen(mark));
	assert_int_equal(zip_close(zip), 0);
}

static void names_that_lead_out_are_refused(void **state)
{
	static const char *const names[] = {"../x", "/tmp/x", "plan/../../x", "a//b", "plan/",
		".ssh", "plan/.x", "a/b/c/d", "c:\\x", "tệp", "a b", ""};
	struct fixture *fixture = *state;
	for (size_t i = 0; i + 1 < sizeof(names) / sizeof(names[0]); i++) {
		make_zip(fixture->file, &names[i], 1, ARCHIVE_MARK);
		empty_target(fixture);
		if (archive_unpack(fixture->file, fixture->to) != ARCHIVE_BAD_NAME) {
			fail_msg("%s was taken", names[i]);
		}
		assert_int_equal(rmdir(fixture->to), 0);
	}
	assert_false(archive_name_is_plain(""));
	assert_true(archive_name_is_plain("a/b/c"));
}

static void what_is_none_of_ours_is_told(void **state)
{
	static const char *const name = "journal.sqlite";
	struct fixture *fixture = *state;
	make_zip(fixture->file, &name, 1, "");
	assert_int_equal(archive_unpack(fixture->file, fixture->to), ARCHIVE_OTHER);
	make_zip(fixture->file, &name, 1, ARCHIVE_MARK "0");
	assert_int_equal(archive_unpack(fixture->file, fixture->to), ARCHIVE_OTHER);
	put(fixture->folder, "meeting.zip", "đây không phải tệp ZIP");
	assert_int_equal(archive_unpack(fixture->file, fixture->to), ARCHIVE_OTHER);
}

static void too_many_files_are_too_many(void **state)
{
	static char texts[ARCHIVE_FILES_MAX + 1][8];
	static const char *names[ARCHIVE_FILES_MAX + 1];
	struct fixture *fixture = *state;
	for (size_t i = 0; i <= ARCHIVE_FILES_MAX; i++) {
		snprintf(texts[i], sizeof(texts[i]), "f%zu", i);
		names[i] = texts[i];
	}
	make_zip(fixture->file, names, ARCHIVE_FILES_MAX + 1, ARCHIVE_MARK);
	assert_int_equal(archive_unpack(fixture->file, fixture->to), ARCHIVE_TOO_LARGE);
}

/* Whatever byte is changed or missing: it is refused, or what comes out is what was packed. */
static void no_change_passes_unseen(void **state)
{
	static char bytes[FILE_MAX], out[FILE_MAX];
	struct fixture *fixture = *state;
	assert_int_equal(archive_pack(fixture->from, fixture->file), 0);
	size_t size = get(fixture->folder, "meeting.zip", bytes), refused = 0;
	for (size_t at = 0; at < 2 * size; at++) {
		bool cut = at >= size;
		size_t kept = cut ? at - size : size;
		FILE *file = fopen(fixture->file, "wb");
		assert_non_null(file);
		bytes[at % size] ^= cut ? 0 : 4;
		fwrite(bytes, 1, kept, file);
		bytes[at % size] ^= cut ? 0 : 4;
		fclose(file);
		empty_target(fixture);
		if (archive_unpack(fixture->file, fixture->to) != 0) {
			refused++;
		} else if (get(fixture->to, "journal.sqlite", out) > 0) {
			assert_string_equal(out, "nhật ký");
		}
	}
	assert_true(refused > size + size / 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(what_is_packed_comes_out),
		CASE(names_that_lead_out_are_refused),
		CASE(what_is_none_of_ours_is_told),
		CASE(too_many_files_are_too_many),
		CASE(no_change_passes_unseen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
