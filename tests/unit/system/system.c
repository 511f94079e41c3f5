/* Printable text, irregular files, folders of other users, passwords in arguments. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fnv1a.h"
#include "proto/system/file.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"
#include "text_copy.h"
#include "utf8.h"

/* ---- text ---- */

static void prints(const char *text, const char *wanted)
{
	char out[256];
	assert_int_equal(printable(out, sizeof(out), text), strlen(wanted));
	assert_string_equal(out, wanted);
}

static void what_a_terminal_obeys_is_an_escape(void **state)
{
	(void)state;
	prints("Điểm cầu Cần Thơ — 63 «tỉnh» 🎤", "Điểm cầu Cần Thơ — 63 «tỉnh» 🎤");
	prints("\x1b]0;x\x07\x1b[2J", "\\x1b]0;x\\x07\\x1b[2J");
	prints("a\nb\r\tc\x7f", "a\\x0ab\\x0d\\x09c\\x7f");
	prints("\xc2\x9b"
	       "31m",
		"\\u{9b}31m");
	prints("A\u202eB\u2066C\u200f\u061c", "A\\u{202e}B\\u{2066}C\\u{200f}\\u{61c}");
	prints("a\u2028b\u2029\ufeff", "a\\u{2028}b\\u{2029}\\u{feff}");
	prints("\U000e0041", "\\u{e0041}");
}

static void what_is_no_utf8_is_shown_byte_by_byte(void **state)
{
	(void)state;
	prints("\xff\xfe", "\\xff\\xfe");
	prints("\xc0\xaf", "\\xc0\\xaf"); /* overlong */
	prints("\xe0\x80\xaf", "\\xe0\\x80\\xaf");
	prints("\xed\xa0\x80", "\\xed\\xa0\\x80"); /* a surrogate */
	prints("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* beyond the last */
	prints("\xe1\xbb", "\\xe1\\xbb"); /* cut */
	prints("\x9b"
	       "2J",
		"\\x9b2J"); /* C1 of an 8-bit terminal */
}

static void a_cut_leaves_whole_characters_and_escapes(void **state)
{
	(void)state;
	char out[8];
	assert_int_equal(printable(out, 4, "ab\x1b"), 2);
	assert_string_equal(out, "ab");
	assert_int_equal(printable(out, 4, "aếế"), 1);
	assert_string_equal(out, "a");
	assert_int_equal(printable(out, 1, "a"), 0);
	assert_string_equal(out, "");
}

static void a_line_is_one_line_whatever_is_in_it(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);
	(void)state;
	print_line(to, "%s: %d", "x\n<0>forged\u202e", 7);
	fclose(to);
	assert_string_equal(text, "x\\x0a<0>forged\\u{202e}: 7\n");
	free(text);
}

/* ---- files ---- */

static char folder[] = "/tmp/system-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	strcpy(strrchr(folder, '-'), "-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static const char *in_folder(const char *name)
{
	static char paths[4][128];
	static size_t next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(in_folder(name), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(chmod(in_folder(name), mode), 0);
}

static void only_ordinary_files_are_read(void **state)
{
	(void)state;
	put("plain", "hello", 0600);
	assert_int_equal(symlink("plain", in_folder("link")), 0);
	assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
	char *bytes = NULL;
	size_t size = 0;
	assert_int_equal(file_read(in_folder("plain"), 5, &bytes, &size), 0);
	assert_int_equal(size, 5);
	assert_string_equal(bytes, "hello");
	free(bytes);
	assert_int_equal(file_read(in_folder("link"), 5, &bytes, &size), 0);
	free(bytes);
	assert_int_equal(file_read(in_folder("plain"), 4, &bytes, &size), -EFBIG);
	assert_int_equal(file_read(in_folder("none"), 4, &bytes, &size), -ENOENT);
	alarm(10); /* a pipe without a writer would block without end */
	assert_int_equal(file_read(in_folder("pipe"), 5, &bytes, &size), -EINVAL);
	assert_int_equal(file_read("/dev/zero", 5, &bytes, &size), -EINVAL);
	assert_int_equal(file_read(folder, 5, &bytes, &size), -EINVAL);
	alarm(0);
}

/* ---- modes ---- */

static mode_t mode_of(const char *name)
{
	struct stat facts;
	assert_int_equal(lstat(in_folder(name), &facts), 0);
	return facts.st_mode & 0777;
}

static void a_folder_is_taken_closed(void **state)
{
	(void)state;
	umask(0);
	assert_int_equal(modes_take_folder(in_folder("new")), 0);
	assert_int_equal(mode_of("new"), 0700);
	assert_int_equal(mkdir(in_folder("standing"), 0777), 0);
	assert_int_equal(modes_take_folder(in_folder("standing")), 0);
	assert_int_equal(mode_of("standing"), 0700);
	assert_int_equal(mkdir(in_folder("shared"), 0777), 0);
	put("shared/left", "by somebody", 0644);
	assert_int_equal(modes_take_folder(in_folder("shared")), MODES_OPEN);
	assert_int_equal(mode_of("shared"), 0777);
	put("file", "", 0600);
	assert_int_equal(modes_take_folder(in_folder("file")), -ENOTDIR);
	if (geteuid() == 0) {
		assert_int_equal(mkdir(in_folder("foreign"), 0700), 0);
		assert_int_equal(chown(in_folder("foreign"), 12345, 12345), 0);
		assert_int_equal(modes_take_folder(in_folder("foreign")), MODES_FOREIGN);
	}
}

static void count(void *user, const char *path, unsigned int mode)
{
	(void)path;
	(void)mode;
	(*(unsigned int *)user)++;
}

static void what_was_open_is_closed_and_told(void **state)
{
	(void)state;
	put("outside", "not ours to change", 0644);
	assert_int_equal(mkdir(in_folder("open"), 0755), 0);
	assert_int_equal(mkdir(in_folder("open/join"), 0755), 0);
	put("open/ca.key", "", 0644);
	put("open/closed", "", 0600);
	put("open/join/site.json", "", 0666);
	assert_int_equal(symlink("../outside", in_folder("open/link")), 0);
	unsigned int told = 0;
	assert_int_equal(modes_close(in_folder("open"), count, &told), 0);
	assert_int_equal(told, 4);
	assert_int_equal(mode_of("open"), 0700);
	assert_int_equal(mode_of("open/join"), 0700);
	assert_int_equal(mode_of("open/ca.key"), 0600);
	assert_int_equal(mode_of("open/join/site.json"), 0600);
	assert_int_equal(mode_of("outside"), 0644);
	assert_int_equal(modes_close(in_folder("open"), count, &told), 0);
	assert_int_equal(told, 4);
	if (geteuid() == 0) {
		assert_int_equal(chown(in_folder("open/ca.key"), 12345, 12345), 0);
		assert_int_equal(modes_close(in_folder("open"), count, &told), MODES_FOREIGN);
		assert_int_equal(told, 5);
	}
}

static void a_file_of_secrets_that_others_read_is_known(void **state)
{
	static const struct {
		mode_t mode;
		bool open;
	} cases[] = {{0600, false}, {0400, false}, {0640, false}, {0644, true}, {0660, true},
		{0602, true}, {0604, true}};
	(void)state;
	put("join", "", 0600);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(chmod(in_folder("join"), cases[i].mode), 0);
		assert_int_equal(modes_is_open(in_folder("join")), cases[i].open);
	}
	assert_false(modes_is_open(in_folder("none")));
}

/* ---- memory ---- */

static void passwords_in_arguments_are_masked(void **state)
{
	char camera[] = "rtsp://admin:s3cret@10.0.0.9:554/stream?user=a@b";
	char at[] = "--camera=rtsp://admin:p@ss@cam.example/1";
	char plain[] = "rtsp://10.0.0.9/a@b", path[] = "file:/tmp/a@b";
	char *words[] = {NULL, camera, at, plain, path};
	(void)state;
	memory_mask_args(5, words);
	assert_string_equal(camera, "rtsp://xxxxxxxxxxxx@10.0.0.9:554/stream?user=a@b");
	assert_string_equal(at, "--camera=rtsp://xxxxxxxxxx@cam.example/1");
	assert_string_equal(plain, "rtsp://10.0.0.9/a@b");
	assert_string_equal(path, "file:/tmp/a@b");
}

static void a_guarded_process_leaves_no_core(void **state)
{
	(void)state;
	pid_t child = fork();
	if (child == 0) {
		memory_guard();
		struct rlimit core;
		getrlimit(RLIMIT_CORE, &core);
		bool good = core.rlim_max == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
			    umask(0) == 0077;
		_exit(good ? 0 : 1);
	}
	int status = -1;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void a_wiped_secret_is_gone(void **state)
{
	char secret[16] = "0123456789abcde", zeroes[16] = {0};
	(void)state;
	memory_keep(secret, sizeof(secret));
	memory_wipe(secret, sizeof(secret));
	assert_memory_equal(secret, zeroes, sizeof(secret));
}

/* ---- include ---- */

/* Vectors of the authors' own test suite (draft-eastlake-fnv, appendix C). */
static void hashes_are_those_of_the_vectors(void **state)
{
	(void)state;
	assert_int_equal(fnv1a32(FNV1A32_BASIS, "", 0), 0x811c9dc5);
	assert_int_equal(fnv1a32(FNV1A32_BASIS, "a", 1), 0xe40c292c);
	assert_int_equal(fnv1a32(FNV1A32_BASIS, "foobar", 6), 0xbf9cf968);
	assert_true(fnv1a64(FNV1A64_BASIS, "a", 1) == 0xaf63dc4c8601ec8c);
	assert_true(fnv1a64(fnv1a64(FNV1A64_BASIS, "foo", 3), "bar", 3) == 0x85944171f73967e8);
}

static void characters_are_read_and_what_is_none_is_not(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
		uint32_t point;
	} cases[] = {{"a", 1, 'a'}, {"\x7f", 1, 0x7f}, {"\xc2\x80", 2, 0x80}, {"đ", 2, 0x111},
		{"\xdf\xbf", 2, 0x7ff}, {"\xe0\xa0\x80", 3, 0x800}, {"ể", 3, 0x1ec3},
		{"\xed\x9f\xbf", 3, 0xd7ff}, {"\xee\x80\x80", 3, 0xe000},
		{"\xf0\x90\x80\x80", 4, 0x10000}, {"\xf4\x8f\xbf\xbf", 4, 0x10ffff}};
	static const char *const none[] = {"", "\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc2",
		"\xc2 ", "\xe0\x9f\xbf", "\xe1\xbb", "\xed\xa0\x80", "\xed\xbf\xbf",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"};
	uint32_t point;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
			utf8_read(cases[i].text, strlen(cases[i].text), &point), cases[i].length);
		assert_int_equal(point, cases[i].point);
		assert_int_equal(utf8_read(cases[i].text, cases[i].length - 1, &point), 0);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_int_equal(utf8_read(none[i], strlen(none[i]), &point), 0);
	}
	assert_int_equal(utf8_first("Điểm", 3), 6);
	assert_int_equal(utf8_first("Điểm", 9), 7);
	assert_int_equal(utf8_first("Điểm", 0), 0);
	assert_int_equal(utf8_cut("Điểm", 5), 3);
	assert_int_equal(utf8_cut("Điểm", 6), 6);
}

static void a_copy_is_cut_between_characters(void **state)
{
	(void)state;
	char to[6];
	memset(to, 'x', sizeof(to));
	assert_true(TEXT_COPY(to, "abc"));
	assert_memory_equal(to, "abc\0\0", sizeof(to)); /* the rest is zero */
	assert_true(TEXT_COPY(to, "abcde"));
	assert_false(TEXT_COPY(to, "abcdef"));
	assert_string_equal(to, "abcde");
	assert_false(TEXT_COPY(to, "abcđe")); /* đ: 2 bytes, which just fit without the e */
	assert_string_equal(to, "abcđ");
	assert_false(TEXT_COPY(to, "abcdđ"));
	assert_memory_equal(to, "abcd\0", sizeof(to));
	assert_false(TEXT_COPY(to, "Điểm")); /* ể: 3 bytes */
	assert_string_equal(to, "Đi");
	assert_true(text_copy_part(to, sizeof(to), "abcdefgh", 2));
	assert_string_equal(to, "ab");
	assert_false(text_copy(to, 1, "đ"));
	assert_string_equal(to, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_terminal_obeys_is_an_escape),
		cmocka_unit_test(what_is_no_utf8_is_shown_byte_by_byte),
		cmocka_unit_test(a_cut_leaves_whole_characters_and_escapes),
		cmocka_unit_test(a_line_is_one_line_whatever_is_in_it),
		cmocka_unit_test_setup_teardown(
			only_ordinary_files_are_read, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_folder_is_taken_closed, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(
			what_was_open_is_closed_and_told, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(
			a_file_of_secrets_that_others_read_is_known, make_folder, drop_folder),
		cmocka_unit_test(passwords_in_arguments_are_masked),
		cmocka_unit_test(a_guarded_process_leaves_no_core),
		cmocka_unit_test(a_wiped_secret_is_gone),
		cmocka_unit_test(hashes_are_those_of_the_vectors),
		cmocka_unit_test(characters_are_read_and_what_is_none_is_not),
		cmocka_unit_test(a_copy_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
