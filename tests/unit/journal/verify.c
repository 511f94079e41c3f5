/* A journal that was changed is found out, and where. */
#include "coordinator/journal/verify.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/journal/hash_text.h"
#include "coordinator/journal/journal_file.h"

enum { ENTRIES = 12, FILE_MAX = 1 << 20, STRIDE = 31 };

struct fixture {
	char folder[64];
	char path[96], copy[96];
	struct journal_verification whole; /* of the journal as it was written */
};

static void write_entries(struct journal *journal)
{
	for (int64_t seq = 1; seq <= ENTRIES; seq++) {
		char data[32], command[16];
		snprintf(data, sizeof(data), "{\"item\":\"mark-%02d\"}", (int)seq);
		snprintf(command, sizeof(command), "c%d", (int)seq);
		bool asked = seq % 2 == 0;
		struct journal_entry entry = {.seq = seq,
			.at = {seq * 10},
			.wall = {1657850400000 + seq * 10},
			.by = "{\"role\":\"operator\",\"account\":\"dao-dien\"}",
			.client = asked ? "0123456789abcdef0123456789abcdef" : NULL,
			.command = asked ? command : NULL,
			.name = "item.started",
			.data = data};
		assert_int_equal(journal_append(journal, &entry, 1), 0);
	}
	assert_int_equal(journal_flush(journal), 0);
}

static struct journal *open_journal(const char *path)
{
	struct journal *journal = NULL;
	struct journal_config config = {.path = path, .now = {1657850400000}};
	assert_int_equal(journal_create(&config, &journal), 0);
	return journal;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	strcpy(fixture->folder, "/tmp/ver#ify-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/100%%?.sqlite", fixture->folder);
	snprintf(fixture->copy, sizeof(fixture->copy), "%s/copy", fixture->folder);
	struct journal *journal = open_journal(fixture->path);
	write_entries(journal);
	journal_destroy(journal);
	assert_int_equal(journal_file_complete(fixture->path), 0);
	assert_int_equal(journal_verify(fixture->path, NULL, &fixture->whole), 0);
	*state = fixture;
	return 0;
}

static void drop(const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".lock"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char name[128];
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	drop(fixture->path);
	drop(fixture->copy);
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

/* The verdict on the journal after `sql`. */
static struct journal_verification spoiled(struct fixture *fixture, const char *sql)
{
	struct journal_verification found;
	sqlite3 *db = NULL;
	unlink(fixture->copy);
	assert_int_equal(journal_file_copy(fixture->path, fixture->copy), 0);
	assert_int_equal(sqlite3_open(fixture->copy, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(journal_verify(fixture->copy, NULL, &found), 0);
	return found;
}

/* ---- cases ---- */

static void what_was_written_is_whole(void **state)
{
	struct fixture *fixture = *state;
	struct journal_verification found;
	uint8_t head[JOURNAL_HASH_BYTES];
	assert_int_equal(fixture->whole.verdict, JOURNAL_WHOLE);
	assert_int_equal(fixture->whole.entries, ENTRIES);
	struct journal *journal = open_journal(fixture->path);
	assert_int_equal(journal_verify(fixture->path, fixture->whole.head, &found), 0);
	journal_destroy(journal);
	assert_int_equal(found.verdict, JOURNAL_WHOLE);
	assert_int_equal(found.found, ENTRIES);
	memcpy(head, fixture->whole.head, sizeof(head));
	head[31] ^= 1;
	assert_int_equal(journal_verify(fixture->path, head, &found), 0);
	assert_int_equal(found.verdict, JOURNAL_OTHER_HEAD);
}

static void what_was_changed_is_named(void **state)
{
	static const struct {
		const char *sql;
		enum journal_verdict verdict;
		int64_t seq;
	} cases[] = {
		{"UPDATE event SET data = '{}' WHERE seq = 5", JOURNAL_CHANGED_ENTRY, 5},
		{"UPDATE event SET at = at + 1 WHERE seq = 1", JOURNAL_CHANGED_ENTRY, 1},
		{"UPDATE event SET wall = 0 WHERE seq = 12", JOURNAL_CHANGED_ENTRY, 12},
		{"UPDATE event SET by = '' WHERE seq = 7", JOURNAL_CHANGED_ENTRY, 7},
		{"UPDATE event SET name = 'item.skipped' WHERE seq = 2", JOURNAL_CHANGED_ENTRY, 2},
		{"UPDATE event SET client = 'x' WHERE seq = 4", JOURNAL_CHANGED_ENTRY, 4},
		{"UPDATE event SET client = '' WHERE seq = 3", JOURNAL_CHANGED_ENTRY, 3},
		{"UPDATE event SET command = NULL WHERE seq = 4", JOURNAL_CHANGED_ENTRY, 4},
		{"UPDATE event SET hash = zeroblob(32) WHERE seq = 6", JOURNAL_CHANGED_ENTRY, 6},
		{"UPDATE event SET hash = x'00' WHERE seq = 6", JOURNAL_CHANGED_ENTRY, 6},
		{"UPDATE event SET data = data || char(0) WHERE seq = 9", JOURNAL_CHANGED_ENTRY, 9},
		{"DELETE FROM event WHERE seq = 8", JOURNAL_MISSING_ENTRY, 8},
		{"DELETE FROM event WHERE seq = 1", JOURNAL_MISSING_ENTRY, 1},
		{"DELETE FROM event WHERE seq = 8; UPDATE event SET seq = seq - 1 WHERE seq > 8",
			JOURNAL_CHANGED_ENTRY, 8},
		{"UPDATE meta SET value = value + 1 WHERE key = 'created'", JOURNAL_CHANGED_ENTRY,
			1},
		{"UPDATE meta SET value = 3 WHERE key = 'draft';"
		 "INSERT INTO meta VALUES ('more', 1)",
			JOURNAL_CHANGED_VALUES, 0},
		{"UPDATE answer SET seq = 3 WHERE command = 'c2'", JOURNAL_CHANGED_ANSWERS, 0},
		{"DELETE FROM answer WHERE command = 'c12'", JOURNAL_CHANGED_ANSWERS, 0},
		{"INSERT INTO answer VALUES ('a', 'b', 1)", JOURNAL_CHANGED_ANSWERS, 0},
		{"CREATE VIEW more AS SELECT * FROM event", JOURNAL_CHANGED_FILE, 0},
		{"ALTER TABLE meta RENAME COLUMN value TO worth", JOURNAL_CHANGED_FILE, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct journal_verification found = spoiled(*state, cases[i].sql);
		if (found.verdict != cases[i].verdict || found.seq != cases[i].seq) {
			fail_msg("%s: verdict %d, entry %d", cases[i].sql, (int)found.verdict,
				(int)found.seq);
		}
	}
}

/* The last entries taken away leave a whole journal: the head that was kept tells. */
static void a_shortened_one_has_another_head(void **state)
{
	struct fixture *fixture = *state;
	struct journal_verification found = spoiled(
		fixture, "DELETE FROM event WHERE seq > 9; DELETE FROM answer WHERE seq > 9");
	assert_int_equal(found.verdict, JOURNAL_WHOLE);
	assert_int_equal(found.entries, 9);
	assert_int_equal(journal_verify(fixture->copy, fixture->whole.head, &found), 0);
	assert_int_equal(found.verdict, JOURNAL_OTHER_HEAD);
	uint8_t ninth[JOURNAL_HASH_BYTES];
	memcpy(ninth, found.head, sizeof(ninth));
	assert_int_equal(journal_verify(fixture->path, ninth, &found), 0);
	assert_int_equal(found.found, 9);
}

/* ---- byte by byte ---- */

static size_t read_file(const char *path, char *bytes)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t size = fread(bytes, 1, FILE_MAX, file);
	fclose(file);
	assert_in_range(size, 1, FILE_MAX - 1);
	return size;
}

static struct journal_verification flipped(
	struct fixture *fixture, char *bytes, size_t size, size_t at)
{
	struct journal_verification found = {.verdict = JOURNAL_CHANGED_FILE};
	bytes[at] ^= 4;
	FILE *file = fopen(fixture->copy, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
	bytes[at] ^= 4;
	if (journal_verify(fixture->copy, NULL, &found) != 0) {
		found.verdict = JOURNAL_CHANGED_FILE; /* it is refused as no journal of ours */
	}
	return found;
}

static void a_byte_of_an_entry_is_named(void **state)
{
	static char bytes[FILE_MAX];
	struct fixture *fixture = *state;
	size_t size = read_file(fixture->path, bytes), marks = 0;
	for (size_t at = 0; at + 7 < size; at++) {
		if (memcmp(bytes + at, "mark-", 5) == 0) {
			struct journal_verification found =
				flipped(fixture, bytes, size, at + marks % 5);
			assert_int_equal(found.verdict, JOURNAL_CHANGED_ENTRY);
			assert_int_equal(
				found.seq, atoi((char[]){bytes[at + 5], bytes[at + 6], 0}));
			marks++;
		}
	}
	assert_int_equal(marks, ENTRIES);
}

/* Some bytes of the file say nothing: a free one, a counter. All else is found. */
static void no_byte_changes_the_record_unseen(void **state)
{
	static char bytes[FILE_MAX];
	struct fixture *fixture = *state;
	size_t size = read_file(fixture->path, bytes), found_out = 0;
	for (size_t at = 0; at < size; at += STRIDE) {
		struct journal_verification found = flipped(fixture, bytes, size, at);
		if (found.verdict != JOURNAL_WHOLE) {
			found_out++;
		} else {
			assert_int_equal(found.entries, ENTRIES);
			assert_memory_equal(found.head, fixture->whole.head, JOURNAL_HASH_BYTES);
		}
	}
	assert_true(found_out > ENTRIES * 100 / STRIDE);
}

/* ---- format 1 ---- */

static const char make_format_1[] =
	"CREATE TABLE event_1 (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, wall INTEGER NOT NULL,"
	" by TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, client TEXT, command TEXT) "
	"STRICT;"
	"INSERT INTO event_1 SELECT seq, at, wall, by, name, data, client, command FROM event;"
	"DROP TABLE event; ALTER TABLE event_1 RENAME TO event;"
	"DELETE FROM meta WHERE key = 'seal'; UPDATE meta SET value = 1 WHERE key = 'format'";

static int count_unhashed(void *user, const struct journal_entry *entry)
{
	*(int *)user += entry->hash == NULL;
	return 0;
}

static void one_of_before_gets_its_hashes(void **state)
{
	struct fixture *fixture = *state;
	struct journal_verification found = spoiled(fixture, make_format_1);
	struct journal_reader *reader = NULL;
	int unhashed = 0;
	int64_t next = 0;
	assert_int_equal(found.verdict, JOURNAL_WITHOUT_HASHES);
	assert_int_equal(journal_reader_create(fixture->copy, &reader), 0);
	assert_int_equal(journal_read(reader, 1, 100, count_unhashed, &unhashed, &next), 0);
	journal_reader_destroy(reader);
	assert_int_equal(unhashed, ENTRIES);
	journal_destroy(open_journal(fixture->copy));
	assert_int_equal(journal_verify(fixture->copy, fixture->whole.head, &found), 0);
	assert_int_equal(found.verdict, JOURNAL_WHOLE);
	assert_int_equal(found.found, ENTRIES);
}

/* ---- other files ---- */

static void what_is_no_journal_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct journal_verification found;
	FILE *file = fopen(fixture->copy, "w");
	assert_non_null(file);
	fputs("không phải nhật ký, chỉ là một tệp chữ dài hơn phần đầu của một cơ sở dữ liệu, "
	      "để không ai nhầm nó với một tệp rỗng hay một tệp bị cắt.",
		file);
	fclose(file);
	assert_int_equal(journal_verify(fixture->copy, NULL, &found), JOURNAL_FOREIGN);
	assert_int_equal(journal_verify("/nowhere/journal.sqlite", NULL, &found), -2);
}

static void a_hash_is_read_as_it_is_written(void **state)
{
	struct fixture *fixture = *state;
	struct hash_text head = hash_text(fixture->whole.head);
	uint8_t hash[JOURNAL_HASH_BYTES];
	assert_int_equal(strlen(head.text), 64);
	assert_true(hash_text_read(head.text, hash));
	assert_memory_equal(hash, fixture->whole.head, sizeof(hash));
	head.text[63] = 'g';
	assert_false(hash_text_read(head.text, hash));
	head.text[63] = '\0';
	assert_false(hash_text_read(head.text, hash));
	assert_string_equal(hash_text(NULL).text, "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(what_was_written_is_whole),
		CASE(what_was_changed_is_named),
		CASE(a_shortened_one_has_another_head),
		CASE(a_byte_of_an_entry_is_named),
		CASE(no_byte_changes_the_record_unseen),
		CASE(one_of_before_gets_its_hashes),
		CASE(what_is_no_journal_is_refused),
		CASE(a_hash_is_read_as_it_is_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
