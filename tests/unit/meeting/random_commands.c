/* Random orders: see random_commands.h. */
#include "tests/unit/meeting/random_commands.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/direction.h"
#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/opinions.h"

/* xorshift64*: good enough to choose, the same everywhere. */
uint32_t random_number(struct random_commands *random, uint32_t n)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return (uint32_t)((random->state * 2685821657736338717u) >> 33) % n;
}

static bool chance(struct random_commands *random, uint32_t one_in)
{
	return random_number(random, one_in) == 0;
}

static void some_site(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_site_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "nowhere"
			    : mtg_site(meeting, (int)random_number(random, (uint32_t)n))->id);
}

static void some_item(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_item_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "nothing"
			    : mtg_item(meeting, (int)random_number(random, (uint32_t)n))->id);
}

/* Of few, or the checklist would be full at once. */
static void few_id(struct random_commands *random, char *ret)
{
	strcpy(ret, "c0");
	ret[1] = (char)('0' + random_number(random, 4));
}

static void some_check(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_check_count(meeting);

	if (n == 0 || chance(random, 20)) {
		few_id(random, ret);
	} else {
		strcpy(ret, mtg_check_line(meeting, random_number(random, (uint32_t)n))->id);
	}
}

static void some_list(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_list_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "unlisted"
			    : mtg_list(meeting, (int)random_number(random, (uint32_t)n))->id);
}

static void some_turn(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_turn_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "nobody"
			    : mtg_turn(meeting, (int)random_number(random, (uint32_t)n))->id);
}

/* An item that may have acts, mostly. */
static void some_ceremony(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	some_item(random, meeting, ret);
	for (int i = 0; i < 20; i++) {
		const struct item *item = mtg_item_by_id(meeting, ret);

		if (item && mtg_is_ceremony(item->kind)) {
			return;
		}
		some_item(random, meeting, ret);
	}
}

/* Mostly the one that is shown, or the next. */
static void some_act(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_act_count(meeting);
	struct ceremony ceremony;

	mtg_ceremony(meeting, &ceremony);
	int likely = chance(random, 2) ? ceremony.shown : ceremony.next;
	if (n == 0 || chance(random, 50)) {
		strcpy(ret, "unhonoured");
	} else if (likely != MTG_NONE && !chance(random, 4)) {
		strcpy(ret, mtg_act(meeting, likely)->id);
	} else {
		strcpy(ret, mtg_act(meeting, (int)random_number(random, (uint32_t)n))->id);
	}
}

/* The state a turn must be in for the command to have a chance. */
static enum turn_state fitting_state(enum command_name name)
{
	if (name == CMD_FLOOR_TAKE || name == CMD_TURN_DROP || name == CMD_TURN_CUE ||
		name == CMD_TURN_APPROVE) {
		return TURN_STATE_WAITING;
	}
	if (name == CMD_FLOOR_RELEASE || name == CMD_FLOOR_PASS_ON || name == CMD_FLOOR_INTERRUPT ||
		name == CMD_FLOOR_EXTEND) {
		return TURN_STATE_ON_AIR;
	}
	if (name == CMD_TURN_WITHDRAW) {
		return TURN_STATE_WAITING;
	}
	if (name == CMD_TURN_ACKNOWLEDGE || name == CMD_TURN_UNCUE) {
		return TURN_STATE_CUED;
	}
	return name == CMD_FLOOR_RESUME ? TURN_STATE_INTERRUPTED : TURN_STATE_UNSET;
}

static void fitting_turn(struct random_commands *random, const struct meeting *meeting,
	enum command_name name, char *ret)
{
	enum turn_state state = fitting_state(name);

	some_turn(random, meeting, ret);
	for (int i = 0; i < 20 && state != TURN_STATE_UNSET; i++) {
		const struct turn *turn = mtg_turn_by_id(meeting, ret);

		if (chance(random, 10) || (turn && turn->state == state)) {
			return;
		}
		some_turn(random, meeting, ret);
	}
}

static void new_id(struct random_commands *random, char *ret)
{
	strcpy(ret, "x00");
	ret[1] = (char)('a' + random_number(random, 26));
	ret[2] = (char)('a' + random_number(random, 26));
}

static int64_t some_span(struct random_commands *random)
{
	switch (random_number(random, 6)) {
	case 0:
		return 0;
	case 1:
		return (int64_t)random_number(random, 100000000);
	case 2:
		return -(int64_t)random_number(random, 200000);
	default:
		return (int64_t)random_number(random, 20000);
	}
}

static void some_panes(struct random_commands *random, const struct meeting *meeting,
	struct cmd_scene_override *in)
{
	in->layout = (enum layout)random_number(random, LAYOUT_END);
	in->n_panes = random_number(random, 5);
	for (size_t i = 0; i < in->n_panes; i++) {
		some_site(random, meeting, in->panes[i].site);
		in->panes[i].source = (enum source_name)(1 + random_number(random, 2));
	}
}

static void some_vote(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_vote_count(meeting);
	int open = mtg_open_vote(meeting);

	if (open != MTG_NONE && !chance(random, 4)) {
		strcpy(ret, mtg_vote(meeting, open)->id);
		return;
	}
	strcpy(ret, n == 0 || chance(random, 50)
			    ? "unasked"
			    : mtg_vote(meeting, (int)random_number(random, (uint32_t)n))->id);
}

static const char *some_words(struct random_commands *random)
{
	static const char *const words[] = {"Danh sách", "Tên khác", "Sở Y tế", "Cà Mau"};

	return words[random_number(random, sizeof(words) / sizeof(words[0]))];
}

static const char *some_category(struct random_commands *random)
{
	static const char *const categories[] = {"Lãnh đạo", "Sở, ngành", "Báo chí", "Ai đó"};

	return categories[random_number(random, chance(random, 10) ? 4 : 3)];
}

static void some_terms(struct random_commands *random, struct registration_terms *terms)
{
	terms->n_categories = 1 + random_number(random, 3);
	strcpy(terms->categories[0], "Lãnh đạo");
	strcpy(terms->categories[1], terms->n_categories > 1 ? "Sở, ngành" : "");
	strcpy(terms->categories[2], terms->n_categories > 2 ? "Báo chí" : "");
	terms->by_name = chance(random, 2);
	terms->has_quorum_percent = chance(random, 2);
	terms->quorum_percent = terms->has_quorum_percent ? random_number(random, 102) : 0;
	terms->has_quorum_delegates = chance(random, 5);
	terms->quorum_delegates = terms->has_quorum_delegates ? random_number(random, 50) : 0;
}

static void some_meeting(struct random_commands *random, struct cmd_meeting_edit *in)
{
	in->has_name = chance(random, 2);
	strcpy(in->name, some_words(random));
	in->has_date = chance(random, 3);
	strcpy(in->date, chance(random, 3) ? "2022-02-30" : "2022-07-16");
	in->has_title_lines = chance(random, 3);
	in->n_title_lines = random_number(random, 3);
	for (size_t i = 0; i < in->n_title_lines; i++) {
		strcpy(in->title_lines[i], some_words(random));
	}
	in->has_preparation = chance(random, 3);
	in->preparation.has_post_due = in->has_preparation && chance(random, 2);
	in->preparation.post_due =
		in->preparation.has_post_due ? random_number(random, 86400000) : 0;
	in->preparation.has_registration = in->has_preparation && !chance(random, 4);
	if (in->preparation.has_registration) {
		some_terms(random, &in->preparation.registration);
	}
	in->has_utc_offset = chance(random, 5);
	in->utc_offset = (int32_t)random_number(random, 840);
	in->has_form = chance(random, 4);
	in->form = (enum document_form)random_number(random, DOCUMENT_FORM_END);
	in->has_theme = chance(random, 4);
	in->theme = (enum card_theme)random_number(random, CARD_THEME_END);
	in->has_hard_end = chance(random, 3);
	in->hard_end = random_number(random, 90000000);
	in->has_hand_allowance = chance(random, 3);
	in->hand_allowance.ms = some_span(random);
}

/* Mostly one that an item of its kind may have. */
static void some_film(struct random_commands *random, enum item_kind *kind, char *ret)
{
	static const char *const films[] = {"phim.mp4", "phóng sự.mkv", "", "../phim.mp4"};

	strcpy(ret, films[random_number(random, sizeof(films) / sizeof(films[0]))]);
	if (!chance(random, 6)) {
		*kind = ITEM_KIND_FILM;
	}
}

static void some_item_edit(
	struct random_commands *random, const struct meeting *meeting, struct cmd_item_edit *in)
{
	in->has_title = chance(random, 2);
	strcpy(in->title, some_words(random));
	in->has_by = chance(random, 3);
	strcpy(in->by, chance(random, 2) ? "" : some_words(random));
	in->has_kind = chance(random, 4);
	in->kind = (enum item_kind)random_number(random, ITEM_KIND_END);
	in->has_film = chance(random, 4);
	if (in->has_film) {
		some_film(random, &in->kind, in->film);
		in->has_kind = true;
	}
	in->has_lists = chance(random, 3);
	in->n_lists = random_number(random, 3);
	for (size_t i = 0; i < in->n_lists; i++) {
		some_list(random, meeting, in->lists[i]);
	}
	in->has_planned_start = chance(random, 4);
	in->planned_start = random_number(random, 90000000);
	in->has_planned_length = chance(random, 3);
	in->planned_length.ms = some_span(random);
	in->has_fixed_end = chance(random, 4);
	in->fixed_end = random_number(random, 86400000);
	in->has_clear = chance(random, 3);
	in->n_clear = in->has_clear ? random_number(random, 3) : 0;
	for (size_t i = 0; i < in->n_clear; i++) {
		in->clear[i] = (enum item_time)(1 + random_number(random, ITEM_TIME_END - 1));
	}
}

static void some_turn_edit(
	struct random_commands *random, const struct meeting *meeting, struct cmd_turn_edit *in)
{
	in->has_site = chance(random, 2);
	some_site(random, meeting, in->site);
	in->has_unit = chance(random, 2);
	strcpy(in->unit, some_words(random));
	in->has_speaker = chance(random, 3);
	strcpy(in->speaker, chance(random, 2) ? "" : some_words(random));
	in->has_topic = chance(random, 3);
	strcpy(in->topic, chance(random, 2) ? "" : some_words(random));
	in->has_class = chance(random, 3);
	in->class = (enum turn_class)random_number(random, TURN_CLASS_END);
}

/* Mostly a site that was removed, where there is one. */
static void back_again(
	struct random_commands *random, const struct meeting *meeting, struct cmd_site_add *in)
{
	for (size_t i = 0; i < mtg_site_count(meeting) && !chance(random, 4); i++) {
		const struct site *site = mtg_site(meeting, (int)i);

		if (site->removed) {
			strcpy(in->site, site->id);
			in->number = site->number;
		}
	}
}

static void plan_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	if (c->name == CMD_MEETING_CREATE) {
		strcpy(c->meeting_create.date, chance(random, 4) ? "2022-02-30" : "2022-07-15");
		strcpy(c->meeting_create.meeting, "m");
		strcpy(c->meeting_create.name, "Tên");
		strcpy(c->meeting_create.host, "Chủ");
		strcpy(c->meeting_create.place, "Nơi");
		c->meeting_create.form = DOCUMENT_FORM_STATE;
		c->meeting_create.speed = 1 + random_number(random, 100);
	} else if (c->name == CMD_SITE_ADD) {
		new_id(random, c->site_add.site);
		c->site_add.number = random_number(random, 20);
		back_again(random, meeting, &c->site_add);
		strcpy(c->site_add.name, "Tên");
		strcpy(c->site_add.short_code, "T");
		strcpy(c->site_add.region, "Vùng");
		c->site_add.kind =
			chance(random, 3)
				? (enum site_kind)(1 + random_number(random, SITE_KIND_END - 1))
				: SITE_KIND_REMOTE;
		c->site_add.has_content = chance(random, 2);
		c->site_add.has_documents_due = chance(random, 3);
		strcpy(c->site_add.documents_due, chance(random, 2) ? "2022-07-14" : "2022-07-15");
	} else if (c->name == CMD_ITEM_INSERT) {
		new_id(random, c->item_insert.item);
		strcpy(c->item_insert.title, "Mục");
		c->item_insert.kind =
			(enum item_kind)(1 + random_number(random, ITEM_KIND_END - 1));
		c->item_insert.has_film = chance(random, 3);
		if (c->item_insert.has_film) {
			some_film(random, &c->item_insert.kind, c->item_insert.film);
		}
		c->item_insert.n_lists = random_number(random, 3);
		for (size_t i = 0; i < c->item_insert.n_lists; i++) {
			some_list(random, meeting, c->item_insert.lists[i]);
		}
		c->item_insert.has_planned_length = chance(random, 2);
		c->item_insert.planned_length.ms = some_span(random);
		c->item_insert.has_planned_start = chance(random, 2);
		c->item_insert.planned_start = random_number(random, 86400000);
		c->item_insert.has_before = chance(random, 2);
		some_item(random, meeting, c->item_insert.before);
	} else if (c->name == CMD_LIST_ADD || c->name == CMD_LIST_EDIT) {
		new_id(random, c->list_add.list);
		strcpy(c->list_add.title, some_words(random));
		if (c->name == CMD_LIST_EDIT) {
			some_list(random, meeting, c->list_edit.list);
		}
	} else if (c->name == CMD_PROGRAMME_SHORTEN) {
		c->programme_shorten.keep = KEPT_PART_MIN - 10 + random_number(random, 520);
	} else if (c->name == CMD_LIST_CLOSE_HANDS || c->name == CMD_LIST_CLEAR_HANDS) {
		some_list(random, meeting, c->list_close_hands.list);
		c->list_close_hands.closed = c->name == CMD_LIST_CLOSE_HANDS && chance(random, 3);
	} else if (c->name == CMD_MEETING_EDIT) {
		some_meeting(random, &c->meeting_edit);
	} else if (c->name == CMD_TURN_ADD) {
		some_list(random, meeting, c->turn_add.list);
		some_site(random, meeting, c->turn_add.site);
		strcpy(c->turn_add.unit, "Đơn vị");
		c->turn_add.allowance.ms = some_span(random);
		c->turn_add.origin = (enum turn_origin)(1 + random_number(random, 3));
		c->turn_add.has_turn = chance(random, 3);
		new_id(random, c->turn_add.turn);
		c->turn_add.has_class = chance(random, 2);
		c->turn_add.class = (enum turn_class)random_number(random, TURN_CLASS_END);
		c->turn_add.has_before = chance(random, 3);
		some_turn(random, meeting, c->turn_add.before);
	}
}

static void put_right(struct random_commands *random, struct cmd_site_edit *in)
{
	in->has_name = chance(random, 2);
	strcpy(in->name, chance(random, 2) ? "Tên" : "Tên khác");
	in->has_has_content = chance(random, 2);
	in->has_content = chance(random, 2);
	in->has_documents_due = chance(random, 3);
	strcpy(in->documents_due, chance(random, 2) ? "" : "2022-07-13");
	in->has_contact = chance(random, 2);
	strcpy(in->contact, chance(random, 2) ? "" : "Văn phòng");
}

static bool some_people(struct random_commands *random, struct site_people *people, char *digest)
{
	bool given = chance(random, 3);

	if (given) {
		strcpy(people->technician, "Trực máy");
		snprintf(people->delegates, sizeof(people->delegates), "%s\tĐại biểu%s",
			some_category(random), chance(random, 2) ? "\t\t\t\tpresent" : "");
		memset(digest, 'a' + (int)random_number(random, 6), CONTENT_DIGEST_SIZE - 1);
	}
	return given;
}

static void some_registration(struct random_commands *random, struct cmd_site_register *in)
{
	in->n_delegates = random_number(random, 4);
	for (size_t i = 0; i < in->n_delegates; i++) {
		strcpy(in->delegates[i].category, some_category(random));
		in->delegates[i].count = random_number(random, 30);
	}
	in->has_venue = chance(random, 3);
	strcpy(in->venue, in->has_venue ? some_words(random) : "");
	in->has_people = some_people(random, &in->people, in->people_digest);
	in->has_people_digest = in->has_people;
}

static void some_attendance(struct random_commands *random, struct cmd_site_attend *in)
{
	in->n_delegates = random_number(random, 4);
	for (size_t i = 0; i < in->n_delegates; i++) {
		strcpy(in->delegates[i].category, some_category(random));
		in->delegates[i].present = random_number(random, 30);
		in->delegates[i].online = random_number(random, 5);
		in->delegates[i].absent = random_number(random, 5);
	}
	in->has_reason = chance(random, 3);
	strcpy(in->reason, in->has_reason ? "đi họp" : "");
	in->has_people = some_people(random, &in->people, in->people_digest);
	in->has_people_digest = in->has_people;
}

static void site_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	some_site(random, meeting, c->site_link.site);
	if (c->name == CMD_SITE_EDIT) {
		put_right(random, &c->site_edit);
	}
	if (c->name == CMD_SITE_LINK) {
		c->site_link.link = (enum link_state)random_number(random, LINK_STATE_END);
		c->site_link.has_instance = chance(random, 2);
		memset(c->site_link.instance, 'a' + (int)random_number(random, 3), 32);
	} else if (c->name == CMD_SITE_SPARE) {
		c->site_spare.waiting = chance(random, 2);
	} else if (c->name == CMD_SITE_MEDIA) {
		c->site_media.media =
			chance(random, 3) ? (enum media_state)random_number(random, MEDIA_STATE_END)
					  : MEDIA_STATE_GOOD;
	} else if (c->name == CMD_SITE_OBSERVE) {
		c->site_observe.sign = (enum sign)random_number(random, SIGN_END);
		c->site_observe.present = chance(random, 2);
	} else if (c->name == CMD_SITE_BAR) {
		c->site_bar.barred = chance(random, 4);
	} else if (c->name == CMD_SITE_SIGN) {
		c->site_sign.step = (enum readiness_step)random_number(random, READINESS_STEP_END);
		c->site_sign.done = chance(random, 2);
	} else if (c->name == CMD_SITE_CHECK) {
		some_check(random, meeting, c->site_check.check);
		c->site_check.done = !chance(random, 3);
		c->site_check.has_note = chance(random, 4);
	} else if (c->name == CMD_SITE_REGISTER) {
		some_registration(random, &c->site_register);
	} else if (c->name == CMD_SITE_ATTEND) {
		some_attendance(random, &c->site_attend);
	} else if (c->name == CMD_SITE_POST) {
		c->site_post.present = !chance(random, 3);
	} else if (c->name == CMD_SITE_MUTE) {
		c->site_mute.muted = chance(random, 2);
	} else if (c->name == CMD_MIC_LOCK) {
		c->mic_lock.locked = chance(random, 2);
	} else if (c->name == CMD_CONTENT_SHOW) {
		c->content_show.shown = chance(random, 2);
	}
}

/* Of the film in hand, by the player: mostly what one would say. */
static void film_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	int item = mtg_film_in_hand(meeting);
	char *named = c->name == CMD_FILM_OBSERVE ? c->film_observe.item : c->film_play.item;

	some_item(random, meeting, named);
	if (item != MTG_NONE && !chance(random, 10)) {
		strcpy(named, mtg_item(meeting, item)->id);
	}
	if (c->name != CMD_FILM_OBSERVE) {
		return;
	}
	int player = mtg_player(meeting);
	some_site(random, meeting, c->film_observe.site);
	if (player != MTG_NONE) {
		strcpy(c->film_observe.site, mtg_site(meeting, player)->id);
	}
	c->film_observe.run = mtg_film(meeting)->run - (chance(random, 5) ? 1 : 0);
	c->film_observe.state = (enum film_state)random_number(random, FILM_STATE_END);
	c->film_observe.position.ms = random_number(random, 60000);
	c->film_observe.has_length = !chance(random, 4);
	c->film_observe.length.ms = 60000;
}

static void item_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	some_item(random, meeting, c->item_start.item);
	if (c->name == CMD_ITEM_MOVE) {
		c->item_move.has_before = chance(random, 2);
		some_item(random, meeting, c->item_move.before);
	} else if (c->name == CMD_ITEM_EXTEND) {
		c->item_extend.by.ms = some_span(random);
	} else if (c->name == CMD_ITEM_EDIT) {
		some_item_edit(random, meeting, &c->item_edit);
	}
}

static void act_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	some_act(random, meeting, c->act_show.act);
	if (c->name == CMD_ACT_ADD) {
		new_id(random, c->act_add.act);
		some_ceremony(random, meeting, c->act_add.item);
		c->act_add.has_recipient = chance(random, 2);
		c->act_add.recipient = (enum recipient)random_number(random, RECIPIENT_END);
		c->act_add.has_before = chance(random, 3);
		some_act(random, meeting, c->act_add.before);
	} else if (c->name == CMD_ACT_EDIT) {
		c->act_edit.has_name = chance(random, 2);
		strcpy(c->act_edit.name, some_words(random));
		c->act_edit.has_recipient = chance(random, 3);
		c->act_edit.recipient = (enum recipient)random_number(random, RECIPIENT_END);
	}
}

static void turn_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	fitting_turn(random, meeting, c->name, c->turn_cue.turn);
	if (c->name == CMD_TURN_APPROVE) {
		c->turn_approve.has_before = chance(random, 3);
		some_turn(random, meeting, c->turn_approve.before);
		c->turn_approve.has_allowance = chance(random, 2);
		c->turn_approve.allowance.ms = some_span(random);
	} else if (c->name == CMD_TURN_MOVE) {
		c->turn_move.has_before = chance(random, 2);
		some_turn(random, meeting, c->turn_move.before);
	} else if (c->name == CMD_TURN_RESTORE) {
		c->turn_restore.has_before = chance(random, 3);
		some_turn(random, meeting, c->turn_restore.before);
	} else if (c->name == CMD_TURN_EDIT) {
		some_turn_edit(random, meeting, &c->turn_edit);
	} else if (c->name == CMD_TURN_TELEPHONE) {
		c->turn_telephone.has_at = !chance(random, 3);
		some_site(random, meeting, c->turn_telephone.at);
		c->turn_telephone.has_note = c->turn_telephone.has_at && chance(random, 2);
		strcpy(c->turn_telephone.note, some_words(random));
	} else if (c->name == CMD_TURN_DROP) {
		c->turn_drop.n_turns = random_number(random, 20) > 0;
		if (chance(random, 4)) {
			fitting_turn(random, meeting, c->name,
				c->turn_drop.turns[c->turn_drop.n_turns++]);
		}
	} else if (c->name == CMD_FLOOR_PASS_ON) {
		fitting_turn(random, meeting, CMD_TURN_CUE, c->floor_pass_on.next);
	} else if (c->name == CMD_FLOOR_EXTEND) {
		c->floor_extend.by.ms = some_span(random);
	} else if (c->name == CMD_FLOOR_INTERRUPT) {
		c->floor_interrupt.has_cause = chance(random, 3);
		c->floor_interrupt.cause =
			(enum interrupt_cause)random_number(random, INTERRUPT_CAUSE_END);
	}
}

static void some_new_vote(
	struct random_commands *random, const struct meeting *meeting, struct cmd_vote_add *in)
{
	new_id(random, in->vote);
	in->vote[1] = 'v'; /* of few */
	in->has_item = chance(random, 3);
	some_item(random, meeting, in->item);
	in->n_options = chance(random, 20) ? 1 : 2;
	strcpy(in->options[0], "Tán thành");
	strcpy(in->options[1], chance(random, 20) ? "Tán thành" : "Không tán thành");
	in->method = (enum vote_method)(1 + random_number(random, VOTE_METHOD_END - 1));
}

/* Mostly as the vote is counted; numbers are so small that some agree. */
static void some_ballot(
	struct random_commands *random, const struct meeting *meeting, struct cmd_vote_cast *in)
{
	const struct vote *vote = mtg_vote_by_id(meeting, in->vote);
	bool by_name = vote && vote->method == VOTE_METHOD_BY_NAME;

	some_site(random, meeting, in->site);
	in->has_voter = by_name != chance(random, 30);
	strcpy(in->voter, some_words(random));
	in->has_choice = by_name;
	in->choice = random_number(random, 4);
	in->has_count = !by_name;
	in->count.n_answers = chance(random, 30) ? 1 : 2;
	in->count.answers[0] = random_number(random, 4);
	in->count.answers[1] = random_number(random, 2);
	in->count.has_spoilt = chance(random, 3);
	in->count.spoilt = random_number(random, 2);
	in->count.cast = in->count.answers[0] + in->count.answers[1] +
			 (in->count.has_spoilt ? in->count.spoilt : 0) + chance(random, 6);
	in->count.present = in->count.cast + random_number(random, 3) - chance(random, 6);
}

/* What is put right was mostly cast before. */
static void some_recount(
	struct random_commands *random, const struct meeting *meeting, struct cmd_vote_correct *in)
{
	struct cmd_vote_cast cast = {0};
	size_t n = mtg_ballot_count(meeting);

	strcpy(cast.vote, in->vote);
	if (n > 0 && !chance(random, 10)) {
		const struct ballot *ballot =
			mtg_ballot(meeting, random_number(random, (uint32_t)n));

		strcpy(cast.vote, mtg_vote(meeting, ballot->vote)->id);
		some_ballot(random, meeting, &cast);
		strcpy(cast.site, mtg_site(meeting, ballot->site)->id);
		strcpy(cast.voter, ballot->voter);
	}
	strcpy(in->vote, cast.vote);
	strcpy(in->site, cast.site);
	in->has_count = cast.has_count;
	in->count = cast.count;
	in->has_voter = cast.has_voter;
	strcpy(in->voter, cast.voter);
	in->has_choice = cast.has_choice;
	in->choice = cast.choice;
}

static void vote_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	some_vote(random, meeting, c->vote_open.vote);
	if (c->name == CMD_VOTE_ADD) {
		some_new_vote(random, meeting, &c->vote_add);
	} else if (c->name == CMD_VOTE_CAST) {
		some_ballot(random, meeting, &c->vote_cast);
	} else if (c->name == CMD_VOTE_CORRECT) {
		some_recount(random, meeting, &c->vote_correct);
	} else if (c->name == CMD_VOTE_REPORT) {
		c->vote_report.has_site = chance(random, 2);
		some_site(random, meeting, c->vote_report.site);
	}
}

/* The site that a command of votes is about. */
static const char *site_of_vote(const struct command *c)
{
	if (c->name == CMD_VOTE_CAST) {
		return c->vote_cast.site;
	}
	return c->name == CMD_VOTE_CORRECT  ? c->vote_correct.site
	       : c->name == CMD_VOTE_REPORT ? c->vote_report.site
					    : NULL;
}

/* Mostly good ones. */
static void some_figures(struct random_commands *random, struct line_figures *ret)
{
	ret->has_up = ret->has_down = !chance(random, 8);
	ret->up.bits_per_second = ret->down.bits_per_second = random_number(random, 3000000);
	ret->up.loss_permille = random_number(random, 40);
	ret->picture = (enum line_picture)(
		chance(random, 8) ? random_number(random, LINE_PICTURE_END) : LINE_PICTURE_MOVING);
	ret->level_dbfs = -(int32_t)random_number(random, 70);
}

/* Mostly of the site that is called. */
static void some_mark(
	struct random_commands *random, const struct meeting *meeting, struct cmd_roll_mark *in)
{
	int called = mtg_roll_call(meeting)->site;

	some_site(random, meeting, in->site);
	if (called != MTG_NONE && !chance(random, 4)) {
		strcpy(in->site, mtg_site(meeting, called)->id);
	}
	in->result = (enum roll_result)random_number(random, ROLL_RESULT_END);
	in->has_note = chance(random, 3);
	strcpy(in->note, some_words(random));
}

static void some_document(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_document_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "no-paper"
			    : mtg_document(meeting, random_number(random, (uint32_t)n))->id);
}

static void some_handout(struct random_commands *random, const struct meeting *meeting, char *ret)
{
	size_t n = mtg_handout_count(meeting);

	strcpy(ret, n == 0 || chance(random, 50)
			    ? "no-file"
			    : mtg_handout(meeting, random_number(random, (uint32_t)n))->id);
}

static void some_file(struct random_commands *random, struct meeting_file *ret)
{
	memset(ret->digest, 'a' + (int)random_number(random, 6), CONTENT_DIGEST_CHARS);
	strcpy(ret->name, chance(random, 20) ? "../x" : some_words(random));
	ret->type = (enum file_type)(1 + random_number(random, FILE_TYPE_END - 1));
	ret->size = 1 + random_number(random, 100000);
}

/* Who may bring it, mostly. */
static void some_bearer(struct random_commands *random, const struct meeting *meeting,
	const char *document, bool *ret_has_site, char *ret_site)
{
	for (size_t i = 0; i < mtg_document_count(meeting); i++) {
		const struct owed_document *owed = mtg_document(meeting, i);

		if (strcmp(owed->id, document) == 0) {
			*ret_has_site = owed->site != MTG_NONE || owed->every_site;
			some_site(random, meeting, ret_site);
			if (owed->site != MTG_NONE && !chance(random, 10)) {
				strcpy(ret_site, mtg_site(meeting, owed->site)->id);
			}
		}
	}
}

static void file_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	if (c->name == CMD_DOCUMENT_RECEIVE) {
		struct cmd_document_receive *in = &c->document_receive;
		some_document(random, meeting, in->document);
		some_bearer(random, meeting, in->document, &in->has_site, in->site);
		some_file(random, &in->file);
	} else if (c->name == CMD_DOCUMENT_DISCARD) {
		struct cmd_document_discard *in = &c->document_discard;
		some_document(random, meeting, in->document);
		some_bearer(random, meeting, in->document, &in->has_site, in->site);
	} else if (c->name == CMD_HANDOUT_OFFER) {
		struct cmd_handout_offer *in = &c->handout_offer;
		new_id(random, in->handout);
		in->handout[2] = 'h'; /* of few */
		strcpy(in->title, some_words(random));
		in->has_sites = chance(random, 2);
		in->n_sites = in->has_sites ? 1 + random_number(random, 2) : 0;
		for (size_t i = 0; i < in->n_sites; i++) {
			some_site(random, meeting, in->sites[i]);
		}
		some_file(random, &in->file);
	} else if (c->name == CMD_HANDOUT_WITHDRAW) {
		some_handout(random, meeting, c->handout_withdraw.handout);
	} else {
		some_handout(random, meeting, c->handout_mark.handout);
		some_site(random, meeting, c->handout_mark.site);
		c->handout_mark.receipt = (enum receipt)random_number(random, RECEIPT_END);
	}
}

static void some_account(struct random_commands *random, char *ret)
{
	static const char *const names[] = {"an", "binh", "chi"};

	strcpy(ret, names[random_number(random, sizeof(names) / sizeof(names[0]))]);
}

/* Mostly the offer that stands. */
static uint64_t some_offer(struct random_commands *random, const struct meeting *meeting)
{
	return chance(random, 10) ? random_number(random, 50)
				  : (uint64_t)mtg_direction(meeting)->offer.number;
}

static void direction_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	if (c->name == CMD_DIRECTION_TAKE) {
		c->direction_take.has_reason = chance(random, 2);
		strcpy(c->direction_take.reason, some_words(random));
	} else if (c->name == CMD_DIRECTION_OFFER) {
		some_account(random, c->direction_offer.to);
		c->direction_offer.has_note = chance(random, 2);
		strcpy(c->direction_offer.note, some_words(random));
	} else if (c->name == CMD_DIRECTION_LINK) {
		some_account(random, c->direction_link.account);
		c->direction_link.link = chance(random, 2) ? LINK_STATE_LOST : LINK_STATE_ONLINE;
	} else if (c->name == CMD_DIRECTION_ACCEPT) {
		c->direction_accept.offer = some_offer(random, meeting);
	} else if (c->name == CMD_DIRECTION_DECLINE) {
		c->direction_decline.offer = some_offer(random, meeting);
	} else if (c->name == CMD_DIRECTION_WITHDRAW) {
		c->direction_withdraw.offer = some_offer(random, meeting);
	}
}

/* Mostly in the item under way. */
static void some_opinion(
	struct random_commands *random, const struct meeting *meeting, struct cmd_opinion_give *in)
{
	int active = mtg_active_item(meeting);

	some_item(random, meeting, in->item);
	if (active != MTG_NONE && !chance(random, 10)) {
		strcpy(in->item, mtg_item(meeting, active)->id);
	}
	some_site(random, meeting, in->site);
	in->has_unit = chance(random, 3);
	strcpy(in->unit, some_words(random));
}

static void some_mark_of_opinion(
	struct random_commands *random, const struct meeting *meeting, struct cmd_opinion_mark *in)
{
	in->opinion = random_number(random, (uint32_t)mtg_opinion_count(meeting) + 2);
	in->state = (enum opinion_state)random_number(random, OPINION_STATE_END);
	in->has_note = chance(random, 3);
	strcpy(in->note, some_words(random));
}

/* Mostly one that is kept, and mostly by whom it is for. */
static void some_reading(
	struct random_commands *random, const struct meeting *meeting, struct cmd_message_read *in)
{
	size_t n = mtg_message_count(meeting);

	in->message = random_number(random, 100);
	in->has_site = !chance(random, 5);
	some_site(random, meeting, in->site);
	if (n > 0 && !chance(random, 10)) {
		const struct message *message =
			mtg_message(meeting, random_number(random, (uint32_t)n));

		in->message = (uint64_t)message->seq;
		if (message->site != MTG_NONE && !chance(random, 4)) {
			strcpy(in->site, mtg_site(meeting, message->site)->id);
		}
	}
}

static void some_phrases(struct random_commands *random, struct ready_phrases *ret)
{
	ret->n_to_sites = random_number(random, 3);
	ret->n_to_centre = random_number(random, 3);
	for (size_t i = 0; i < ret->n_to_sites; i++) {
		strcpy(ret->to_sites[i], chance(random, 10) ? "" : some_words(random));
	}
	for (size_t i = 0; i < ret->n_to_centre; i++) {
		strcpy(ret->to_centre[i], some_words(random));
	}
}

/* What people write, and who directs. */
static void written_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	if (c->name == CMD_MESSAGE_SEND) {
		c->message_send.has_site = chance(random, 2);
		some_site(random, meeting, c->message_send.site);
		c->message_send.has_audience = chance(random, 3);
		c->message_send.audience =
			(enum message_audience)random_number(random, MESSAGE_AUDIENCE_END);
		c->message_send.has_acknowledge = chance(random, 2);
		c->message_send.acknowledge = chance(random, 2);
	} else if (c->name >= CMD_DIRECTION_TAKE && c->name <= CMD_DIRECTION_LINK) {
		direction_order(random, meeting, c);
	} else if (c->name == CMD_ALARM_NOTE) {
		c->alarm_note.alarm = random_number(random, 20);
		strcpy(c->alarm_note.text, chance(random, 4) ? "" : "Đã thay dây mạng");
	} else if (c->name == CMD_OPINION_GIVE) {
		some_opinion(random, meeting, &c->opinion_give);
	} else if (c->name == CMD_OPINION_MARK) {
		some_mark_of_opinion(random, meeting, &c->opinion_mark);
	} else if (c->name == CMD_MESSAGE_READ) {
		some_reading(random, meeting, &c->message_read);
	} else if (c->name == CMD_MEETING_EDIT) {
		c->meeting_edit.has_phrases = chance(random, 4);
		some_phrases(random, &c->meeting_edit.phrases);
	}
}

static void other_order(
	struct random_commands *random, const struct meeting *meeting, struct command *c)
{
	if (c->name == CMD_TURN_REQUEST) {
		some_site(random, meeting, c->turn_request.site);
		c->turn_request.has_unit = chance(random, 2);
		strcpy(c->turn_request.unit, some_words(random));
		c->turn_request.has_list = chance(random, 4);
		some_list(random, meeting, c->turn_request.list);
		c->turn_request.has_class = chance(random, 3);
		c->turn_request.class = (enum turn_class)random_number(random, TURN_CLASS_END);
		c->turn_request.has_allowance = chance(random, 3);
		c->turn_request.allowance.ms = some_span(random);
	} else if (c->name == CMD_FLOOR_UNDO) {
		c->floor_undo.take = mtg_floor(meeting)->takes - (chance(random, 10) ? 1 : 0);
	} else if (c->name == CMD_MIC_LOCK_ALL) {
		c->mic_lock_all.locked = chance(random, 2);
	} else if (c->name == CMD_MIC_OPEN_VENUE) {
		c->mic_open_venue.open = chance(random, 2);
	} else if (c->name == CMD_TALKBACK_OPEN) {
		c->talkback_open.has_site = !chance(random, 3);
		some_site(random, meeting, c->talkback_open.site);
		c->talkback_open.has_private = chance(random, 2);
		c->talkback_open.private = chance(random, 2);
	} else if (c->name == CMD_TALKBACK_MARK) {
		const struct talkback *talkback = mtg_talkback(meeting);

		some_site(random, meeting, c->talkback_mark.site);
		if (talkback->site != MTG_NONE && !chance(random, 4)) {
			strcpy(c->talkback_mark.site, mtg_site(meeting, talkback->site)->id);
		}
		c->talkback_mark.answer =
			(enum talkback_answer)random_number(random, TALKBACK_ANSWER_END);
	} else if (c->name == CMD_READY_ASK) {
		c->ready_ask.has_span = chance(random, 2);
		c->ready_ask.span.ms = some_span(random);
	} else if (c->name == CMD_SPEAKER_TELL) {
		c->speaker_tell.has_text = !chance(random, 3);
		strcpy(c->speaker_tell.text, c->speaker_tell.has_text ? "come to the end" : "");
	} else if (c->name == CMD_SPEAKER_DARKEN) {
		c->speaker_darken.dark = chance(random, 2);
	} else if (c->name == CMD_BELL_HOLD) {
		c->bell_hold.held = chance(random, 3);
	} else if (c->name == CMD_READY_ANSWER) {
		some_site(random, meeting, c->ready_answer.site);
	} else if (c->name == CMD_LINE_TEST_REPORT) {
		some_site(random, meeting, c->line_test_report.site);
		some_figures(random, &c->line_test_report.figures);
	} else if (c->name == CMD_LINE_TEST_CONFIRM) {
		some_site(random, meeting, c->line_test_confirm.site);
		c->line_test_confirm.heard = !chance(random, 4);
	} else if (c->name == CMD_ROLL_CALL) {
		c->roll_call.has_site = chance(random, 3);
		some_site(random, meeting, c->roll_call.site);
		c->roll_call.has_region = chance(random, 4);
		strcpy(c->roll_call.region, chance(random, 2) ? "Region" : "Vùng");
	} else if (c->name == CMD_ROLL_MARK) {
		some_mark(random, meeting, &c->roll_mark);
	} else if (c->name == CMD_SCENE_OVERRIDE) {
		some_panes(random, meeting, &c->scene_override);
	} else if (c->name == CMD_ALARM_ACKNOWLEDGE) {
		c->alarm_acknowledge.alarm = 1 + random_number(random, 200);
		c->alarm_acknowledge.has_kind = c->alarm_acknowledge.alarm % 2 == 0;
		c->alarm_acknowledge.kind =
			(enum alarm_kind)(1 + c->alarm_acknowledge.alarm % (ALARM_KIND_END - 1));
	} else if (c->name == CMD_MESSAGE_SEND) {
		c->message_send.has_site = chance(random, 2);
		some_site(random, meeting, c->message_send.site);
		c->message_send.has_audience = chance(random, 3);
		c->message_send.audience =
			(enum message_audience)random_number(random, MESSAGE_AUDIENCE_END);
	} else if (c->name == CMD_DOCUMENT_ADD) {
		new_id(random, c->document_add.document);
		c->document_add.document[2] = 'd'; /* of few */
		c->document_add.has_site = chance(random, 2);
		c->document_add.has_every_site = !c->document_add.has_site && chance(random, 2);
		c->document_add.every_site = c->document_add.has_every_site;
		strcpy(c->document_add.title, some_words(random));
		some_site(random, meeting, c->document_add.site);
	} else if (c->name == CMD_DOCUMENT_REMOVE) {
		some_document(random, meeting, c->document_remove.document);
	} else if (c->name == CMD_CHECK_ADD || c->name == CMD_CHECK_REMOVE) {
		few_id(random, c->check_add.check);
	} else if (c->name == CMD_TASK_ADD || c->name == CMD_TASK_REMOVE) {
		few_id(random, c->task_add.task);
	} else if (c->name == CMD_TASK_MARK) {
		few_id(random, c->task_mark.task);
		c->task_mark.done = chance(random, 2);
	} else if (c->name == CMD_DOCUMENT_RECEIVE || c->name == CMD_DOCUMENT_DISCARD ||
		   c->name == CMD_HANDOUT_OFFER || c->name == CMD_HANDOUT_WITHDRAW ||
		   c->name == CMD_HANDOUT_MARK) {
		file_order(random, meeting, c);
	} else if (c->name == CMD_RELAY_LINK) {
		c->relay_link.link = chance(random, 3) ? LINK_STATE_LOST : LINK_STATE_ONLINE;
	} else if (c->name == CMD_CLOCK_RESUME) {
		c->clock_resume.source = CLOCK_SOURCE_MONOTONIC;
	}
}

/* Things that end much are rare, or the meeting would be over at once; the floor is lively. */
static enum command_name some_command(struct random_commands *random)
{
	static const enum command_name lively[] = {CMD_FLOOR_TAKE, CMD_FLOOR_TAKE, CMD_FLOOR_TAKE,
		CMD_FLOOR_RELEASE, CMD_FLOOR_PASS_ON, CMD_TURN_DROP, CMD_FLOOR_UNDO, CMD_FLOOR_UNDO,
		CMD_FLOOR_RESUME, CMD_TURN_CUE, CMD_TURN_RESTORE, CMD_TURN_ACKNOWLEDGE,
		CMD_TURN_ADD, CMD_TICK, CMD_SITE_MEDIA, CMD_ITEM_START, CMD_TURN_REQUEST,
		CMD_TURN_WITHDRAW, CMD_TURN_EDIT, CMD_VOTE_CAST, CMD_ACT_ADD, CMD_ACT_SHOW,
		CMD_MESSAGE_READ, CMD_OPINION_GIVE};

	if (chance(random, 2)) {
		return lively[random_number(random, sizeof(lively) / sizeof(lively[0]))];
	}
	return (enum command_name)random_number(random, CMD_END);
}

static bool is_rare(enum command_name name)
{
	return name == CMD_MEETING_OPEN || name == CMD_MEETING_CLOSE || name == CMD_ITEM_SKIP ||
	       name == CMD_ITEM_FINISH || name == CMD_ITEM_START || name == CMD_SITE_ADD ||
	       name == CMD_LIST_ADD || name == CMD_SITE_BAR || name == CMD_SITE_REMOVE ||
	       name == CMD_SITE_MAKE_MAIN || name == CMD_ITEM_REMOVE || name == CMD_VOTE_CLOSE ||
	       name == CMD_VOTE_CANCEL;
}

/* Anybody, or mostly somebody who may. */
static enum role some_role(struct random_commands *random, enum command_name name)
{
	enum role role = (enum role)random_number(random, ROLE_END);

	if (chance(random, 30) || name == CMD_UNSET) {
		return role;
	}
	while (mtg_right(role, name) == RIGHT_NEVER) {
		role = (enum role)random_number(random, ROLE_END);
	}
	return role;
}

/* A site mostly speaks for itself. */
static void some_actor(
	struct random_commands *random, const struct meeting *meeting, struct mtg_command *command)
{
	const struct turn *turn;

	command->by.role = some_role(random, command->body.name);
	command->by.has_site = command->by.role == ROLE_SITE;
	command->by.has_account = command->by.role == ROLE_OPERATOR;
	if (command->by.has_account) {
		some_account(random, command->by.account);
	}
	if (!command->by.has_site) {
		return;
	}
	some_site(random, meeting, command->by.site);
	if (chance(random, 20)) {
		return;
	}
	turn = mtg_turn_by_id(meeting, command->body.turn_withdraw.turn);
	if (command->body.name == CMD_TURN_WITHDRAW || command->body.name == CMD_TURN_ACKNOWLEDGE ||
		command->body.name == CMD_FLOOR_RELEASE) {
		strcpy(command->by.site, turn ? mtg_site(meeting, turn->site)->id : "nowhere");
	} else if (site_of_vote(&command->body)) {
		strcpy(command->by.site, site_of_vote(&command->body));
	} else if (command->body.name == CMD_OPINION_GIVE) {
		strcpy(command->by.site, command->body.opinion_give.site);
	} else if (command->body.name == CMD_MESSAGE_READ) {
		strcpy(command->by.site, command->body.message_read.site);
	} else if (command->body.name != CMD_MESSAGE_SEND) {
		strcpy(command->by.site, command->body.site_mute.site);
	}
}

void random_command(
	struct random_commands *random, const struct meeting *meeting, struct mtg_command *ret)
{
	struct command *c = &ret->body;
	enum command_name name = some_command(random);

	while (is_rare(name) && !chance(random, 8)) {
		name = some_command(random);
	}
	memset(ret, 0, sizeof(*ret));
	c->name = name;
	ret->has_expect = chance(random, 4);
	ret->expect = mtg_last_seq(meeting) - (int64_t)random_number(random, 8);
	plan_order(random, meeting, c);
	if ((name >= CMD_SITE_EDIT && name <= CMD_SITE_MUTE) || name == CMD_MIC_LOCK ||
		name == CMD_CONTENT_SHOW) {
		site_order(random, meeting, c);
	} else if (name >= CMD_FILM_PLAY && name <= CMD_FILM_OBSERVE) {
		film_order(random, meeting, c);
	} else if (name >= CMD_ITEM_START && name <= CMD_ITEM_EXTEND) {
		item_order(random, meeting, c);
	} else if (name >= CMD_ACT_ADD && name <= CMD_ACT_SKIP) {
		act_order(random, meeting, c);
	} else if ((name >= CMD_TURN_APPROVE && name <= CMD_FLOOR_EXTEND) &&
		   name != CMD_FLOOR_UNDO) {
		turn_order(random, meeting, c);
	} else if (name >= CMD_VOTE_ADD && name <= CMD_VOTE_CANCEL) {
		vote_order(random, meeting, c);
	} else {
		other_order(random, meeting, c);
		written_order(random, meeting, c);
	}
	if (name != CMD_UNSET) {
		stage_write(c);
	}
	some_actor(random, meeting, ret);
}
