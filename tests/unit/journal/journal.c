/* The journal against real files, and against a disk that fails when told. */
#include "coordinator/journal/journal.h"

#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "faulty_disk.h"

struct fixture {
	char folder[64];
	char path[96];
	atomic_int wakes;
	struct journal *journal;
};

static void count_wake(void *user)
{
	struct fixture *fixture = user;
	atomic_fetch_add(&fixture->wakes, 1);
}

static int open_journal(struct fixture *fixture)
{
	struct journal_config config = {
		.path = fixture->path, .now = {1657850400000}, .wake = count_wake, .user = fixture};
	return journal_create(&config, &fixture->journal);
}

static void close_journal(struct fixture *fixture)
{
	journal_destroy(fixture->journal);
	fixture->journal = NULL;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	strcpy(fixture->folder, "/tmp/journal-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/m.journal", fixture->folder);
	assert_int_equal(open_journal(fixture), 0);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".lock"};
	struct fixture *fixture = *state;
	atomic_store(&faulty_disk.write_result, 0);
	atomic_store(&faulty_disk.sync_result, 0);
	atomic_store(&faulty_disk.stall_ms, 0);
	close_journal(fixture);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char name[128];
		snprintf(name, sizeof(name), "%s%s", fixture->path, ends[i]);
		unlink(name);
	}
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static struct journal_entry entry(int64_t seq, const char *command)
{
	return (struct journal_entry){.seq = seq,
		.at = {seq * 10},
		.wall = {1657850400000 + seq * 10},
		.by = "{\"role\":\"operator\",\"account\":\"dao-dien\"}",
		.client = command ? "0123456789abcdef0123456789abcdef" : NULL,
		.command = command,
		.name = "item.started",
		.data = "{\"item\":\"01\"}"};
}

static int append(struct fixture *fixture, int64_t first, size_t n, const char *command)
{
	struct journal_entry entries[64];
	assert_true(n <= 64);
	for (size_t i = 0; i < n; i++) {
		entries[i] = entry(first + (int64_t)i, command);
	}
	return journal_append(fixture->journal, entries, n);
}

static int64_t committed(struct fixture *fixture)
{
	struct journal_status status;
	journal_status(fixture->journal, &status);
	return status.committed;
}

static void pause_ms(long ms)
{
	struct timespec span = {ms / 1000, (ms % 1000) * 1000000L};
	nanosleep(&span, NULL);
}

static void stall_syncs(int ms)
{
	atomic_store(&faulty_disk.stalls, 0);
	atomic_store(&faulty_disk.stall_ms, ms);
}

static void wait_for_stall(void)
{
	for (int i = 0; i < 2000 && atomic_load(&faulty_disk.stalls) == 0; i++) {
		pause_ms(5);
	}
	assert_true(atomic_load(&faulty_disk.stalls) > 0);
}

static int count_visit(void *user, const struct journal_entry *found)
{
	int64_t *expected = user;
	struct journal_entry wanted = entry(*expected, NULL);
	assert_int_equal(found->seq, *expected);
	assert_int_equal(found->at.ms, wanted.at.ms);
	assert_int_equal(found->wall.ms, wanted.wall.ms);
	assert_string_equal(found->by, wanted.by);
	assert_string_equal(found->name, wanted.name);
	assert_string_equal(found->data, wanted.data);
	++*expected;
	return 0;
}

static int64_t read_all(const char *path, size_t page)
{
	struct journal_reader *reader = NULL;
	assert_int_equal(journal_reader_create(path, &reader), 0);
	int64_t from = 1;
	int64_t next = 1;
	int64_t expected = 1;
	do {
		from = next;
		assert_int_equal(
			journal_read(reader, from, page, count_visit, &expected, &next), 0);
	} while (next != from);
	assert_int_equal(next, expected);
	journal_reader_destroy(reader);
	return next - 1;
}

/* A flush may end a moment before the loop is woken. */
static bool woken_beyond(struct fixture *fixture, int wakes)
{
	for (int i = 0; i < 200 && atomic_load(&fixture->wakes) <= wakes; i++) {
		pause_ms(50);
	}
	return atomic_load(&fixture->wakes) > wakes;
}

static void keeps_what_it_is_given(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(append(fixture, 1, 3, NULL), 0);
	assert_int_equal(append(fixture, 4, 1, "a1"), 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	assert_int_equal(committed(fixture), 4);
	assert_true(woken_beyond(fixture, 0));
	assert_int_equal(read_all(fixture->path, 3), 4);
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_int_equal(committed(fixture), 4);
	assert_int_equal(journal_created(fixture->journal).ms, 1657850400000);
	struct journal_entry last;
	assert_int_equal(journal_last(fixture->journal, &last), 0);
	assert_int_equal(last.seq, 4);
	assert_int_equal(last.at.ms, 40);
	assert_int_equal(append(fixture, 5, 2, NULL), 0);
	close_journal(fixture);
	assert_int_equal(read_all(fixture->path, 100), 6);
	assert_int_equal(open_journal(fixture), 0);
}

static void numbers_must_follow(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(append(fixture, 2, 1, NULL), -EINVAL);
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	assert_int_equal(append(fixture, 1, 1, NULL), -EINVAL);
	assert_int_equal(append(fixture, 3, 1, NULL), -EINVAL);
	assert_int_equal(journal_append(fixture->journal, NULL, 0), -EINVAL);
	assert_int_equal(append(fixture, 2, 1, NULL), 0);
}

static void gathers_while_the_disk_works(void **state)
{
	struct fixture *fixture = *state;
	stall_syncs(150);
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	wait_for_stall();
	int before = atomic_load(&faulty_disk.syncs);
	for (int64_t i = 0; i < 200; i++) {
		assert_int_equal(append(fixture, 2 + i, 1, "c"), 0);
	}
	assert_int_equal(journal_flush(fixture->journal), 0);
	assert_int_equal(committed(fixture), 201);
	assert_true(atomic_load(&faulty_disk.syncs) - before <= 20);
}

/* Two transactions, one behind the other: the first is told before the second is there. */
static void what_waits_behind_is_not_told_yet(void **state)
{
	struct fixture *fixture = *state;
	stall_syncs(1000);
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	wait_for_stall();
	assert_int_equal(append(fixture, 2, 2, NULL), 0);
	int64_t first = 0;
	for (int i = 0; i < 2000 && first == 0; i++) {
		pause_ms(5);
		first = committed(fixture);
	}
	assert_int_equal(first, 1);
	atomic_store(&faulty_disk.stall_ms, 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	assert_int_equal(committed(fixture), 3);
}

static void answers_a_repeated_command(void **state)
{
	struct fixture *fixture = *state;
	const char *client = "0123456789abcdef0123456789abcdef";
	int64_t seq = 0;
	assert_int_equal(journal_answer(fixture->journal, client, "x", &seq), JOURNAL_UNKNOWN);
	stall_syncs(1500);
	assert_int_equal(append(fixture, 1, 3, "x"), 0);
	wait_for_stall();
	assert_int_equal(append(fixture, 4, 1, "y"), 0);
	/* While neither is on disk: at once, without waiting for it. */
	assert_int_equal(journal_answer(fixture->journal, client, "x", &seq), 0);
	assert_int_equal(seq, 3);
	assert_int_equal(journal_answer(fixture->journal, client, "y", &seq), 0);
	assert_int_equal(seq, 4);
	assert_int_equal(journal_answer(fixture->journal, client, "z", &seq), JOURNAL_UNKNOWN);
	assert_int_equal(committed(fixture), 0);
	atomic_store(&faulty_disk.stall_ms, 0);
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_int_equal(journal_answer(fixture->journal, client, "x", &seq), 0);
	assert_int_equal(seq, 3);
	assert_int_equal(journal_answer(fixture->journal, "another", "x", &seq), JOURNAL_UNKNOWN);
}

static void queue_is_bounded(void **state)
{
	struct fixture *fixture = *state;
	stall_syncs(1000);
	int64_t next = 1;
	int r = 0;
	while (r == 0 && next < 2 * JOURNAL_QUEUE_MAX) {
		r = append(fixture, next, 64, NULL);
		next += r == 0 ? 64 : 0;
	}
	assert_int_equal(r, JOURNAL_BUSY);
	assert_true(next > JOURNAL_QUEUE_MAX - 64);
	atomic_store(&faulty_disk.stall_ms, 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	assert_int_equal(append(fixture, next, 1, NULL), 0);
}

static void full_disk_stalls_and_goes_on(void **state)
{
	struct fixture *fixture = *state;
	struct journal_status status;
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	atomic_store(&faulty_disk.write_result, SQLITE_FULL);
	assert_int_equal(append(fixture, 2, 2, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), -ENOSPC);
	journal_status(fixture->journal, &status);
	assert_int_equal(status.stalled, -ENOSPC);
	assert_int_equal(status.failed, 0);
	assert_int_equal(status.committed, 1);
	assert_int_equal(append(fixture, 4, 1, NULL), 0);
	atomic_store(&faulty_disk.write_result, 0);
	for (int i = 0; i < 200 && committed(fixture) < 4; i++) {
		pause_ms(50);
	}
	journal_status(fixture->journal, &status);
	assert_int_equal(status.committed, 4);
	assert_int_equal(status.stalled, 0);
	assert_int_equal(read_all(fixture->path, 10), 4);
}

static void failed_sync_is_final(void **state)
{
	struct fixture *fixture = *state;
	struct journal_status status;
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	int wakes = atomic_load(&fixture->wakes);
	atomic_store(&faulty_disk.sync_result, SQLITE_IOERR_FSYNC);
	assert_int_equal(append(fixture, 2, 1, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), -EIO);
	assert_true(woken_beyond(fixture, wakes));
	atomic_store(&faulty_disk.sync_result, 0);
	assert_int_equal(append(fixture, 3, 1, NULL), -EIO);
	journal_status(fixture->journal, &status);
	assert_int_equal(status.failed, -EIO);
	assert_int_equal(status.committed, 1);
	/* A new start reads what is there: the first for certain, the second perhaps. */
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_in_range(committed(fixture), 1, 2);
}

/* Nobody will make room there: waiting would be for ever. */
static void a_disk_that_turned_read_only_is_final(void **state)
{
	struct fixture *fixture = *state;
	struct journal_status status;
	assert_int_equal(append(fixture, 1, 1, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), 0);
	atomic_store(&faulty_disk.write_result, SQLITE_READONLY);
	assert_int_equal(append(fixture, 2, 1, NULL), 0);
	assert_int_equal(journal_flush(fixture->journal), -EROFS);
	journal_status(fixture->journal, &status);
	assert_int_equal(status.failed, -EROFS);
	assert_int_equal(status.committed, 1);
}

static void is_a_draft_until_the_plan_is_all_there(void **state)
{
	struct fixture *fixture = *state;
	bool draft = true;
	assert_int_equal(journal_is_draft(fixture->journal, &draft), 0);
	assert_false(draft);
	assert_int_equal(journal_begin_draft(fixture->journal), 0);
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_int_equal(journal_is_draft(fixture->journal, &draft), 0);
	assert_true(draft);
	assert_int_equal(journal_end_draft(fixture->journal), 0);
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_int_equal(journal_is_draft(fixture->journal, &draft), 0);
	assert_false(draft);
}

static void keeps_the_anchor(void **state)
{
	struct fixture *fixture = *state;
	struct journal_anchor anchor = {.boot_id = "8e4f0c1e-2f4b-4a90-9c3a-5d0a7d1b6c11",
		.boottime_ms = 123456,
		.at = {789},
		.wall = {1657850400123}};
	struct journal_anchor found;
	assert_int_equal(journal_anchor(fixture->journal, &found), JOURNAL_UNKNOWN);
	assert_int_equal(journal_set_anchor(fixture->journal, &anchor), 0);
	anchor.at.ms = 790;
	assert_int_equal(journal_set_anchor(fixture->journal, &anchor), 0);
	close_journal(fixture);
	assert_int_equal(open_journal(fixture), 0);
	assert_int_equal(journal_anchor(fixture->journal, &found), 0);
	assert_string_equal(found.boot_id, anchor.boot_id);
	assert_int_equal(found.boottime_ms, 123456);
	assert_int_equal(found.at.ms, 790);
	assert_int_equal(found.wall.ms, 1657850400123);
}

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void refuses_a_newer_format(void **state)
{
	struct fixture *fixture = *state;
	close_journal(fixture);
	run_sql(fixture->path, "UPDATE meta SET value = 3 WHERE key = 'format'");
	assert_int_equal(open_journal(fixture), JOURNAL_NEWER);
	run_sql(fixture->path, "DELETE FROM meta WHERE key = 'format'");
	assert_int_equal(open_journal(fixture), JOURNAL_DAMAGED);
}

static void refuses_a_gap(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(append(fixture, 1, 5, NULL), 0);
	close_journal(fixture);
	run_sql(fixture->path, "DELETE FROM event WHERE seq = 3");
	assert_int_equal(open_journal(fixture), JOURNAL_DAMAGED);
	run_sql(fixture->path, "DELETE FROM event WHERE seq < 4");
	assert_int_equal(open_journal(fixture), JOURNAL_DAMAGED);
}

static void refuses_what_is_no_journal(void **state)
{
	struct fixture *fixture = *state;
	close_journal(fixture);
	unlink(fixture->path);
	run_sql(fixture->path, "CREATE TABLE other (x)");
	assert_int_equal(open_journal(fixture), JOURNAL_FOREIGN);
	FILE *file = fopen(fixture->path, "w");
	for (int i = 0; i < 400; i++) {
		fputs("Biên bản hội nghị\n", file);
	}
	fclose(file);
	assert_int_equal(open_journal(fixture), JOURNAL_FOREIGN);
	struct journal_reader *reader = NULL;
	assert_int_equal(journal_reader_create("/nonexistent/m.journal", &reader), -ENOENT);
	assert_null(reader);
}

static void one_process_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	pid_t child = fork();
	if (child == 0) {
		struct journal *second = NULL;
		struct journal_config config = {.path = fixture->path};
		_exit(journal_create(&config, &second) == -EBUSY ? 0 : 1);
	}
	int result = 0;
	assert_int_equal(waitpid(child, &result, 0), child);
	assert_int_equal(result, 0);
}

/* Killed at any moment, what was said to be committed is there. */
static void survives_being_killed(void **state)
{
	struct fixture *fixture = *state;
	close_journal(fixture);
	int64_t next = 1;
	for (int round = 0; round < 10; round++) {
		int said[2];
		assert_int_equal(pipe(said), 0);
		pid_t child = fork();
		if (child == 0) {
			if (open_journal(fixture) != 0) {
				_exit(1);
			}
			for (int64_t i = next;; i++) {
				if (append(fixture, i, 1, NULL) == 0 && i % 3 == 0 &&
					journal_flush(fixture->journal) == 0) {
					(void)!write(said[1], &i, sizeof(i));
				}
			}
		}
		close(said[1]);
		pause_ms(20 + 7 * round);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		int64_t last_said = 0;
		int64_t value;
		while (read(said[0], &value, sizeof(value)) == sizeof(value)) {
			last_said = value;
		}
		close(said[0]);
		assert_int_equal(open_journal(fixture), 0);
		assert_true(committed(fixture) >= last_said);
		next = committed(fixture) + 1;
		close_journal(fixture);
		assert_int_equal(read_all(fixture->path, 1000), next - 1);
	}
	assert_int_equal(open_journal(fixture), 0);
}

static void log_is_folded_into_the_file(void **state)
{
	struct fixture *fixture = *state;
	char wal[128];
	snprintf(wal, sizeof(wal), "%s-wal", fixture->path);
	for (int64_t next = 1; next < 40000; next += 64) {
		while (append(fixture, next, 64, NULL) == JOURNAL_BUSY) {
			pause_ms(1);
		}
		if (next % 4096 == 1) {
			assert_int_equal(journal_flush(fixture->journal), 0);
		}
	}
	assert_int_equal(journal_flush(fixture->journal), 0);
	FILE *file = fopen(wal, "r");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	assert_true(ftell(file) < 32L * 1024 * 1024);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_what_it_is_given, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers_must_follow, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gathers_while_the_disk_works, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_waits_behind_is_not_told_yet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(answers_a_repeated_command, set_up, tear_down),
		cmocka_unit_test_setup_teardown(queue_is_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(full_disk_stalls_and_goes_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(failed_sync_is_final, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_disk_that_turned_read_only_is_final, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			is_a_draft_until_the_plan_is_all_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_the_anchor, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_newer_format, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_gap, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_is_no_journal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_process_at_a_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(survives_being_killed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_is_folded_into_the_file, set_up, tear_down),
	};
	faulty_disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
