/* The stage: see stage.h. */
#include "tests/unit/meeting/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/gen/tables.h"

/* 15 July 2022, 07:30 in Hanoi. */
enum { UTC_OFFSET_MIN = 420 };
static const int64_t morning = 1657845000000;

struct stage *stage_create(void)
{
	struct stage *stage = calloc(1, sizeof(*stage));

	assert_non_null(stage);
	stage->meeting = mtg_create();
	assert_non_null(stage->meeting);
	stage->now = (struct now){{1000}, {morning}};
	return stage;
}

void stage_destroy(struct stage *stage)
{
	mtg_destroy(stage->meeting);
	free(stage);
}

struct command *stage_begin(struct stage *stage, enum role role, enum command_name name)
{
	memset(&stage->command, 0, sizeof(stage->command));
	stage->command.by.role = role;
	if (role == ROLE_OPERATOR || role == ROLE_TECHNICIAN || role == ROLE_CHAIR) {
		stage->command.by.has_account = true;
		strcpy(stage->command.by.account, "someone");
	}
	stage->command.body.name = name;
	return &stage->command.body;
}

void stage_by_site(struct stage *stage, const char *site)
{
	stage->command.by.role = ROLE_SITE;
	stage->command.by.has_site = true;
	strcpy(stage->command.by.site, site);
}

static void keep(struct stage *stage, const struct mtg_record *record)
{
	if (stage->journal) {
		assert_true(stage->n_journal < stage->journal_max);
		stage->journal[stage->n_journal++] = *record;
	}
}

int stage_give(struct stage *stage)
{
	int64_t seq = mtg_last_seq(stage->meeting);
	int r = mtg_decide(stage->meeting, &stage->command, stage->now, &stage->batch);

	if (r != 0) {
		assert_int_equal(stage->batch.n, 0);
	}
	for (size_t i = 0; i < stage->batch.n; i++) {
		assert_int_equal(stage->batch.records[i].seq, seq + (int64_t)i + 1);
		mtg_apply(stage->meeting, &stage->batch.records[i]);
		keep(stage, &stage->batch.records[i]);
	}
	if (mtg_check(stage->meeting)) {
		fail_msg("after command %d: %s", (int)stage->command.body.name,
			mtg_check(stage->meeting));
	}
	return r;
}

/* Arguments that begin with an id do so at the start of the union. */
int stage_do(struct stage *stage, enum role role, enum command_name name, const char *id)
{
	struct command *command = stage_begin(stage, role, name);

	if (id) {
		strcpy(command->floor_take.turn, id);
	}
	return stage_give(stage);
}

void stage_write(struct command *command)
{
	const struct msg_field *args = &msg_command.fields[1];
	const struct msg_type *of = args->type->arms[command->name - 1];

	for (size_t i = 0; i < of->n_fields; i++) {
		const struct msg_field *field = &of->fields[i];
		char *text = (char *)command + args->offset + field->offset;

		if (field->type->kind == MSG_STRING && !field->type->check &&
			field->type->min > 0 && field->presence == MSG_REQUIRED && !text[0]) {
			snprintf(text, field->type->size, "Chào");
		}
	}
}

int stage_op(struct stage *stage, enum command_name name, const char *id)
{
	return stage_do(stage, ROLE_OPERATOR, name, id);
}

int stage_site(struct stage *stage, const char *site, enum command_name name, const char *id)
{
	struct command *command = stage_begin(stage, ROLE_SITE, name);

	stage_by_site(stage, site);
	strcpy(command->floor_take.turn, id);
	return stage_give(stage);
}

void stage_settle(struct stage *stage)
{
	struct instant due;

	while (mtg_next_deadline(stage->meeting, &due) && instant_reached(due, stage->now.at)) {
		stage_begin(stage, ROLE_SYSTEM, CMD_TICK);
		assert_int_equal(stage_give(stage), 0);
		assert_true(stage->batch.n > 0);
	}
}

void stage_sleep(struct stage *stage, int64_t ms)
{
	stage->now.at.ms += ms;
	stage->now.wall.ms += ms;
}

void stage_pass(struct stage *stage, int64_t ms)
{
	int64_t end = stage->now.at.ms + ms;
	struct instant due;

	stage_settle(stage);
	while (mtg_next_deadline(stage->meeting, &due) && due.ms <= end) {
		stage_sleep(stage, due.ms - stage->now.at.ms);
		stage_settle(stage);
	}
	stage_sleep(stage, end - stage->now.at.ms);
}

static void must(struct stage *stage)
{
	assert_int_equal(stage_give(stage), 0);
}

void stage_meeting(struct stage *stage, uint32_t speed)
{
	struct cmd_meeting_create *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_MEETING_CREATE)->meeting_create;

	strcpy(in->meeting, "test");
	strcpy(in->name, "Hội nghị");
	strcpy(in->host, "Host");
	strcpy(in->place, "Hà Nội");
	strcpy(in->date, "2022-07-15");
	strcpy(in->title_lines[0], "{site}");
	in->n_title_lines = 1;
	in->utc_offset = UTC_OFFSET_MIN;
	in->form = DOCUMENT_FORM_PARTY;
	in->speed = speed;
	in->rehearsal = stage->rehearsal;
	must(stage);
}

void stage_add_site(struct stage *stage, const char *id, uint32_t number, bool has_content)
{
	struct cmd_site_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_ADD)->site_add;

	strcpy(in->site, id);
	in->number = number;
	strcpy(in->name, id);
	strcpy(in->short_code, "X");
	strcpy(in->region, "Region");
	in->kind = number == 1 ? SITE_KIND_MAIN : SITE_KIND_REMOTE;
	in->has_content = has_content;
	must(stage);
}

void stage_add_player(struct stage *stage, const char *id, uint32_t number)
{
	struct cmd_site_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_ADD)->site_add;

	strcpy(in->site, id);
	in->number = number;
	strcpy(in->name, id);
	strcpy(in->short_code, "X");
	strcpy(in->region, "Region");
	in->kind = SITE_KIND_PLAYER;
	must(stage);
}

void stage_add_list(struct stage *stage, const char *id)
{
	struct cmd_list_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_LIST_ADD)->list_add;

	strcpy(in->list, id);
	strcpy(in->title, id);
	must(stage);
}

void stage_add_item(struct stage *stage, const char *id, enum item_kind kind, const char *list,
	const char *list2)
{
	struct cmd_item_insert *in = &stage_begin(stage, ROLE_SYSTEM, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, id);
	in->kind = kind;
	strcpy(in->title, id);
	if (list) {
		strcpy(in->lists[in->n_lists++], list);
	}
	if (list2) {
		strcpy(in->lists[in->n_lists++], list2);
	}
	must(stage);
}

void stage_add_turn(struct stage *stage, const char *id, const char *list, const char *site,
	int64_t allowance_ms)
{
	struct cmd_turn_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_TURN_ADD)->turn_add;

	in->has_turn = true;
	strcpy(in->turn, id);
	strcpy(in->list, list);
	strcpy(in->site, site);
	strcpy(in->unit, "Unit");
	in->allowance.ms = allowance_ms;
	in->origin = TURN_ORIGIN_ASSIGNED;
	must(stage);
}

void stage_add_act(struct stage *stage, const char *id, const char *item)
{
	struct cmd_act_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_ACT_ADD)->act_add;

	strcpy(in->act, id);
	strcpy(in->item, item);
	strcpy(in->name, "Sở Nội vụ");
	must(stage);
}

void stage_link(struct stage *stage, const char *site, enum link_state link)
{
	struct cmd_site_link *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_LINK)->site_link;

	strcpy(in->site, site);
	in->link = link;
	must(stage);
}

void stage_media(struct stage *stage, const char *site, enum media_state media)
{
	struct cmd_site_media *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_MEDIA)->site_media;

	strcpy(in->site, site);
	in->media = media;
	must(stage);
}

void stage_observe(struct stage *stage, const char *site, enum sign sign, bool present)
{
	struct cmd_site_observe *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_SITE_OBSERVE)->site_observe;

	strcpy(in->site, site);
	in->sign = sign;
	in->present = present;
	must(stage);
}

void stage_relay(struct stage *stage, enum link_state link)
{
	stage_begin(stage, ROLE_SYSTEM, CMD_RELAY_LINK)->relay_link.link = link;
	must(stage);
}

int stage_mute(struct stage *stage, const char *site, bool muted)
{
	struct cmd_site_mute *in = &stage_begin(stage, ROLE_SITE, CMD_SITE_MUTE)->site_mute;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	in->muted = muted;
	return stage_give(stage);
}

int stage_bar(struct stage *stage, const char *site, bool barred)
{
	struct cmd_site_bar *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_BAR)->site_bar;

	strcpy(in->site, site);
	in->barred = barred;
	return stage_give(stage);
}

int stage_extend(struct stage *stage, const char *turn, int64_t by_ms)
{
	struct cmd_floor_extend *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_EXTEND)->floor_extend;

	strcpy(in->turn, turn);
	in->by.ms = by_ms;
	return stage_give(stage);
}

int stage_edit_turn(struct stage *stage, const char *turn, const char *unit, const char *site)
{
	struct cmd_turn_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TURN_EDIT)->turn_edit;

	strcpy(in->turn, turn);
	in->has_unit = unit != NULL;
	strcpy(in->unit, unit ? unit : "");
	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	return stage_give(stage);
}

int stage_talkback(struct stage *stage, const char *site, bool private)
{
	struct cmd_talkback_open *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_TALKBACK_OPEN)->talkback_open;

	in->has_site = site != NULL;
	if (site) {
		strcpy(in->site, site);
	}
	in->has_private = true;
	in->private = private;
	return stage_give(stage);
}

int stage_mark(struct stage *stage, const char *site, enum talkback_answer answer)
{
	struct cmd_talkback_mark *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_TALKBACK_MARK)->talkback_mark;

	strcpy(in->site, site);
	in->answer = answer;
	return stage_give(stage);
}

int stage_add_vote(struct stage *stage, const char *id, enum vote_method method)
{
	struct cmd_vote_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_VOTE_ADD)->vote_add;

	strcpy(in->vote, id);
	strcpy(in->question, "Thông qua chương trình hội nghị");
	strcpy(in->options[0], "Tán thành");
	strcpy(in->options[1], "Không tán thành");
	in->n_options = 2;
	in->method = method;
	return stage_give(stage);
}

static struct vote_count hands(uint32_t present, uint32_t yes, uint32_t no)
{
	return (struct vote_count){
		.present = present, .cast = yes + no, .answers = {yes, no}, .n_answers = 2};
}

int stage_count(struct stage *stage, const char *vote, const char *site, uint32_t present,
	uint32_t yes, uint32_t no)
{
	struct cmd_vote_cast *in = &stage_begin(stage, ROLE_OPERATOR, CMD_VOTE_CAST)->vote_cast;

	strcpy(in->vote, vote);
	strcpy(in->site, site);
	in->has_count = true;
	in->count = hands(present, yes, no);
	return stage_give(stage);
}

int stage_recount(struct stage *stage, const char *vote, const char *site, uint32_t present,
	uint32_t yes, uint32_t no)
{
	struct cmd_vote_correct *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_VOTE_CORRECT)->vote_correct;

	strcpy(in->vote, vote);
	strcpy(in->site, site);
	in->has_count = true;
	in->count = hands(present, yes, no);
	return stage_give(stage);
}

int stage_ballot(
	struct stage *stage, const char *vote, const char *site, const char *voter, uint32_t choice)
{
	struct cmd_vote_cast *in = &stage_begin(stage, ROLE_OPERATOR, CMD_VOTE_CAST)->vote_cast;

	strcpy(in->vote, vote);
	strcpy(in->site, site);
	in->has_voter = in->has_choice = true;
	strcpy(in->voter, voter);
	in->choice = choice;
	return stage_give(stage);
}

enum vote_state stage_vote(const struct stage *stage, const char *id)
{
	const struct vote *vote = mtg_vote_by_id(stage->meeting, id);

	return vote ? vote->state : VOTE_STATE_UNSET;
}

int stage_show(struct stage *stage, const char *site, bool shown)
{
	struct cmd_content_show *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_CONTENT_SHOW)->content_show;

	strcpy(in->site, site);
	in->shown = shown;
	return stage_give(stage);
}

void stage_rehearse(struct stage *stage)
{
	static const char *const remotes[] = {"a", "b", "c", "d"};

	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, true);
	for (size_t i = 0; i < 4; i++) {
		stage_add_site(stage, remotes[i], (uint32_t)i + 2, i == 0);
	}
	stage_add_list(stage, "talks");
	stage_add_list(stage, "hall");
	stage_add_item(stage, "open", ITEM_KIND_OPENING, NULL, NULL);
	stage_add_item(stage, "talks", ITEM_KIND_PRESENTATIONS, "talks", NULL);
	stage_add_item(stage, "pause", ITEM_KIND_BREAK, NULL, NULL);
	stage_add_item(stage, "more", ITEM_KIND_DISCUSSION, "talks", "hall");
	stage_add_item(stage, "end", ITEM_KIND_CLOSING, NULL, NULL);
	stage_add_turn(stage, "a1", "talks", "a", 5 * MINUTE_MS);
	stage_add_turn(stage, "b1", "talks", "b", 5 * MINUTE_MS);
	stage_add_turn(stage, "c1", "talks", "c", 5 * MINUTE_MS);
	stage_add_turn(stage, "v1", "talks", "hn", 5 * MINUTE_MS);
	stage_add_turn(stage, "d1", "hall", "d", 5 * MINUTE_MS);
}

void stage_assemble(struct stage *stage)
{
	static const char *const all[] = {"hn", "a", "b", "c", "d"};

	stage_rehearse(stage);
	assert_int_equal(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL), 0);
	stage_relay(stage, LINK_STATE_ONLINE);
	for (size_t i = 0; i < 5; i++) {
		stage_link(stage, all[i], LINK_STATE_ONLINE);
		stage_media(stage, all[i], MEDIA_STATE_GOOD);
	}
}

void stage_go_live(struct stage *stage)
{
	stage_assemble(stage);
	assert_int_equal(stage_op(stage, CMD_MEETING_OPEN, NULL), 0);
}

void stage_start_talks(struct stage *stage)
{
	stage_go_live(stage);
	assert_int_equal(stage_op(stage, CMD_ITEM_START, "talks"), 0);
}

enum turn_state stage_turn(const struct stage *stage, const char *id)
{
	return mtg_turn_by_id(stage->meeting, id)->state;
}

enum item_state stage_item(const struct stage *stage, const char *id)
{
	return mtg_item_by_id(stage->meeting, id)->state;
}

int stage_index(const struct stage *stage, const char *site)
{
	return mtg_site_index(stage->meeting, mtg_site_by_id(stage->meeting, site));
}

enum tally stage_tally(const struct stage *stage, const char *site)
{
	return mtg_tally(stage->meeting, stage_index(stage, site));
}

bool stage_heard(const struct stage *stage, const char *site)
{
	return mtg_is_heard(stage->meeting, stage_index(stage, site));
}

static const char *turn_name(const struct stage *stage, int turn)
{
	return turn == MTG_NONE ? "" : mtg_turn(stage->meeting, turn)->id;
}

const char *stage_on_air(const struct stage *stage)
{
	return turn_name(stage, mtg_floor(stage->meeting)->on_air);
}

const char *stage_cued(const struct stage *stage)
{
	return turn_name(stage, mtg_floor(stage->meeting)->cued);
}

bool stage_alarm(const struct stage *stage, enum alarm_kind kind, const char *site)
{
	int index = site ? stage_index(stage, site) : MTG_NONE;

	for (size_t i = 0; i < mtg_alarm_count(stage->meeting); i++) {
		const struct alarm *alarm = mtg_alarm(stage->meeting, i);

		if (alarm->kind == kind && alarm->site == index) {
			return true;
		}
	}
	return false;
}

const struct event *stage_event(const struct stage *stage, enum event_name name)
{
	for (size_t i = 0; i < stage->batch.n; i++) {
		if (stage->batch.records[i].event.name == name) {
			return &stage->batch.records[i].event;
		}
	}
	return NULL;
}

void stage_fill_file(struct meeting_file *ret)
{
	memset(ret, 0, sizeof(*ret));
	memset(ret->digest, 'a', CONTENT_DIGEST_CHARS);
	strcpy(ret->name, "bao-cao.pdf");
	ret->type = FILE_TYPE_PDF;
	ret->size = 1000;
}
