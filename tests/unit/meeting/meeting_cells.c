/* Every cell of the tables state x command of docs/meeting.md, played on the stage. */
#include <stdio.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "tests/unit/meeting/page.h"
#include "tests/unit/meeting/stage.h"

static const char arrow[] = "→ ";

struct play {
	const char *name;
	void (*prepare)(struct stage *stage);
};

struct move {
	const char *name;
	int (*make)(struct stage *stage, const char *subject);
};

static const char *answer_word(int r)
{
	return r == 0 ? "ok" : msg_enum_name(&msg_refusal, r);
}

/* The cell promises `id state` pairs after the arrow, or names the refusal. */
static void assert_cell(const struct stage *stage, const char *where, const char *cell, int r,
	const char *subject, const char *(*state_of)(const struct stage *stage, const char *id))
{
	char pairs[PAGE_CELL_MAX], id[33], state[33];

	if (strncmp(cell, arrow, strlen(arrow)) != 0) {
		if (strcmp(answer_word(r), cell) != 0) {
			fail_msg("%s: %s, not %s", where, answer_word(r), cell);
		}
		return;
	}
	if (r != 0) {
		fail_msg("%s: %s, not %s", where, answer_word(r), cell);
	}
	strcpy(pairs, cell + strlen(arrow));
	for (char *at = strtok(pairs, ","); at; at = strtok(NULL, ",")) {
		if (sscanf(at, "%32s %32s", id, state) == 1) {
			strcpy(state, id);
			strcpy(id, subject);
		}
		if (strcmp(state_of(stage, id), state) != 0) {
			fail_msg("%s: %s is %s, not %s", where, id, state_of(stage, id), state);
		}
	}
}

static const char *turn_word(const struct stage *stage, const char *id)
{
	return msg_enum_name(&msg_turn_state, (int)stage_turn(stage, id));
}

static const char *item_word(const struct stage *stage, const char *id)
{
	return msg_enum_name(&msg_item_state, (int)stage_item(stage, id));
}

/* ---- turns ---- */

static void raise_a(struct stage *stage)
{
	assert_int_equal(stage_site(stage, "a", CMD_TURN_REQUEST, "a"), 0);
}

static void request(struct stage *stage)
{
	stage_start_talks(stage);
	raise_a(stage);
}

static void must_op(struct stage *stage, enum command_name name, const char *id)
{
	assert_int_equal(stage_op(stage, name, id), 0);
}

static void cue(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_TURN_CUE, "a1");
}

static void take(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_FLOOR_TAKE, "a1");
	stage_pass(stage, 2000);
}

static void interrupt(struct stage *stage)
{
	take(stage);
	must_op(stage, CMD_FLOOR_INTERRUPT, "a1");
}

static void release(struct stage *stage)
{
	take(stage);
	must_op(stage, CMD_FLOOR_RELEASE, "a1");
}

static void withdraw(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_TURN_WITHDRAW, "a1");
}

static void absent(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_TURN_ABSENT, "a1");
}

static void skip_turn(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_TURN_SKIP, "a1");
}

static int make_extend(struct stage *stage, const char *subject)
{
	return stage_extend(stage, subject, MINUTE_MS);
}

static int make_edit(struct stage *stage, const char *subject)
{
	return stage_edit_turn(stage, subject, "Sở Y tế", NULL);
}

static int make_edit_site(struct stage *stage, const char *subject)
{
	return stage_edit_turn(stage, subject, NULL, "d");
}

/* ---- one table: every row prepared anew for every column ---- */

struct cast {
	const char *table;
	const struct play *rows;
	size_t n_rows;
	const struct move *columns;
	size_t n_columns;
	const char *(*state_of)(const struct stage *stage, const char *id);
	const char *(*subject)(const char *row);
};

/* The column of a table names a command: item.COLUMN, turn.COLUMN or floor.COLUMN; 0: none does. */
static enum command_name command_of(const char *table, const char *column)
{
	const char *const areas[] = {table, "floor"};
	char word[2 * PAGE_CELL_MAX];
	int name = 0;

	for (size_t i = 0; i < 2 && name <= 0; i++) {
		snprintf(word, sizeof(word), "%s.%s", areas[i], column);
		name = msg_enum_value(&msg_command_name, word);
	}
	return (enum command_name)(name > 0 ? name : 0);
}

/* What a column does: its own move, or by the operator the command that it names. */
static int make_column(
	const struct cast *cast, const char *column, struct stage *stage, const char *subject)
{
	enum command_name name = command_of(cast->table, column);

	for (size_t i = 0; i < cast->n_columns; i++) {
		if (strcmp(cast->columns[i].name, column) == 0) {
			return cast->columns[i].make(stage, subject);
		}
	}
	if (name == CMD_UNSET) {
		fail_msg("%s: nothing is known of %s", cast->table, column);
	}
	return stage_op(stage, name, subject);
}

static void play_cell(const struct cast *cast, const struct page_table *table,
	const struct play *row, const char *column)
{
	struct stage *stage = stage_create();
	const char *subject = cast->subject(row->name);
	char where[2 * PAGE_CELL_MAX + 32];
	int r;

	snprintf(where, sizeof(where), "%s: %s x %s", cast->table, row->name, column);
	row->prepare(stage);
	r = make_column(cast, column, stage, subject);
	assert_cell(stage, where, page_cell(table, row->name, column), r, subject, cast->state_of);
	stage_destroy(stage);
}

static bool has_column(const struct page_table *table, const char *column)
{
	for (size_t i = 1; i < table->n_columns; i++) {
		if (strcmp(table->columns[i], column) == 0) {
			return true;
		}
	}
	return false;
}

static void play_table(const struct cast *cast)
{
	static struct page_table table;

	page_read(cast->table, &table);
	assert_int_equal(table.n_rows, cast->n_rows);
	for (size_t i = 0; i < cast->n_columns; i++) {
		assert_true(has_column(&table, cast->columns[i].name));
	}
	for (size_t r = 0; r < cast->n_rows; r++) {
		for (size_t c = 1; c < table.n_columns; c++) {
			play_cell(cast, &table, &cast->rows[r], table.columns[c]);
		}
	}
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *turn_subject(const char *row)
{
	return strcmp(row, "requested") == 0 ? "t-6" : "a1";
}

static void test_turn_table(void **state)
{
	static const struct play rows[] = {{"requested", request}, {"waiting", stage_start_talks},
		{"cued", cue}, {"on_air", take}, {"interrupted", interrupt}, {"done", release},
		{"withdrawn", withdraw}, {"absent", absent}, {"skipped", skip_turn}};
	static const struct move columns[] = {
		{"extend", make_extend}, {"edit", make_edit}, {"edit site", make_edit_site}};
	const struct cast cast = {
		"turn", rows, COUNT(rows), columns, COUNT(columns), turn_word, turn_subject};

	(void)state;
	play_table(&cast);
}

/* ---- items ---- */

static void start_open(struct stage *stage)
{
	stage_go_live(stage);
	must_op(stage, CMD_ITEM_START, "open");
}

static void finish_talks(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_ITEM_FINISH, "talks");
}

static void skip_talks(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_ITEM_SKIP, "talks");
}

static int make_item_extend(struct stage *stage, const char *subject)
{
	struct cmd_item_extend *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EXTEND)->item_extend;

	strcpy(in->item, subject);
	in->by.ms = MINUTE_MS;
	return stage_give(stage);
}

static void remove_talks(struct stage *stage)
{
	start_open(stage);
	must_op(stage, CMD_ITEM_REMOVE, "talks");
}

static struct cmd_item_edit *edit_item(struct stage *stage, const char *item)
{
	struct cmd_item_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

	strcpy(in->item, item);
	return in;
}

static int make_item_edit(struct stage *stage, const char *subject)
{
	struct cmd_item_edit *in = edit_item(stage, subject);

	in->has_title = true;
	strcpy(in->title, "Tham luận");
	return stage_give(stage);
}

static int make_item_edit_length(struct stage *stage, const char *subject)
{
	struct cmd_item_edit *in = edit_item(stage, subject);

	in->has_planned_length = true;
	in->planned_length.ms = MINUTE_MS;
	return stage_give(stage);
}

static int make_item_edit_lists(struct stage *stage, const char *subject)
{
	edit_item(stage, subject)->has_lists = true;
	return stage_give(stage);
}

static int make_item_insert(struct stage *stage, const char *subject)
{
	struct cmd_item_insert *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, subject);
	in->kind = ITEM_KIND_PRESENTATIONS;
	return stage_give(stage);
}

static int make_another(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_ITEM_START, "more");
}

static int make_close(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_MEETING_CLOSE, NULL);
}

static const char *item_subject(const char *row)
{
	(void)row;
	return "talks";
}

static void test_item_table(void **state)
{
	static const struct play rows[] = {{"pending", start_open}, {"active", stage_start_talks},
		{"active, turn on air", take}, {"done", finish_talks}, {"skipped", skip_talks},
		{"removed", remove_talks}};
	static const struct move columns[] = {{"extend", make_item_extend},
		{"edit", make_item_edit}, {"edit length", make_item_edit_length},
		{"edit lists", make_item_edit_lists}, {"insert", make_item_insert},
		{"start another", make_another}, {"close meeting", make_close}};
	const struct cast cast = {
		"item", rows, COUNT(rows), columns, COUNT(columns), item_word, item_subject};

	(void)state;
	play_table(&cast);
}

/* ---- the floor ---- */

static void take_now(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_FLOOR_TAKE, "a1");
	stage_pass(stage, 500);
}

static void take_long_ago(struct stage *stage)
{
	take(stage);
	stage_pass(stage, 9001);
}

static void take_cued(struct stage *stage)
{
	cue(stage);
	must_op(stage, CMD_FLOOR_TAKE, "a1");
	stage_pass(stage, 2000);
}

static void replace(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_FLOOR_TAKE, "b1");
	stage_pass(stage, 5000);
	must_op(stage, CMD_FLOOR_TAKE, "a1");
	stage_pass(stage, 2000);
}

static void replace_and_drop(struct stage *stage)
{
	replace(stage);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
}

static void drop_both(struct stage *stage)
{
	replace_and_drop(stage);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
}

static void interrupt_and_take(struct stage *stage)
{
	interrupt(stage);
	must_op(stage, CMD_FLOOR_TAKE, "b1");
	stage_pass(stage, 2000);
}

static void interrupt_and_go_on(struct stage *stage)
{
	interrupt(stage);
	must_op(stage, CMD_ITEM_START, "pause");
}

static void take_and_undo(struct stage *stage)
{
	take(stage);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 1;
	assert_int_equal(stage_give(stage), 0);
}

static int make_release(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_FLOOR_RELEASE, subject);
}

static int make_interrupt(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_FLOOR_INTERRUPT, subject);
}

static int make_resume(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_FLOOR_RESUME, subject);
}

static int make_take_b(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_FLOOR_TAKE, "b1");
}

static int make_undo(struct stage *stage, const char *subject)
{
	uint64_t takes = mtg_floor(stage->meeting)->takes;

	(void)subject;
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = takes ? takes : 1;
	return stage_give(stage);
}

static int make_silent(struct stage *stage, const char *subject)
{
	(void)subject;
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	return 0;
}

static int make_barred(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_bar(stage, "a", true);
}

static int make_link_lost(struct stage *stage, const char *subject)
{
	(void)subject;
	stage_link(stage, "a", LINK_STATE_LOST);
	stage_pass(stage, 20000);
	return 0;
}

static int make_relay_lost(struct stage *stage, const char *subject)
{
	(void)subject;
	stage_relay(stage, LINK_STATE_LOST);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	stage_pass(stage, 20000);
	return 0;
}

static int make_finish_talks(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_ITEM_FINISH, "talks");
}

static const char *floor_subject(const char *row)
{
	(void)row;
	return "a1";
}

static void test_floor_table(void **state)
{
	static const struct play rows[] = {{"free", stage_start_talks}, {"a1 on air", take},
		{"a1 just taken", take_now}, {"a1 on air for 11 s", take_long_ago},
		{"a1 taken from cue", take_cued}, {"a1 replaced b1", replace},
		{"a1 replaced b1, a dropped", replace_and_drop},
		{"a1 replaced b1, both dropped", drop_both}, {"a1 interrupted", interrupt},
		{"a1 interrupted, b1 on air", interrupt_and_take},
		{"a1 interrupted, next item", interrupt_and_go_on},
		{"a1 taken and undone", take_and_undo}, {"a1 released", release}};
	static const struct move columns[] = {{"take b1", make_take_b},
		{"release a1", make_release}, {"interrupt a1", make_interrupt},
		{"resume a1", make_resume}, {"undo", make_undo}, {"a silent", make_silent},
		{"a barred", make_barred}, {"a link lost", make_link_lost},
		{"relay lost", make_relay_lost}, {"finish item", make_finish_talks}};
	const struct cast cast = {
		"floor", rows, COUNT(rows), columns, COUNT(columns), turn_word, floor_subject};

	(void)state;
	play_table(&cast);
}

/* ---- sites ---- */

static const char *site_word(const struct stage *stage, const char *id)
{
	const struct site *site = mtg_site_by_id(stage->meeting, id);

	return site ? msg_enum_name(&msg_site_kind, (int)site->kind) : "removed";
}

static void never_came(struct stage *stage)
{
	stage_rehearse(stage);
}

static void bar(struct stage *stage)
{
	stage_start_talks(stage);
	assert_int_equal(stage_bar(stage, "a", true), 0);
}

static void remove_a(struct stage *stage)
{
	stage_start_talks(stage);
	must_op(stage, CMD_SITE_REMOVE, "a");
}

static int make_site_edit(struct stage *stage, const char *subject)
{
	struct cmd_site_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_SITE_EDIT)->site_edit;

	strcpy(in->site, subject);
	in->has_name = true;
	strcpy(in->name, "Tên đúng");
	return stage_give(stage);
}

static int make_add(struct stage *stage, const char *subject)
{
	struct cmd_site_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_SITE_ADD)->site_add;

	strcpy(in->site, subject);
	in->number = strcmp(subject, "hn") == 0 ? 1 : 2;
	strcpy(in->name, subject);
	strcpy(in->short_code, "X");
	strcpy(in->region, "Region");
	in->kind = SITE_KIND_REMOTE;
	return stage_give(stage);
}

static const char *site_subject(const char *row)
{
	return strcmp(row, "main venue") == 0 ? "hn" : "a";
}

static void test_site_table(void **state)
{
	static const struct play rows[] = {{"never came", never_came},
		{"online", stage_start_talks}, {"cued", cue}, {"on air", take},
		{"interrupted", interrupt}, {"barred", bar}, {"main venue", stage_start_talks},
		{"removed", remove_a}};
	static const struct move columns[] = {{"add", make_add}, {"edit", make_site_edit}};
	const struct cast cast = {
		"site", rows, COUNT(rows), columns, COUNT(columns), site_word, site_subject};

	(void)state;
	play_table(&cast);
}

/* ---- the talkback ---- */

static void to_all(struct stage *stage)
{
	stage_assemble(stage);
	assert_int_equal(stage_talkback(stage, NULL, false), 0);
}

static void call_b(struct stage *stage)
{
	stage_assemble(stage);
	assert_int_equal(stage_talkback(stage, "b", false), 0);
}

static void hear_b(struct stage *stage)
{
	call_b(stage);
	assert_int_equal(stage_mark(stage, "b", TALKBACK_ANSWER_HEARD), 0);
}

static void b_alone(struct stage *stage)
{
	stage_assemble(stage);
	assert_int_equal(stage_talkback(stage, "b", true), 0);
}

static int make_to_all(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_talkback(stage, NULL, false);
}

static int make_call(struct stage *stage, const char *subject)
{
	return stage_talkback(stage, subject, false);
}

static int make_alone(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_talkback(stage, "a", true);
}

static int make_mark(struct stage *stage, const char *subject)
{
	return stage_mark(stage, subject, TALKBACK_ANSWER_HEARD);
}

static int make_end(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_TALKBACK_CLOSE, NULL);
}

static int make_open_meeting(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_MEETING_OPEN, NULL);
}

static int make_bar_b(struct stage *stage, const char *subject)
{
	return stage_bar(stage, subject, true);
}

static int make_lose_b(struct stage *stage, const char *subject)
{
	stage_link(stage, subject, LINK_STATE_LOST);
	return 0;
}

static int make_silence_b(struct stage *stage, const char *subject)
{
	stage_media(stage, subject, MEDIA_STATE_SILENT);
	return 0;
}

static int make_mute_b(struct stage *stage, const char *subject)
{
	return stage_mute(stage, subject, true);
}

static int make_lock_b(struct stage *stage, const char *subject)
{
	struct cmd_mic_lock *in = &stage_begin(stage, ROLE_OPERATOR, CMD_MIC_LOCK)->mic_lock;

	strcpy(in->site, subject);
	in->locked = true;
	return stage_give(stage);
}

static int make_lock_all(struct stage *stage, const char *subject)
{
	(void)subject;
	stage_begin(stage, ROLE_OPERATOR, CMD_MIC_LOCK_ALL)->mic_lock_all.locked = true;
	return stage_give(stage);
}

/* By whom a site is heard. */
static const char *heard_word(const struct stage *stage, const char *id)
{
	if (!stage_heard(stage, id)) {
		return "nobody";
	}
	return mtg_talkback(stage->meeting)->private ? "one" : "all";
}

static const char *talkback_subject(const char *row)
{
	(void)row;
	return "b";
}

static void test_talkback_table(void **state)
{
	static const struct play rows[] = {{"none", stage_assemble}, {"to all", to_all},
		{"b called", call_b}, {"b heard", hear_b}, {"b alone", b_alone}};
	static const struct move columns[] = {{"open to all", make_to_all}, {"call b", make_call},
		{"speak with a alone", make_alone}, {"mark b heard", make_mark},
		{"close", make_end}, {"open the meeting", make_open_meeting}, {"bar b", make_bar_b},
		{"b's link lost", make_lose_b}, {"b's media silent", make_silence_b},
		{"b mutes", make_mute_b}, {"lock b", make_lock_b}, {"lock all", make_lock_all}};
	const struct cast cast = {"talkback", rows, COUNT(rows), columns, COUNT(columns),
		heard_word, talkback_subject};

	(void)state;
	play_table(&cast);
}

/* ---- votes ---- */

static void vote_planned(struct stage *stage)
{
	stage_start_talks(stage);
	assert_int_equal(stage_add_vote(stage, "v", VOTE_METHOD_BY_SITE), 0);
	assert_int_equal(stage_add_vote(stage, "w", VOTE_METHOD_BY_SITE), 0);
}

static void vote_open(struct stage *stage)
{
	vote_planned(stage);
	must_op(stage, CMD_VOTE_OPEN, "v");
	assert_int_equal(stage_count(stage, "v", "a", 20, 18, 2), 0);
}

static void vote_closed(struct stage *stage)
{
	vote_open(stage);
	must_op(stage, CMD_VOTE_CLOSE, "v");
}

static void vote_invalid(struct stage *stage)
{
	vote_open(stage);
	assert_int_equal(stage_count(stage, "v", "c", 9, 18, 2), 0);
	must_op(stage, CMD_VOTE_CLOSE, "v");
}

static void vote_cancelled(struct stage *stage)
{
	vote_open(stage);
	must_op(stage, CMD_VOTE_CANCEL, "v");
}

static void vote_removed(struct stage *stage)
{
	vote_planned(stage);
	must_op(stage, CMD_VOTE_REMOVE, "v");
}

static int make_vote_add(struct stage *stage, const char *subject)
{
	return stage_add_vote(stage, subject, VOTE_METHOD_BY_SITE);
}

static int make_vote_remove(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_VOTE_REMOVE, subject);
}

static int make_vote_open(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_VOTE_OPEN, subject);
}

static int make_cast(struct stage *stage, const char *subject)
{
	return stage_count(stage, subject, "b", 12, 10, 1);
}

static int make_correct(struct stage *stage, const char *subject)
{
	return stage_recount(stage, subject, "a", 20, 19, 1);
}

static int make_correct_wrong(struct stage *stage, const char *subject)
{
	return stage_recount(stage, subject, "a", 12, 19, 1);
}

static int make_own_correct(struct stage *stage, const char *subject)
{
	struct cmd_vote_correct *in =
		&stage_begin(stage, ROLE_SITE, CMD_VOTE_CORRECT)->vote_correct;

	stage_by_site(stage, "a");
	strcpy(in->vote, subject);
	strcpy(in->site, "a");
	in->has_count = true;
	in->count =
		(struct vote_count){.present = 20, .cast = 20, .answers = {20, 0}, .n_answers = 2};
	return stage_give(stage);
}

static int make_report(struct stage *stage, const char *subject)
{
	struct cmd_vote_report *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_VOTE_REPORT)->vote_report;

	strcpy(in->vote, subject);
	strcpy(in->text, "Mất tiếng khi đọc câu hỏi");
	return stage_give(stage);
}

static int make_vote_close(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_VOTE_CLOSE, subject);
}

static int make_vote_cancel(struct stage *stage, const char *subject)
{
	return stage_op(stage, CMD_VOTE_CANCEL, subject);
}

static int make_open_other(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_VOTE_OPEN, "w");
}

static int make_close_over_vote(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_MEETING_CLOSE, NULL);
}

static const char *vote_word(const struct stage *stage, const char *id)
{
	enum vote_state state = stage_vote(stage, id);

	return state ? msg_enum_name(&msg_vote_state, (int)state) : "removed";
}

static const char *vote_subject(const char *row)
{
	(void)row;
	return "v";
}

static void test_vote_table(void **state)
{
	static const struct play rows[] = {{"planned", vote_planned}, {"open", vote_open},
		{"closed", vote_closed}, {"invalid", vote_invalid}, {"cancelled", vote_cancelled},
		{"removed", vote_removed}};
	static const struct move columns[] = {{"add", make_vote_add}, {"remove", make_vote_remove},
		{"open", make_vote_open}, {"cast", make_cast}, {"correct", make_correct},
		{"correct to more than present", make_correct_wrong},
		{"correct by the site", make_own_correct}, {"report", make_report},
		{"close", make_vote_close}, {"cancel", make_vote_cancel},
		{"open another", make_open_other}, {"close the meeting", make_close_over_vote}};
	const struct cast cast = {
		"vote", rows, COUNT(rows), columns, COUNT(columns), vote_word, vote_subject};

	(void)state;
	play_table(&cast);
}

/* ---- acts of a ceremony ---- */

static void plan_honours(struct stage *stage)
{
	stage_add_item(stage, "honours", ITEM_KIND_AWARDS, NULL, NULL);
	stage_add_act(stage, "k1", "honours");
	stage_add_act(stage, "k2", "honours");
	stage_add_act(stage, "k3", "honours");
}

static void honours_pending(struct stage *stage)
{
	stage_start_talks(stage);
	plan_honours(stage);
}

static void show_k1(struct stage *stage)
{
	honours_pending(stage);
	must_op(stage, CMD_ITEM_START, "honours");
	must_op(stage, CMD_ACT_SHOW, "k1");
}

static void show_k2(struct stage *stage)
{
	show_k1(stage);
	must_op(stage, CMD_ACT_SHOW, "k2");
}

static void show_k3(struct stage *stage)
{
	show_k2(stage);
	must_op(stage, CMD_ACT_SHOW, "k3");
}

static void skip_k2(struct stage *stage)
{
	show_k1(stage);
	must_op(stage, CMD_ACT_SKIP, "k2");
}

static void end_honours(struct stage *stage)
{
	show_k1(stage);
	must_op(stage, CMD_ITEM_FINISH, "honours");
}

static int make_act_edit(struct stage *stage, const char *subject)
{
	struct cmd_act_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ACT_EDIT)->act_edit;

	strcpy(in->act, subject);
	in->has_office = true;
	strcpy(in->office, "Chuyên viên");
	return stage_give(stage);
}

static int make_end_honours(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_ITEM_FINISH, "honours");
}

static int make_skip_honours(struct stage *stage, const char *subject)
{
	(void)subject;
	return stage_op(stage, CMD_ITEM_SKIP, "honours");
}

static const char *act_word(const struct stage *stage, const char *id)
{
	for (int i = 0; i < (int)mtg_act_count(stage->meeting); i++) {
		const struct act *act = mtg_act(stage->meeting, i);

		if (strcmp(act->id, id) == 0) {
			return msg_enum_name(&msg_act_state, (int)act->state);
		}
	}
	return "removed";
}

static const char *act_subject(const char *row)
{
	(void)row;
	return "k2";
}

static void test_act_table(void **state)
{
	static const struct play rows[] = {{"item pending", honours_pending}, {"waiting", show_k1},
		{"shown", show_k2}, {"done", show_k3}, {"skipped", skip_k2},
		{"item done", end_honours}};
	static const struct move columns[] = {{"edit", make_act_edit},
		{"finish the item", make_end_honours}, {"skip the item", make_skip_honours},
		{"close meeting", make_close}};
	const struct cast cast = {
		"act", rows, COUNT(rows), columns, COUNT(columns), act_word, act_subject};

	(void)state;
	play_table(&cast);
}

/* ---- the meeting: every command in every state ---- */

static void owe(struct stage *stage)
{
	struct cmd_document_add *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_DOCUMENT_ADD)->document_add;

	strcpy(in->document, "d-1");
	strcpy(in->title, "Báo cáo");
	assert_int_equal(stage_give(stage), 0);
}

static void prepare(struct stage *stage)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_MEETING_EDIT)->meeting_edit;

	in->has_preparation = in->preparation.has_registration = true;
	strcpy(in->preparation.registration.categories[0], "Đại biểu");
	in->preparation.registration.n_categories = 1;
	assert_int_equal(stage_give(stage), 0);
	strcpy(stage_begin(stage, ROLE_SYSTEM, CMD_CHECK_ADD)->check_add.check, "power");
	stage_write(&stage->command.body);
	assert_int_equal(stage_give(stage), 0);
	strcpy(stage_begin(stage, ROLE_SYSTEM, CMD_TASK_ADD)->task_add.task, "hall");
	stage_write(&stage->command.body);
	assert_int_equal(stage_give(stage), 0);
}

static void hand_out(struct stage *stage)
{
	struct cmd_handout_offer *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_HANDOUT_OFFER)->handout_offer;

	strcpy(in->handout, "h-1");
	strcpy(in->title, "Chương trình");
	stage_fill_file(&in->file);
	assert_int_equal(stage_give(stage), 0);
}

static void skip_v1(struct stage *stage)
{
	stage_add_player(stage, "p", 8);
	struct cmd_site_spare *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_SPARE)->site_spare;

	strcpy(in->site, "c");
	in->waiting = true;
	assert_int_equal(stage_give(stage), 0);
	must_op(stage, CMD_TURN_SKIP, "v1");
	owe(stage);
	prepare(stage);
	assert_int_equal(stage_add_vote(stage, "v", VOTE_METHOD_BY_SITE), 0);
	plan_honours(stage);
	hand_out(stage);
}

static void in_none(struct stage *stage)
{
	(void)stage;
}

static void in_draft(struct stage *stage)
{
	stage_rehearse(stage);
	raise_a(stage);
	skip_v1(stage);
}

static void in_assembling(struct stage *stage)
{
	stage_assemble(stage);
	raise_a(stage);
	skip_v1(stage);
}

static void in_live(struct stage *stage)
{
	request(stage);
	skip_v1(stage);
	must_op(stage, CMD_TURN_CUE, "c1");
}

static void in_closed(struct stage *stage)
{
	in_live(stage);
	must_op(stage, CMD_MEETING_CLOSE, NULL);
}

static void name_subject(struct command *c, const char *id)
{
	strcpy(c->floor_take.turn, id);
}

/* Arguments that would do, were the meeting in a state for it. */
static void fill_plan(struct command *c)
{
	if (c->name == CMD_MEETING_CREATE) {
		strcpy(c->meeting_create.date, "2022-07-15");
		c->meeting_create.speed = 1;
	} else if (c->name == CMD_SITE_ADD) {
		name_subject(c, "e");
		c->site_add.number = 9;
		c->site_add.kind = SITE_KIND_REMOTE;
	} else if (c->name == CMD_MEETING_EDIT) {
		c->meeting_edit.has_place = true;
		strcpy(c->meeting_edit.place, "Huế");
	} else if (c->name == CMD_LIST_EDIT || c->name == CMD_LIST_CLEAR_HANDS) {
		name_subject(c, "talks");
	} else if (c->name == CMD_LIST_CLOSE_HANDS) {
		name_subject(c, "talks");
		c->list_close_hands.closed = true;
	} else if (c->name == CMD_ITEM_INSERT || c->name == CMD_LIST_ADD) {
		name_subject(c, "new");
	} else if (c->name == CMD_TURN_ADD) {
		strcpy(c->turn_add.list, "talks");
		strcpy(c->turn_add.site, "b");
		c->turn_add.origin = TURN_ORIGIN_OPERATOR;
	}
}

static void fill_site(struct command *c)
{
	if (c->name == CMD_SITE_EDIT) {
		c->site_edit.has_venue = true;
		strcpy(c->site_edit.venue, "Phòng 2");
	}
	if (c->name >= CMD_SITE_EDIT && c->name <= CMD_SITE_MUTE) {
		name_subject(c, c->name == CMD_SITE_PROMOTE ? "c" : "b");
	}
	if (c->name == CMD_SITE_LINK) {
		c->site_link.link = LINK_STATE_LOST;
	} else if (c->name == CMD_SITE_MEDIA) {
		c->site_media.media = MEDIA_STATE_DEGRADED;
	} else if (c->name == CMD_SITE_OBSERVE) {
		c->site_observe.sign = SIGN_CLOCK_OFF;
		c->site_observe.present = true;
	} else if (c->name == CMD_SITE_BAR) {
		c->site_bar.barred = true;
	} else if (c->name == CMD_SITE_SIGN) {
		c->site_sign.step = READINESS_STEP_LINE_TESTED;
		c->site_sign.done = true;
	} else if (c->name == CMD_SITE_CHECK) {
		strcpy(c->site_check.check, "power");
		c->site_check.done = true;
	} else if (c->name == CMD_SITE_POST) {
		c->site_post.present = true;
	} else if (c->name == CMD_SITE_REGISTER) {
		strcpy(c->site_register.delegates[0].category, "Đại biểu");
		c->site_register.n_delegates = 1;
	} else if (c->name == CMD_SITE_ATTEND) {
		strcpy(c->site_attend.delegates[0].category, "Đại biểu");
		c->site_attend.n_delegates = 1;
	}
}

static void fill_item(struct command *c)
{
	if (strncmp(msg_enum_name(&msg_command_name, (int)c->name), "item.", 5) != 0 ||
		c->name == CMD_ITEM_INSERT) {
		return;
	}
	name_subject(c, c->name == CMD_ITEM_START    ? "more"
			: c->name == CMD_ITEM_FINISH ? "talks"
						     : "pause");
	if (c->name == CMD_ITEM_EXTEND) {
		c->item_extend.by.ms = MINUTE_MS;
	} else if (c->name == CMD_ITEM_EDIT) {
		c->item_edit.has_title = true;
		strcpy(c->item_edit.title, "Nghỉ");
	}
}

static void fill_act(struct command *c)
{
	if (c->name < CMD_ACT_ADD || c->name > CMD_ACT_SKIP) {
		return;
	}
	name_subject(c, c->name == CMD_ACT_ADD ? "k4" : "k1");
	if (c->name == CMD_ACT_ADD) {
		strcpy(c->act_add.item, "honours");
	} else if (c->name == CMD_ACT_EDIT) {
		c->act_edit.has_name = true;
		strcpy(c->act_edit.name, "Sở Y tế");
	}
}

static void fill_turn(struct command *c)
{

	static const struct {
		enum command_name name;
		const char *turn;
	} turns[] = {{CMD_TURN_APPROVE, "t-6"}, {CMD_TURN_MOVE, "a1"}, {CMD_TURN_WITHDRAW, "a1"},
		{CMD_TURN_CUE, "b1"}, {CMD_TURN_UNCUE, "c1"}, {CMD_TURN_ACKNOWLEDGE, "c1"},
		{CMD_TURN_ABSENT, "a1"}, {CMD_TURN_SKIP, "a1"}, {CMD_TURN_RESTORE, "v1"},
		{CMD_FLOOR_TAKE, "a1"}, {CMD_FLOOR_RELEASE, "a1"}, {CMD_FLOOR_PASS_ON, "a1"},
		{CMD_FLOOR_INTERRUPT, "a1"}, {CMD_FLOOR_RESUME, "a1"}, {CMD_FLOOR_EXTEND, "b1"},
		{CMD_TURN_REQUEST, "b"}, {CMD_TURN_EDIT, "a1"}, {CMD_TURN_TELEPHONE, "a1"},
		{CMD_TURN_REMOVE, "a1"}};

	for (size_t i = 0; i < COUNT(turns); i++) {
		if (turns[i].name == c->name) {
			name_subject(c, turns[i].turn);
		}
	}
	if (c->name == CMD_FLOOR_EXTEND) {
		c->floor_extend.by.ms = MINUTE_MS;
	} else if (c->name == CMD_TURN_DROP) {
		strcpy(c->turn_drop.turns[0], "a1"); /* was assigned */
		c->turn_drop.n_turns = 1;
	} else if (c->name == CMD_FLOOR_PASS_ON) {
		strcpy(c->floor_pass_on.next, "b1");
	} else if (c->name == CMD_TURN_EDIT) {
		c->turn_edit.has_unit = true;
		strcpy(c->turn_edit.unit, "Sở Y tế");
	} else if (c->name == CMD_TURN_TELEPHONE) {
		c->turn_telephone.has_at = true;
		strcpy(c->turn_telephone.at, "b");
	} else if (c->name == CMD_FLOOR_UNDO) {
		c->floor_undo.take = 1;
	}
}

static void fill_others(struct command *c)
{
	if (c->name == CMD_PROGRAMME_SHORTEN) {
		c->programme_shorten.keep = KEPT_PART_MIN;
	}
	if (c->name == CMD_FILM_PLAY || c->name == CMD_FILM_STOP) {
		name_subject(c, "talks");
	} else if (c->name == CMD_FILM_OBSERVE) {
		name_subject(c, "p");
		strcpy(c->film_observe.item, "talks");
		c->film_observe.state = FILM_STATE_READY;
	} else if (c->name == CMD_SPEAKER_TELL) {
		c->speaker_tell.has_text = true;
		strcpy(c->speaker_tell.text, "come to the end");
	} else if (c->name == CMD_SPEAKER_DARKEN) {
		c->speaker_darken.dark = true;
	} else if (c->name == CMD_BELL_HOLD) {
		c->bell_hold.held = true;
	} else if (c->name == CMD_MIC_LOCK) {
		name_subject(c, "b");
		c->mic_lock.locked = true;
	} else if (c->name == CMD_MIC_LOCK_ALL) {
		c->mic_lock_all.locked = true;
	} else if (c->name == CMD_MIC_OPEN_VENUE) {
		c->mic_open_venue.open = true;
	} else if (c->name == CMD_TALKBACK_MARK) {
		name_subject(c, "b");
		c->talkback_mark.answer = TALKBACK_ANSWER_HEARD;
	} else if (c->name == CMD_READY_ANSWER || c->name == CMD_ROLL_MARK ||
		   c->name == CMD_LINE_TEST_REPORT || c->name == CMD_LINE_TEST_CONFIRM) {
		name_subject(c, "b");
		c->roll_mark.result =
			c->name == CMD_ROLL_MARK ? ROLL_RESULT_HEARD_AND_SEEN : ROLL_RESULT_UNSET;
	} else if (c->name == CMD_SCENE_OVERRIDE) {
		c->scene_override.layout = LAYOUT_SLATE;
	} else if (c->name == CMD_CONTENT_SHOW) {
		name_subject(c, "a");
		c->content_show.shown = true;
	} else if (c->name == CMD_DIRECTION_OFFER) {
		strcpy(c->direction_offer.to, "another");
	} else if (c->name == CMD_DIRECTION_LINK) {
		strcpy(c->direction_link.account, "someone");
		c->direction_link.link = LINK_STATE_LOST;
	} else if (c->name == CMD_ALARM_NOTE) {
		c->alarm_note.alarm = 1;
	} else if (c->name == CMD_OPINION_GIVE) {
		name_subject(c, "talks");
		strcpy(c->opinion_give.site, "b");
	} else if (c->name == CMD_OPINION_MARK) {
		c->opinion_mark.opinion = 1;
		c->opinion_mark.state = OPINION_STATE_READ;
	} else if (c->name == CMD_MESSAGE_READ) {
		c->message_read.message = 1;
	} else if (c->name == CMD_ALARM_ACKNOWLEDGE) {
		c->alarm_acknowledge.alarm = 1;
	} else if (c->name == CMD_DOCUMENT_ADD) {
		name_subject(c, "d-2");
	} else if (c->name == CMD_DOCUMENT_REMOVE || c->name == CMD_DOCUMENT_DISCARD) {
		name_subject(c, "d-1");
	} else if (c->name == CMD_CHECK_ADD || c->name == CMD_TASK_ADD) {
		name_subject(c, "another");
	} else if (c->name == CMD_CHECK_REMOVE) {
		name_subject(c, "power");
	} else if (c->name == CMD_TASK_REMOVE) {
		name_subject(c, "hall");
	} else if (c->name == CMD_TASK_MARK) {
		name_subject(c, "hall");
		c->task_mark.done = true;
	} else if (c->name == CMD_DOCUMENT_RECEIVE) {
		name_subject(c, "d-1");
		stage_fill_file(&c->document_receive.file);
	} else if (c->name == CMD_RELAY_LINK) {
		c->relay_link.link = LINK_STATE_ONLINE;
	}
}

static void fill_vote(struct command *c)
{
	if (c->name < CMD_VOTE_ADD || c->name > CMD_VOTE_CANCEL) {
		return;
	}
	name_subject(c, "v");
	if (c->name == CMD_VOTE_ADD) {
		strcpy(c->vote_add.vote, "w");
		strcpy(c->vote_add.options[0], "Tán thành");
		strcpy(c->vote_add.options[1], "Không tán thành");
		c->vote_add.n_options = 2;
		c->vote_add.method = VOTE_METHOD_BY_SITE;
	} else if (c->name == CMD_VOTE_CAST) {
		strcpy(c->vote_cast.site, "b");
		c->vote_cast.has_count = true;
		c->vote_cast.count.n_answers = 2;
	} else if (c->name == CMD_VOTE_CORRECT) {
		strcpy(c->vote_correct.site, "b");
		c->vote_correct.has_count = true;
		c->vote_correct.count.n_answers = 2;
	}
}

static void fill_handout(struct command *c)
{
	if (c->name == CMD_HANDOUT_OFFER) {
		name_subject(c, "h-2");
		strcpy(c->handout_offer.title, "Tài liệu");
		stage_fill_file(&c->handout_offer.file);
	} else if (c->name == CMD_HANDOUT_WITHDRAW) {
		name_subject(c, "h-1");
	} else if (c->name == CMD_HANDOUT_MARK) {
		name_subject(c, "h-1");
		strcpy(c->handout_mark.site, "b");
		c->handout_mark.receipt = RECEIPT_FETCHED;
	}
}

static enum role someone(enum command_name name)
{
	enum role role = ROLE_SYSTEM;

	while (role > ROLE_SITE && mtg_right(role, name) != RIGHT_ALWAYS) {
		role--;
	}
	return role;
}

static void play_command(const struct page_table *table, const struct play *column, int name)
{
	struct stage *stage = stage_create();
	const char *word = msg_enum_name(&msg_command_name, name);
	const char *cell = page_cell(table, word, column->name);
	struct command *c;
	int r;

	column->prepare(stage);
	c = stage_begin(stage, someone((enum command_name)name), (enum command_name)name);
	if (stage->command.by.role == ROLE_SITE && strcmp(column->name, "none") != 0) {
		stage_by_site(stage, "b");
	}
	fill_plan(c);
	fill_site(c);
	fill_item(c);
	fill_act(c);
	fill_turn(c);
	fill_vote(c);
	fill_handout(c);
	fill_others(c);
	stage_write(c);
	r = stage_give(stage);
	if (strcmp(cell, "–") != 0 && strcmp(answer_word(r), cell) != 0) {
		fail_msg("meeting: %s x %s: %s, not %s", word, column->name, answer_word(r), cell);
	}
	stage_destroy(stage);
}

static void test_meeting_table(void **state)
{
	static const struct play columns[] = {{"none", in_none}, {"draft", in_draft},
		{"assembling", in_assembling}, {"live", in_live}, {"closed", in_closed}};
	static struct page_table table;

	(void)state;
	page_read("meeting", &table);
	assert_int_equal(table.n_rows, CMD_END - 1);
	assert_int_equal(table.n_columns, COUNT(columns) + 1);
	for (int name = 1; name < CMD_END; name++) {
		for (size_t c = 0; c < COUNT(columns); c++) {
			play_command(&table, &columns[c], name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meeting_table),
		cmocka_unit_test(test_item_table),
		cmocka_unit_test(test_turn_table),
		cmocka_unit_test(test_floor_table),
		cmocka_unit_test(test_site_table),
		cmocka_unit_test(test_talkback_table),
		cmocka_unit_test(test_vote_table),
		cmocka_unit_test(test_act_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
