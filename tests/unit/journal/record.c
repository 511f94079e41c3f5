/* Records through a real journal and back; and rows that are no events. */
#include "coordinator/journal/record.h"

#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char folder[32];
	char path[64];
	struct mtg_record written[4];
	size_t n_seen;
	int64_t stop_at; /* the record that ends a replay; 0: none */
};

static void write_down(struct fixture *fixture, const struct mtg_record *records, size_t n)
{
	struct journal *journal = NULL;
	struct journal_config config = {.path = fixture->path};
	assert_int_equal(journal_create(&config, &journal), 0);
	for (size_t i = 0; i < n; i++) {
		struct msg_text by = {0};
		struct msg_text data = {0};
		struct journal_entry entry;
		assert_int_equal(record_encode(&records[i], &by, &data, &entry), 0);
		assert_int_equal(journal_append(journal, &entry, 1), 0);
		msg_text_finish(&by);
		msg_text_finish(&data);
	}
	journal_destroy(journal);
}

static void make_records(struct mtg_record *records)
{
	for (size_t i = 0; i < 4; i++) {
		records[i].seq = (int64_t)i + 1;
		records[i].at.ms = (int64_t)i * 1000;
		records[i].wall.ms = 1657850400000 + (int64_t)i * 1000;
		records[i].by.role = ROLE_SYSTEM;
	}
	records[0].event.name = EV_MEETING_ASSEMBLED;
	records[1].event.name = EV_SITE_LINKED;
	strcpy(records[1].event.site_linked.site, "ha-giang");
	records[1].event.site_linked.link = LINK_STATE_ONLINE;
	records[2].by.role = ROLE_OPERATOR;
	records[2].by.has_account = true;
	strcpy(records[2].by.account, "dao-dien");
	records[2].event.name = EV_FLOOR_TAKEN;
	records[2].event.floor_taken.take = 1;
	strcpy(records[2].event.floor_taken.turn, "t1");
	records[3].event.name = EV_MESSAGE_SENT;
	strcpy(records[3].event.message_sent.text, "Dấu \"ngoặc\" \\ và\nxuống dòng");
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	strcpy(fixture->folder, "/tmp/record-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/m.journal", fixture->folder);
	make_records(fixture->written);
	write_down(fixture, fixture->written, 4);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char name[96];
		snprintf(name, sizeof(name), "%s%s", fixture->path, ends[i]);
		unlink(name);
	}
	assert_int_equal(rmdir(fixture->folder), 0);
	free(fixture);
	return 0;
}

static int compare_record(
	void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	struct fixture *fixture = user;
	assert_int_equal(entry->seq, record->seq);
	assert_memory_equal(record, &fixture->written[record->seq - 1], sizeof(*record));
	fixture->n_seen++;
	return fixture->stop_at == record->seq ? -ECANCELED : 0;
}

static int replay_all(struct fixture *fixture, int64_t from, int64_t *ret_last)
{
	struct journal_reader *reader = NULL;
	assert_int_equal(journal_reader_create(fixture->path, &reader), 0);
	fixture->n_seen = 0;
	int r = replay(reader, from, compare_record, fixture, ret_last);
	journal_reader_destroy(reader);
	return r;
}

static void come_back_as_they_were(void **state)
{
	struct fixture *fixture = *state;
	int64_t last = -1;
	assert_int_equal(replay_all(fixture, 1, &last), 0);
	assert_int_equal(last, 4);
	assert_int_equal(fixture->n_seen, 4);
	assert_int_equal(replay_all(fixture, 4, &last), 0);
	assert_int_equal(fixture->n_seen, 1);
	assert_int_equal(replay_all(fixture, 5, &last), 0);
	assert_int_equal(last, 4);
	assert_int_equal(fixture->n_seen, 0);
}

static void who_applies_may_end_it(void **state)
{
	struct fixture *fixture = *state;
	int64_t last = -1;
	fixture->stop_at = 2;
	assert_int_equal(replay_all(fixture, 1, &last), -ECANCELED);
	assert_int_equal(fixture->n_seen, 2);
	assert_int_equal(last, 1);
}

static void run_sql(const struct fixture *fixture, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void bad_rows_are_named(void **state)
{
	static const char *const spoilers[] = {
		"UPDATE event SET name = 'floor.flown' WHERE seq = 3",
		"UPDATE event SET name = 'floor.released', data = '{}' WHERE seq = 3",
		"UPDATE event SET name = 'floor.released', data = '{},\"x\":{}' WHERE seq = 3",
		"UPDATE event SET by = '{\"role\":\"king\"}' WHERE seq = 3",
		"UPDATE event SET by = '' WHERE seq = 3",
		"DELETE FROM event WHERE seq = 3",
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof(spoilers) / sizeof(spoilers[0]); i++) {
		int64_t last = -1;
		run_sql(fixture, spoilers[i]);
		assert_int_equal(replay_all(fixture, 1, &last), JOURNAL_DAMAGED);
		assert_int_equal(last, 3);
		assert_int_equal(fixture->n_seen, 2);
	}
}

static void a_broken_record_is_our_mistake(void **state)
{
	struct fixture *fixture = *state;
	struct msg_text by = {0};
	struct msg_text data = {0};
	struct journal_entry entry;
	fixture->written[2].event.floor_taken.take = 0;
	assert_true(record_encode(&fixture->written[2], &by, &data, &entry) < 0);
	msg_text_finish(&by);
	msg_text_finish(&data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(come_back_as_they_were, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_applies_may_end_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bad_rows_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_broken_record_is_our_mistake, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
