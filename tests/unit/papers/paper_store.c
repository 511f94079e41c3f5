/* Files come piece by piece, are kept by content, and agree with the record after a start. */
#define _DEFAULT_SOURCE
#include "coordinator/papers/paper_store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/papers/paper_sweep.h"

static const char pdf[] = "%PDF-1.7\nnoi dung cua mot bao cao\n";
static const char upload[] = "0123456789abcdef0123456789abcdef";

static char dir[] = "/tmp/papers-XXXXXX";
static struct paper_store store;
static bool disk_is_full, link_fails;

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
	if (disk_is_full) {
		errno = ENOSPC;
		return -1;
	}
	return __real_fdatasync(fd);
}

int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to)
{
	if (link_fails) {
		errno = EIO;
		return -1;
	}
	return __real_link(from, to);
}

static int set_up(void **state)
{
	char folder[64];
	(void)state;
	strcpy(dir, "/tmp/papers-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(folder, sizeof(folder), "%s/documents", dir);
	assert_int_equal(paper_store_init(&store, folder), 0);
	return paper_store_prepare(&store);
}

static int tear_down(void **state)
{
	char command[64];
	(void)state;
	disk_is_full = link_fails = false;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static struct upload_ticket ticket_of(const char *name)
{
	struct upload_ticket ticket;
	memset(&ticket, 0, sizeof(ticket));
	strcpy(ticket.upload, upload);
	ticket.by.role = ROLE_SYSTEM;
	strcpy(ticket.ask.name, name);
	ticket.ask.size = sizeof(pdf) - 1;
	return ticket;
}

static void bring(const char *bytes, size_t size)
{
	struct upload_ticket ticket = ticket_of("../báo cáo");
	assert_int_equal(paper_begin(&store, &ticket), 0);
	assert_int_equal(paper_append(&store, upload, 0, bytes, size), 0);
}

static void test_pieces_become_a_file(void **state)
{
	struct upload_ticket ticket = ticket_of("../báo cáo");
	struct meeting_file file;
	char path[ATOMIC_FILE_PATH_MAX];
	int64_t length;
	(void)state;
	assert_int_equal(paper_begin(&store, &ticket), 0);
	for (int64_t i = 0; i < (int64_t)sizeof(pdf) - 1; i++) {
		assert_int_equal(paper_append(&store, upload, i, pdf + i, 1), 0);
		assert_int_equal(paper_append(&store, upload, i, pdf + i, 1), -ERANGE);
	}
	assert_int_equal(paper_length(&store, upload, &length), 0);
	assert_int_equal(length, sizeof(pdf) - 1);
	assert_int_equal(paper_keep(&store, &ticket, &file), 0);
	assert_int_equal(file.type, FILE_TYPE_PDF);
	assert_int_equal(file.size, sizeof(pdf) - 1);
	assert_string_equal(file.name, "báo cáo.pdf");
	assert_int_equal(paper_path(&store, file.digest, path), 0);
	assert_int_equal(access(path, R_OK), 0);
	assert_true(paper_is_there(&store, &file));
	/* Again, as after a crash before the record knew. */
	assert_int_equal(paper_keep(&store, &ticket, &file), 0);
	assert_int_equal(paper_end(&store, upload), 0);
	assert_int_equal(paper_end(&store, upload), 0);
	assert_int_equal(paper_length(&store, upload, &length), -ENOENT);
	assert_true(paper_is_there(&store, &file));
}

static void test_what_nobody_takes_is_not_kept(void **state)
{
	struct upload_ticket ticket = ticket_of("bao-cao.pdf");
	struct meeting_file file;
	(void)state;
	bring("MZ no PDF", 9);
	assert_int_equal(paper_keep(&store, &ticket, &file), -EMEDIUMTYPE);
}

static void test_names_are_no_paths(void **state)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int64_t length;
	(void)state;
	assert_int_equal(paper_path(&store, "../../../etc/passwd", path), -EINVAL);
	assert_int_equal(paper_path(&store, "", path), -EINVAL);
	assert_int_equal(paper_length(&store, "../identity.json", &length), -ENOENT);
	assert_int_equal(paper_append(&store, "../x", 0, pdf, 1), -ENOENT);
}

/* A piece that the disk does not take leaves what was there: the sender goes on from it. */
static void test_a_full_disk_takes_no_part_of_a_piece(void **state)
{
	int64_t length;
	(void)state;
	bring(pdf, 4);
	disk_is_full = true;
	assert_int_equal(paper_append(&store, upload, 4, pdf + 4, 4), -ENOSPC);
	disk_is_full = false;
	assert_int_equal(paper_length(&store, upload, &length), 0);
	assert_int_equal(length, 4);
	assert_int_equal(paper_append(&store, upload, 4, pdf + 4, 4), 0);
}

static void test_a_file_that_gets_no_name_goes_on_coming(void **state)
{
	struct upload_ticket ticket = ticket_of("a");
	struct meeting_file file;
	int64_t length;
	(void)state;
	bring(pdf, sizeof(pdf) - 1);
	link_fails = true;
	assert_int_equal(paper_keep(&store, &ticket, &file), -EIO);
	assert_int_equal(paper_length(&store, upload, &length), 0);
	link_fails = false;
	assert_int_equal(paper_keep(&store, &ticket, &file), 0);
}

/* ---- after a start ---- */

struct seen {
	char known[CONTENT_DIGEST_SIZE];
	bool goes_on;
	size_t tickets;
	int64_t offset;
};

static bool is_known(void *user, const char *digest)
{
	return strcmp(((struct seen *)user)->known, digest) == 0;
}

static bool comes(void *user, const struct upload_ticket *ticket, int64_t offset)
{
	struct seen *seen = user;
	assert_string_equal(ticket->upload, upload);
	seen->tickets++;
	seen->offset = offset;
	return seen->goes_on;
}

static struct paper_sweep_counts sweep(struct seen *seen)
{
	struct paper_sweep_counts counts;
	struct paper_sweep sweep = {is_known, comes, seen};
	assert_int_equal(paper_sweep(&store, &sweep, &counts), 0);
	return counts;
}

static void write_file(const char *name, const char *text)
{
	char path[ATOMIC_FILE_PATH_MAX];
	assert_int_equal(atomic_file_path(path, store.folder, name), 0);
	assert_int_equal(atomic_file_replace(path, text, strlen(text)), 0);
}

static void test_orphans_go_and_uploads_go_on(void **state)
{
	struct seen seen = {.goes_on = true};
	(void)state;
	bring(pdf, 10);
	memset(seen.known, 'a', CONTENT_DIGEST_CHARS);
	write_file(seen.known, "12345");
	write_file("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "x");
	write_file("coming/fedcba9876543210fedcba9876543210", "nobody's");
	write_file("coming/fedcba9876543210fedcba9876543211.json", "{\"upload\":1}");
	write_file("coming/0123456789abcdef0123456789abcdef.json.new", "half");
	struct paper_sweep_counts counts = sweep(&seen);
	assert_int_equal(counts.kept, 1);
	assert_int_equal(counts.removed, 1);
	assert_int_equal(counts.coming, 1);
	assert_int_equal(counts.dropped, 1);
	assert_int_equal(counts.bytes, 15);
	assert_int_equal(seen.tickets, 1);
	assert_int_equal(seen.offset, 10);
	counts = sweep(&seen);
	assert_int_equal(counts.removed + counts.dropped, 0);
	assert_int_equal(counts.coming, 1);
	seen.goes_on = false;
	counts = sweep(&seen);
	assert_int_equal(counts.dropped, 1);
	counts = sweep(&seen);
	assert_int_equal(counts.coming + counts.dropped, 0);
	assert_int_equal(counts.bytes, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pieces_become_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_nobody_takes_is_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names_are_no_paths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_a_full_disk_takes_no_part_of_a_piece, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_a_file_that_gets_no_name_goes_on_coming, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_orphans_go_and_uploads_go_on, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
