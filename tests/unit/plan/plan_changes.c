/* What a changed plan asks of a meeting that was begun with another, command by command. */
#include "coordinator/plan/plan_changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/plan/turn_match.h"
#include "proto/codec/codec.h"

/* The files of a plan, each as in a fresh one where it is NULL. */
struct files {
	const char *meeting, *sites, *agenda, *speaking, *checklist, *tasks;
};

static const struct files begun = {
	.meeting = "{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"state\",\"host\":\"UBND tỉnh\","
		   "\"title_lines\":[\"HỘI NGHỊ\"],\"date\":\"2022-02-22\",\"utc_offset\":420,"
		   "\"place\":\"Hội trường "
		   "A\",\"main_site\":\"tinh\",\"regions\":[\"Tỉnh\",\"Huyện\"]}",
	.sites = "id,name,code,region,kind,sources\n"
		 "tinh,Tỉnh,TINH,Tỉnh,main,camera content voice\n"
		 "tra-on,Trà Ôn,TRAON,Huyện,remote,camera voice\n"
		 "long-ho,Long Hồ,LONGHO,Huyện,remote,camera voice\n",
	.agenda = "id,kind,title,start,minutes,lists\n"
		  "01,report,Báo cáo,08:00,20,\n"
		  "02,discussion,Thảo luận,08:20,55,thao-luan\n"
		  "03,closing,Bế mạc,09:30,,\n",
	.speaking = "list,site,unit,topic,minutes\n"
		    "thao-luan,tra-on,UBND huyện,,10\n"
		    "thao-luan,long-ho,Ban Dân vận,,10\n"
		    "thao-luan,tinh,Sở Nội vụ,,5\n",
	.checklist = "id,title\nnguon,Nguồn điện\nmicro,Micro\n",
	.tasks = "id,title,owner,due\nphim,Phóng sự,Huyện ủy,2022-02-18\n",
};

struct stand {
	char folder[32];
	struct plan *before, *after;
	struct meeting *meeting;
	struct mtg_batch *batch;
	struct plan_changes changes;
	char said[8192];
};

static void write_file(const struct stand *stand, const char *name, const char *text)
{
	char path[96];
	snprintf(path, sizeof(path), "%s/%s", stand->folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static struct plan *load(const struct stand *stand, const struct files *files)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	write_file(stand, "meeting.json", files->meeting ? files->meeting : begun.meeting);
	write_file(stand, "sites.csv", files->sites ? files->sites : begun.sites);
	write_file(stand, "agenda.csv", files->agenda ? files->agenda : begun.agenda);
	write_file(stand, "speaking.csv", files->speaking ? files->speaking : begun.speaking);
	write_file(stand, "checklist.csv", files->checklist ? files->checklist : begun.checklist);
	write_file(stand, "tasks.csv", files->tasks ? files->tasks : begun.tasks);
	assert_int_equal(plan_load(stand->folder, &plan, &faults), 0);
	plan_diagnostics_finish(&faults);
	return plan;
}

static const struct now now = {.at = {1000}, .wall = {1645500000000}};

static int give(struct stand *stand, const struct command *body, enum role role)
{
	struct mtg_command command = {.by = {.role = role}, .body = *body};
	int r = mtg_decide(stand->meeting, &command, now, stand->batch);
	for (size_t i = 0; r == 0 && i < stand->batch->n; i++) {
		mtg_apply(stand->meeting, &stand->batch->records[i]);
	}
	return r;
}

static int set_up(void **state)
{
	struct stand *stand = calloc(1, sizeof(*stand));
	const struct plan_run run = {.meeting = "m", .speed = 1};
	struct command command;
	strcpy(stand->folder, "/tmp/changes-XXXXXX");
	assert_non_null(mkdtemp(stand->folder));
	stand->meeting = mtg_create();
	stand->batch = malloc(sizeof(*stand->batch));
	stand->before = load(stand, &begun);
	for (size_t i = 0; plan_command(stand->before, &run, i, &command); i++) {
		assert_int_equal(give(stand, &command, ROLE_SYSTEM), 0);
	}
	*state = stand;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"meeting.json", "sites.csv", "agenda.csv",
		"speaking.csv", "checklist.csv", "tasks.csv"};
	struct stand *stand = *state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[96];
		snprintf(path, sizeof(path), "%s/%s", stand->folder, names[i]);
		unlink(path);
	}
	rmdir(stand->folder);
	plan_destroy(stand->before);
	plan_destroy(stand->after);
	plan_changes_finish(&stand->changes);
	mtg_destroy(stand->meeting);
	free(stand->batch);
	free(stand);
	return 0;
}

/* Each command as JSON, with its refusal, on a line of its own. */
static void say(struct stand *stand)
{
	stand->said[0] = '\0';
	for (size_t i = 0; i < stand->changes.n; i++) {
		const struct plan_change *change = &stand->changes.list[i];
		char *json;
		size_t size, used = strlen(stand->said);
		assert_int_equal(msg_encode(&msg_command, &change->command, &json, &size), 0);
		snprintf(stand->said + used, sizeof(stand->said) - used, "%s%s%s\n", json,
			change->refusal ? " " : "",
			change->refusal ? msg_enum_name(&msg_refusal, (int)change->refusal) : "");
		msg_free(json);
	}
}

/* As the installation gives them: once, whatever the order of the plan. */
static void number_sites(const struct plan *plan, uint32_t *numbers)
{
	static const char *const ids[] = {"tinh", "tra-on", "long-ho", "tam-binh"};
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		for (uint32_t j = 0; j < sizeof(ids) / sizeof(ids[0]); j++) {
			if (strcmp(plan->sites.sites[i].id, ids[j]) == 0) {
				numbers[i] = j + 1;
			}
		}
	}
}

static void compare(struct stand *stand, const struct plan *before, const struct files *files)
{
	plan_destroy(stand->after);
	plan_changes_finish(&stand->changes);
	stand->after = load(stand, files);
	uint32_t numbers[4] = {0};
	number_sites(stand->after, numbers);
	struct plan_comparison comparison = {.before = before,
		.after = stand->after,
		.numbers = numbers,
		.meeting = stand->meeting,
		.now = now,
		.by = ROLE_SYSTEM};
	assert_int_equal(plan_changes_find(&comparison, &stand->changes), 0);
	say(stand);
}

static void asks(struct stand *stand, const struct files *files, const char *expected)
{
	compare(stand, stand->before, files);
	assert_string_equal(stand->said, expected);
	compare(stand, NULL, files); /* the meeting is so now, whatever it was begun with */
	assert_string_equal(stand->said, "");
}

static void nothing_changed(void **state)
{
	asks(*state, &(struct files){.meeting = NULL}, "");
}

static void a_title_and_a_time(void **state)
{
	asks(*state,
		&(struct files){.agenda = "id,kind,title,start,minutes,lists\n"
					  "01,report,Báo cáo tổng kết,08:00,25,\n"
					  "02,discussion,Thảo luận,,55,thao-luan\n"
					  "03,closing,Bế mạc,09:30,,\n"},
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"01\",\"title\":\"Báo cáo tổng kết\","
		"\"planned_length\":1500000}}\n"
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"02\",\"clear\":[\"planned_start\"]}}"
		"\n");
}

static void the_preparation_is_another(void **state)
{
	asks(*state,
		&(struct files){.checklist = "id,title\nmicro,Micro\nkhung,Khung hình\n",
			.tasks = "id,title,owner,due\nphim,Phóng sự,Huyện ủy,2022-02-20\n"},
		"{\"name\":\"check.remove\",\"args\":{\"check\":\"nguon\"}}\n"
		"{\"name\":\"check.add\",\"args\":{\"check\":\"khung\",\"title\":\"Khung hình\"}}\n"
		"{\"name\":\"task.remove\",\"args\":{\"task\":\"phim\"}}\n"
		"{\"name\":\"task.add\",\"args\":{\"task\":\"phim\",\"title\":\"Phóng "
		"sự\",\"owner\":"
		"\"Huyện ủy\",\"due\":\"2022-02-20\"}}\n");
}

static void a_site_comes_and_one_goes(void **state)
{
	asks(*state,
		&(struct files){.sites = "id,name,code,region,kind,sources\n"
					 "tinh,Tỉnh Vĩnh Long,TINH,Tỉnh,main,camera content voice\n"
					 "tra-on,Trà Ôn,TRAON,Huyện,remote,camera voice\n"
					 "tam-binh,Tam Bình,TAMBINH,Huyện,remote,camera voice\n",
			.speaking = "list,site,unit,topic,minutes\n"
				    "thao-luan,tra-on,UBND huyện,,10\n"
				    "thao-luan,tam-binh,Ban Dân vận,,10\n"
				    "thao-luan,tinh,Sở Nội vụ,,5\n"},
		"{\"name\":\"site.edit\",\"args\":{\"site\":\"tinh\",\"name\":\"Tỉnh Vĩnh "
		"Long\"}}\n"
		"{\"name\":\"site.add\",\"args\":{\"site\":\"tam-binh\",\"number\":4,\"name\":"
		"\"Tam Bình\",\"short_code\":\"TAMBINH\",\"region\":\"Huyện\",\"kind\":\"remote\","
		"\"has_content\":false}}\n"
		"{\"name\":\"turn.edit\",\"args\":{\"turn\":\"t-2\",\"site\":\"tam-binh\"}}\n"
		"{\"name\":\"site.remove\",\"args\":{\"site\":\"long-ho\"}}\n");
}

static void turns_of_all_kinds(void **state)
{
	asks(*state,
		&(struct files){.speaking = "list,site,unit,topic,minutes\n"
					    "thao-luan,tinh,Sở Nội vụ,Cải cách,8\n"
					    "thao-luan,tra-on,UBND huyện,,10\n"
					    "thao-luan,tra-on,Hội Nông dân,,7\n"},
		"{\"name\":\"turn.edit\",\"args\":{\"turn\":\"t-3\",\"topic\":\"Cải cách\"}}\n"
		"{\"name\":\"floor.extend\",\"args\":{\"turn\":\"t-3\",\"by\":180000}}\n"
		"{\"name\":\"turn.add\",\"args\":{\"list\":\"thao-luan\",\"site\":\"tra-on\","
		"\"unit\":\"Hội Nông "
		"dân\",\"topic\":\"\",\"allowance\":420000,\"class\":\"assigned\",\"origin\":"
		"\"assigned\"}}\n"
		"{\"name\":\"turn.move\",\"args\":{\"turn\":\"t-3\",\"before\":\"t-1\"}}\n"
		"{\"name\":\"turn.remove\",\"args\":{\"turn\":\"t-2\"}}\n");
}

static void items_in_another_order(void **state)
{
	asks(*state,
		&(struct files){.agenda = "id,kind,title,start,minutes,lists\n"
					  "02,discussion,Thảo luận,,55,thao-luan\n"
					  "01,report,Báo cáo,,20,\n"
					  "04,film,Phóng sự,,10,\n"},
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"02\",\"clear\":[\"planned_start\"]}}"
		"\n"
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"01\",\"clear\":[\"planned_start\"]}}"
		"\n"
		"{\"name\":\"item.insert\",\"args\":{\"item\":\"04\",\"kind\":\"film\",\"title\":"
		"\"Phóng sự\",\"lists\":[],\"planned_length\":600000}}\n"
		"{\"name\":\"item.move\",\"args\":{\"item\":\"02\",\"before\":\"01\"}}\n"
		"{\"name\":\"item.remove\",\"args\":{\"item\":\"03\"}}\n");
}

/* What somebody put right at the board stays, as long as the plan does not change the same. */
static void the_board_keeps_its_word(void **state)
{
	struct stand *stand = *state;
	struct command edit = {.name = CMD_ITEM_EDIT, .item_edit = {.has_title = true}};
	strcpy(edit.item_edit.item, "01");
	strcpy(edit.item_edit.title, "Báo cáo năm");
	assert_int_equal(give(stand, &edit, ROLE_OPERATOR), 0);
	struct files longer = {.agenda = "id,kind,title,start,minutes,lists\n"
					 "01,report,Báo cáo,08:00,15,\n"
					 "02,discussion,Thảo luận,08:20,55,thao-luan\n"
					 "03,closing,Bế mạc,09:30,,\n"};
	compare(stand, stand->before, &longer);
	assert_string_equal(stand->said,
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"01\",\"planned_length\":900000}}\n");
	assert_string_equal(mtg_item_by_id(stand->meeting, "01")->title, "Báo cáo năm");
}

/* Given in part, as where the power went: asked again, only the rest is asked for. */
static void what_was_given_is_not_given_twice(void **state)
{
	struct files more = {.speaking = "list,site,unit,topic,minutes\n"
					 "thao-luan,tra-on,UBND huyện,,10\n"
					 "thao-luan,long-ho,Ban Dân vận,,10\n"
					 "thao-luan,tinh,Sở Nội vụ,,5\n"
					 "thao-luan,tra-on,Hội Nông dân,,7\n"};
	struct stand *stand = *state;
	compare(stand, stand->before, &more);
	assert_int_equal(stand->changes.n, 1);
	compare(stand, stand->before, &more);
	assert_int_equal(stand->changes.n, 0);
	assert_int_equal(mtg_turn_count(stand->meeting), 4);
}

static void what_somebody_removed_stays_removed(void **state)
{
	struct stand *stand = *state;
	struct command site = {.name = CMD_SITE_REMOVE}, item = {.name = CMD_ITEM_REMOVE};
	strcpy(site.site_remove.site, "long-ho");
	strcpy(item.item_remove.item, "03");
	assert_int_equal(give(stand, &site, ROLE_OPERATOR), 0);
	assert_int_equal(give(stand, &item, ROLE_OPERATOR), 0);
	compare(stand, stand->before, &(struct files){.meeting = NULL});
	assert_string_equal(stand->said, "");
}

static void a_new_main_venue_takes_the_place_of_the_old(void **state)
{
	asks(*state,
		&(struct files){.meeting =
					"{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"state\","
					"\"host\":\"UBND tỉnh\",\"title_lines\":[\"HỘI NGHỊ\"],"
					"\"date\":\"2022-02-22\",\"utc_offset\":420,\"place\":"
					"\"Hội trường A\",\"main_site\":\"tam-binh\",\"regions\":"
					"[\"Tỉnh\",\"Huyện\"]}",
			.sites = "id,name,code,region,kind,sources\n"
				 "tinh,Tỉnh,TINH,Tỉnh,remote,camera content voice\n"
				 "tra-on,Trà Ôn,TRAON,Huyện,remote,camera voice\n"
				 "long-ho,Long Hồ,LONGHO,Huyện,remote,camera voice\n"
				 "tam-binh,Tam Bình,TAMBINH,Huyện,main,camera voice\n"},
		"{\"name\":\"site.add\",\"args\":{\"site\":\"tam-binh\",\"number\":4,\"name\":"
		"\"Tam Bình\",\"short_code\":\"TAMBINH\",\"region\":\"Huyện\",\"kind\":\"remote\","
		"\"has_content\":false}}\n"
		"{\"name\":\"site.make_main\",\"args\":{\"site\":\"tam-binh\"}}\n");
}

/* What is over is not changed, and that is told beforehand. */
static void what_is_over_is_marked(void **state)
{
	struct stand *stand = *state;
	struct command start = {.name = CMD_ITEM_START};
	strcpy(start.item_start.item, "01");
	assert_int_equal(
		give(stand, &(struct command){.name = CMD_MEETING_ASSEMBLE}, ROLE_OPERATOR), 0);
	assert_int_equal(
		give(stand, &(struct command){.name = CMD_MEETING_OPEN}, ROLE_OPERATOR), 0);
	assert_int_equal(give(stand, &start, ROLE_OPERATOR), 0);
	strcpy(start.item_start.item, "02");
	assert_int_equal(give(stand, &start, ROLE_OPERATOR), 0);
	compare(stand, stand->before,
		&(struct files){.agenda = "id,kind,title,start,minutes,lists\n"
					  "01,report,Báo cáo,08:00,15,\n"
					  "02,discussion,Thảo luận,08:20,60,thao-luan\n"
					  "03,closing,Bế mạc,09:30,,\n"});
	assert_string_equal(stand->said,
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"01\",\"planned_length\":900000}} "
		"wrong_state\n"
		"{\"name\":\"item.edit\",\"args\":{\"item\":\"02\",\"planned_length\":3600000}}\n");
	assert_int_equal(stand->changes.n_refused, 1);
}

static void turns_are_matched_by_the_nearest(void **state)
{
	static const struct turn_key rows[] = {{"l", "a", "A"}, {"l", "b", "B2"}, {"l", "c", "C"},
		{"l", "a", "A"}, {"m", "a", "A"}};
	static const struct turn_key others[] = {{"l", "b", "B"}, {"l", "d", "C"}, {"l", "a", "A"}};
	int found[5];
	(void)state;
	turn_match(rows, 5, others, 3, found);
	assert_int_equal(found[0], 2);
	assert_int_equal(found[1], 0);
	assert_int_equal(found[2], 1);
	assert_int_equal(found[3], TURN_MATCH_NONE);
	assert_int_equal(found[4], TURN_MATCH_NONE);
}

#define STANDING(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STANDING(nothing_changed),
		STANDING(a_title_and_a_time),
		STANDING(the_preparation_is_another),
		STANDING(a_site_comes_and_one_goes),
		STANDING(turns_of_all_kinds),
		STANDING(items_in_another_order),
		STANDING(the_board_keeps_its_word),
		STANDING(what_was_given_is_not_given_twice),
		STANDING(what_somebody_removed_stays_removed),
		STANDING(a_new_main_venue_takes_the_place_of_the_old),
		STANDING(what_is_over_is_marked),
		cmocka_unit_test(turns_are_matched_by_the_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
