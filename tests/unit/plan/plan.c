/* Plans: those delivered are sound, and each fault is named by file, row and field. */
#include "coordinator/plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/plan/field_hint.h"
#include "proto/gen/tables.h"

static const char meeting_json[] =
	"{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"state\",\"host\":\"UBND tỉnh\","
	"\"title_lines\":[\"HỘI NGHỊ\",\"{site}\"],\"date\":\"2022-02-22\",\"utc_offset\":420,"
	"\"place\":\"Hội trường A\",\"main_site\":\"tinh\",\"regions\":[\"Tỉnh\",\"Huyện\"]}";
static const char sites_csv[] = "id,name,code,region,kind,sources\n"
				"tra-on,Trà Ôn,TRAON,Huyện,remote,camera voice\n"
				"tinh,Tỉnh,TINH,Tỉnh,main,camera content voice\n"
				"long-ho,Long Hồ,LONGHO,Huyện,remote,camera\n";
static const char agenda_csv[] = "\xef\xbb\xbfid;kind;title;start;minutes;fixed_end;lists\r\n"
				 "06;discussion;Thảo luận;08:20;55;;thao-luan\r\n"
				 "07;break;Nghỉ giải lao;09:15;;09:30;\r\n"
				 "08;discussion;Tiếp tục thảo luận;09:30;20;;thao-luan khac\r\n";
static const char speaking_csv[] = "list,site,unit,topic,minutes\n"
				   "thao-luan,tra-on,UBND huyện,\"nói, không đọc\",10\n"
				   "khac,tinh,Sở Nội vụ,,7\n";

struct folder {
	char path[32];
	struct plan_diagnostics faults;
	struct plan *plan;
};

static void put(struct folder *folder, const char *name, const char *text)
{
	char path[96];
	snprintf(path, sizeof(path), "%s/%s", folder->path, name);
	if (!text) {
		unlink(path);
		return;
	}
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));
	strcpy(folder->path, "/tmp/plan-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	put(folder, "meeting.json", meeting_json);
	put(folder, "sites.csv", sites_csv);
	put(folder, "agenda.csv", agenda_csv);
	put(folder, "speaking.csv", speaking_csv);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"meeting", "sites", "agenda", "speaking", "documents"};
	struct folder *folder = *state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[32];
		snprintf(name, sizeof(name), "%s.json", names[i]);
		put(folder, name, NULL);
		snprintf(name, sizeof(name), "%s.csv", names[i]);
		put(folder, name, NULL);
	}
	assert_int_equal(rmdir(folder->path), 0);
	plan_destroy(folder->plan);
	plan_diagnostics_finish(&folder->faults);
	free(folder);
	return 0;
}

static int load(struct folder *folder)
{
	plan_destroy(folder->plan);
	folder->plan = NULL;
	plan_diagnostics_finish(&folder->faults);
	return plan_load(folder->path, &folder->plan, &folder->faults);
}

/* Each fault as "file row field word", one to a line. */
static void faults_are(struct folder *folder, const char *expected)
{
	static char found[8192];
	found[0] = '\0';
	int r = load(folder);
	for (size_t i = 0; i < folder->faults.n; i++) {
		const struct plan_diagnostic *fault = &folder->faults.list[i];
		size_t at = strlen(found);
		snprintf(found + at, sizeof(found) - at, "%s %zu %s %s\n", fault->file, fault->row,
			fault->field, plan_diagnostic_word(fault->code));
	}
	assert_string_equal(found, expected);
	assert_int_equal(r, expected[0] ? PLAN_FAULTY : 0);
	assert_int_equal(folder->plan == NULL, expected[0] != '\0');
}

static void reads_a_sound_plan(void **state)
{
	struct folder *folder = *state;
	faults_are(folder, "");
	const struct plan *plan = folder->plan;
	assert_string_equal(plan->meeting.main_site, "tinh");
	assert_int_equal(plan->sites.n_sites, 3);
	assert_int_equal(plan->sites.sites[1].n_sources, 3);
	assert_int_equal(plan_site_number(plan, 0), 2);
	assert_int_equal(plan_site_number(plan, 1), 1);
	assert_int_equal(plan_site_number(plan, 2), 3);
	assert_int_equal(plan->agenda.n_items, 3);
	assert_false(plan->agenda.items[1].has_minutes);
	assert_string_equal(plan->agenda.items[1].fixed_end, "09:30");
	assert_int_equal(plan->agenda.items[2].n_lists, 2);
	assert_string_equal(plan->speaking.turns[0].topic, "nói, không đọc");
	assert_false(plan->speaking.turns[1].has_topic);
	assert_int_equal(plan->documents.n_documents, 0);
}

static void json_and_csv_say_the_same(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv", NULL);
	put(folder, "speaking.json",
		"\xef\xbb\xbf{\"turns\":[{\"list\":\"thao-luan\",\"site\":\"tra-on\",\"unit\":"
		"\"UBND huyện\","
		"\"topic\":\"nói, không đọc\",\"minutes\":10}]}");
	faults_are(folder, "");
	assert_string_equal(folder->plan->speaking.turns[0].topic, "nói, không đọc");
	put(folder, "speaking.json",
		"{\"turns\":[{\"list\":\"thao-luan\",\"site\":\"ô\",\"unit\":\"\","
		"\"minutes\":\"10\",\"thêm\":1},{\"site\":\"xa\"}]}");
	faults_are(folder, "speaking.json 1 site wrong_form\n"
			   "speaking.json 1 unit wrong_length\n"
			   "speaking.json 1 minutes wrong_type\n"
			   "speaking.json 1 th??m unknown_field\n"
			   "speaking.json 2 list missing\n"
			   "speaking.json 2 unit missing\n"
			   "speaking.json 2 minutes missing\n"
			   "speaking.json 2 site unknown_site\n");
	put(folder, "speaking.json", "{\"turns\":[{]}");
	faults_are(folder, "speaking.json 1  not_json\n");
	put(folder, "speaking.csv", speaking_csv);
	put(folder, "speaking.json", "{\"turns\":[]}");
	faults_are(folder, "speaking.csv 0  file_twice\n");
}

static void names_all_faults_at_once(void **state)
{
	struct folder *folder = *state;
	put(folder, "meeting.json",
		"{\"version\":2,\"name\":\"\",\"form\":\"đảng\",\"host\":\"UBND\",\"title_lines\":["
		"],"
		"\"date\":\"2022-02-30\",\"utc_offset\":420,\"place\":\"A\",\"main_site\":\"hue\","
		"\"regions\":[\"Tỉnh\",\"Huyện\",\"Tỉnh\"]}");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tra-on,Trà Ôn,TRAON,Huyện,remote,camera voice camera\n"
		"\n"
		"tra-on,Trà Ôn 2,traon,Xã,remote,camera ảnh\n"
		"tinh,Tỉnh,TRAON,Tỉnh,main,camera\n"
		"x,,LONG-HO,Huyện,xa,camera\n"
		"\"y\"z,Y,Y,Huyện,remote,camera\n"
		"z,Z,Z,Huyện,remote,camera,thừa\n");
	put(folder, "agenda.csv",
		"id;kind;title;start;minutes;fixed_end;lists\r\n"
		"06;discussion;Thảo luận;8:20;0;;thao-luan\r\n"
		"06;break;Nghỉ;09:15;30;09:10;\r\n"
		"08;nghỉ;Tiếp;09:30;20 phút;;thao-luan thao-luan\r\n");
	faults_are(folder, "meeting.json 0 version out_of_range\n"
			   "meeting.json 0 name wrong_length\n"
			   "meeting.json 0 form unknown_word\n"
			   "meeting.json 0 date no_such_day\n"
			   "meeting.json 0 regions duplicate\n"
			   "sites.csv 2 sources duplicate\n"
			   "sites.csv 4 code wrong_form\n"
			   "sites.csv 4 sources/1 unknown_word\n"
			   "sites.csv 4 id duplicate\n"
			   "sites.csv 5 kind main_venue\n"
			   "sites.csv 5 code duplicate\n"
			   "sites.csv 6 name missing\n"
			   "sites.csv 6 code wrong_form\n"
			   "sites.csv 6 kind unknown_word\n"
			   "sites.csv 7  csv_quote\n"
			   "sites.csv 8  csv_cells\n"
			   "agenda.csv 2 start wrong_form\n"
			   "agenda.csv 2 minutes out_of_range\n"
			   "agenda.csv 3 id duplicate\n"
			   "agenda.csv 3 fixed_end fixed_end\n"
			   "agenda.csv 4 kind unknown_word\n"
			   "agenda.csv 4 minutes wrong_type\n"
			   "agenda.csv 4 start overlap\n"
			   "agenda.csv 4 lists duplicate\n");
}

static void references_must_exist(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tra-on,Trà Ôn,TRAON,Xã,remote,camera voice\n"
		"tinh,Tỉnh,TINH,Tỉnh,remote,camera\n");
	put(folder, "speaking.csv",
		"list,site,unit,minutes\n"
		"thao-luan,long-ho,A,10\n"
		"phat-bieu,tinh,B,10\n");
	put(folder, "documents.csv",
		"title,due,site,unit,every_site\n"
		"Báo cáo,2022-02-29,,,x\n"
		"Tham luận,2022-02-10,tinh,,có\n"
		"Tham luận,2022-02-10,,,không\n"
		"Tham luận,2022-02-10,hue,,\n"
		"Tham luận,,,Sở Tài chính,\n"
		"Tham luận,,,Sở Tài chính,có lẽ\n");
	faults_are(folder, "meeting.json 0 main_site main_venue\n"
			   "sites.csv 2 region unknown_region\n"
			   "speaking.csv 2 site unknown_site\n"
			   "speaking.csv 3 list unknown_list\n"
			   "documents.csv 2 due no_such_day\n"
			   "documents.csv 3 every_site owner\n"
			   "documents.csv 4 every_site owner\n"
			   "documents.csv 5 site unknown_site\n"
			   "documents.csv 7 every_site wrong_type\n");
}

static void columns_are_judged_once(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,tên,code,region,kind,sources,code,\n"
		"tra-on,Trà Ôn,TRAON,Huyện,remote,camera,X,\n"
		"tinh,Tỉnh,TINH,Tỉnh,main,camera,Y,\n");
	put(folder, "agenda.csv", "");
	put(folder, "speaking.csv", "H\xe0 N\xed\n");
	faults_are(folder, "sites.csv 1 tên unknown_field\n"
			   "sites.csv 1 code column_twice\n"
			   "sites.csv 1 name missing\n"
			   "agenda.csv 1  missing\n"
			   "speaking.csv 1  csv_encoding\n");
}

static void files_must_be_there(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv", NULL);
	put(folder, "meeting.json", NULL);
	faults_are(folder, "meeting.json 0  file_missing\nsites.json 0  file_missing\n");
	char name[96];
	snprintf(name, sizeof(name), "%s/sites.json", folder->path);
	assert_int_equal(mkdir(name, 0700), 0);
	faults_are(folder, "meeting.json 0  file_missing\nsites.json 0  file_no_file\n");
	assert_int_equal(rmdir(name), 0);
}

static void long_topics_fit(void **state)
{
	struct folder *folder = *state;
	static char text[8192];
	int at = snprintf(text, sizeof(text), "list,site,unit,topic,minutes\nkhac,tinh,A,\"");
	for (int i = 0; i < 260; i++) {
		at += snprintf(text + at, sizeof(text) - (size_t)at, "ế a");
	}
	strcpy(text + at, "\",10\n");
	put(folder, "speaking.csv", text);
	faults_are(folder, "");
	assert_int_equal(strlen(folder->plan->speaking.turns[0].topic), 260 * 5);
	for (int i = 0; i < 300; i++) {
		at += snprintf(text + at, sizeof(text) - (size_t)at, "ế");
	}
	strcpy(text + at, "\",10\n");
	put(folder, "speaking.csv", text);
	faults_are(folder, "speaking.csv 2 topic wrong_length\n");
}

static void sentence_is(struct folder *folder, size_t at, enum language language, const char *text)
{
	char sentence[PLAN_SENTENCE_SIZE];
	assert_true(at < folder->faults.n);
	plan_diagnostic_sentence(&folder->faults.list[at], language, sentence);
	assert_string_equal(sentence, text);
}

static void faults_can_be_read(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv",
		"list,site,unit,minutes\nthao-luan,huế,A,10\n"
		"thao-luan,long-an,A,10\n");
	assert_int_equal(load(folder), PLAN_FAULTY);
	sentence_is(folder, 1, LANGUAGE_VI,
		"speaking.csv, hàng 3, site: không có điểm cầu này (long-an)");
	sentence_is(folder, 0, LANGUAGE_EN,
		"speaking.csv, row 2, site: does not have the right form "
		"(a-z, 0-9 and -, for example can-tho, at most 32 characters)");
}

static void faults_say_what_belongs_there(void **state)
{
	struct folder *folder = *state;
	put(folder, "meeting.json", "{\"version\":1,\n\"name\":}");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\ntinh,Tỉnh,tinh,Tỉnh,chính,camera\n");
	put(folder, "agenda.csv", "id,kind,title,start,minutes\n1,break,Nghỉ,8h20,20 phút\n");
	put(folder, "speaking.csv", "list,site,unit,topic,minutes,giờ\nkhac,tinh,,,0,\n");
	assert_int_equal(load(folder), PLAN_FAULTY);
	sentence_is(folder, 0, LANGUAGE_VI, "meeting.json, hàng 2: không phải JSON hợp lệ");
	sentence_is(folder, 1, LANGUAGE_VI,
		"sites.csv, hàng 2, code: sai định dạng "
		"(chữ hoa không dấu A-Z và số 0-9, ví dụ CANTHO, dài nhất 8 ký tự)");
	sentence_is(folder, 2, LANGUAGE_VI,
		"sites.csv, hàng 2, kind: từ không có trong danh sách cho phép "
		"(một trong các từ: main, remote)");
	sentence_is(folder, 3, LANGUAGE_VI,
		"agenda.csv, hàng 2, start: sai định dạng "
		"(giờ:phút, mỗi bên hai chữ số, ví dụ 07:30)");
	sentence_is(folder, 3, LANGUAGE_EN,
		"agenda.csv, row 2, start: does not have the right form (HH:MM, for example "
		"07:30)");
	sentence_is(folder, 4, LANGUAGE_VI,
		"agenda.csv, hàng 2, minutes: sai kiểu dữ liệu (số nguyên từ 1 đến 1440)");
	sentence_is(folder, 5, LANGUAGE_EN,
		"speaking.csv, row 1, giờ: is not a field of this form "
		"(the fields are: list, site, unit, speaker, office, "
		"topic, minutes)");
	sentence_is(folder, 6, LANGUAGE_EN, "speaking.csv, row 2, unit: is missing");
	sentence_is(folder, 7, LANGUAGE_VI,
		"speaking.csv, hàng 2, minutes: số ngoài khoảng cho phép (số nguyên từ 1 đến 240)");
}

/* Every value a plan can hold is described in both languages, and never by the schema's name. */
static void is_described(const struct msg_type *type)
{
	char vi[PLAN_WANTED_SIZE], en[PLAN_WANTED_SIZE];
	plan_field_hint(type, LANGUAGE_VI, vi);
	plan_field_hint(type, LANGUAGE_EN, en);
	assert_null(strchr(vi, '{'));
	assert_null(strchr(en, '{'));
	assert_true(vi[0] != '\0' && en[0] != '\0');
	assert_string_not_equal(vi, en);
	assert_true(strlen(vi) < PLAN_WANTED_SIZE - 1 && strlen(en) < PLAN_WANTED_SIZE - 1);
	if (type->check) {
		assert_null(strstr(vi, type->name));
		assert_null(strstr(en, type->name));
		assert_non_null(strstr(vi, "ví dụ"));
		assert_non_null(strstr(en, "for example"));
	}
	if (type->kind == MSG_ARRAY) {
		is_described(type->element);
	}
	for (size_t i = 0; i < type->n_fields; i++) {
		is_described(type->fields[i].type);
	}
}

static void every_field_of_a_plan_is_described(void **state)
{
	(void)state;
	is_described(&msg_plan_meeting);
	is_described(&msg_plan_sites);
	is_described(&msg_plan_agenda);
	is_described(&msg_plan_speaking);
	is_described(&msg_plan_documents);
}

static void many_faults_are_counted(void **state)
{
	struct folder *folder = *state;
	char *text = malloc(200000);
	char *at = text + sprintf(text, "id,name,code,region,kind,sources\n");
	for (int i = 0; i < 1500; i++) {
		at += sprintf(at, "s%d,S,s,Huyện,remote,camera\n", i);
	}
	put(folder, "sites.csv", text);
	free(text);
	assert_int_equal(load(folder), PLAN_FAULTY);
	assert_int_equal(folder->faults.n, PLAN_DIAGNOSTICS_MAX);
	assert_true(folder->faults.n_lost >= 500);
}

static void becomes_commands(void **state)
{
	struct folder *folder = *state;
	const struct plan_run run = {.meeting = "m1", .speed = 120, .rehearsal = false};
	static const enum command_name expected[] = {CMD_MEETING_CREATE, CMD_SITE_ADD, CMD_SITE_ADD,
		CMD_SITE_ADD, CMD_LIST_ADD, CMD_LIST_ADD, CMD_ITEM_INSERT, CMD_ITEM_INSERT,
		CMD_ITEM_INSERT, CMD_TURN_ADD, CMD_TURN_ADD};
	const size_t n = sizeof(expected) / sizeof(expected[0]);
	struct command command;
	assert_int_equal(load(folder), 0);
	for (size_t i = 0; i < n; i++) {
		assert_true(plan_command(folder->plan, &run, i, &command));
		assert_int_equal(command.name, expected[i]);
	}
	assert_false(plan_command(folder->plan, &run, n, &command));
	plan_command(folder->plan, &run, 2, &command);
	assert_int_equal(command.site_add.number, 1);
	assert_true(command.site_add.has_content);
	plan_command(folder->plan, &run, 4, &command);
	assert_string_equal(command.list_add.list, "thao-luan");
	assert_string_equal(command.list_add.title, "Thảo luận");
	plan_command(folder->plan, &run, 5, &command);
	assert_string_equal(command.list_add.list, "khac");
	plan_command(folder->plan, &run, 6, &command);
	assert_int_equal(command.item_insert.planned_start, (8 * 60 + 20) * 60000);
	assert_int_equal(command.item_insert.planned_length.ms, 55 * 60000);
	assert_false(command.item_insert.has_before);
	plan_command(folder->plan, &run, 7, &command);
	assert_false(command.item_insert.has_planned_length);
	assert_int_equal(command.item_insert.fixed_end, (9 * 60 + 30) * 60000);
	plan_command(folder->plan, &run, 9, &command);
	assert_int_equal(command.turn_add.allowance.ms, 600000);
	assert_int_equal(command.turn_add.origin, TURN_ORIGIN_ASSIGNED);
	assert_false(command.turn_add.has_speaker || command.turn_add.has_office);
}

static void a_turn_names_its_speaker(void **state)
{
	struct folder *folder = *state;
	const struct plan_run run = {.meeting = "m1", .speed = 1};
	struct command command;

	put(folder, "speaking.csv",
		"list,site,unit,speaker,office,minutes\n"
		"khac,tinh,A,Trưởng phòng,Phòng Nghiệp vụ,10\n"
		"khac,tinh,B,,,10\n");
	faults_are(folder, "");
	assert_true(plan_command(folder->plan, &run, 9, &command));
	assert_string_equal(command.turn_add.speaker, "Trưởng phòng");
	assert_string_equal(command.turn_add.office, "Phòng Nghiệp vụ");
	assert_true(plan_command(folder->plan, &run, 10, &command));
	assert_false(command.turn_add.has_speaker || command.turn_add.has_office);
}

/* The planned start of the agenda's items, in minutes from midnight of the meeting's date. */
static void starts_are(struct folder *folder, const uint32_t *minutes, size_t n)
{
	const struct plan_run run = {.meeting = "m", .speed = 1};
	struct command command;
	size_t found = 0;
	faults_are(folder, "");
	for (size_t i = 0; plan_command(folder->plan, &run, i, &command); i++) {
		if (command.name == CMD_ITEM_INSERT) {
			assert_int_equal(command.item_insert.planned_start, minutes[found] * 60000);
			found++;
		}
	}
	assert_int_equal(found, n);
}

static void times_go_on_after_midnight(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv", "list,site,unit,minutes\n");
	put(folder, "agenda.csv",
		"id,kind,title,start,minutes,fixed_end\n"
		"1,report,A,23:15,60,\n"
		"2,break,B,00:15,,00:30\n"
		"3,report,C,00:30,20,\n"
		"4,report,D,06:00,,\n");
	starts_are(folder, (uint32_t[]){1395, 1455, 1470, 1800}, 4);
	put(folder, "agenda.csv",
		"id,kind,title,start,minutes,fixed_end\n"
		"1,report,A,23:00,,\n"
		"2,break,B,23:50,,00:10\n"
		"3,report,C,00:10,20,\n");
	starts_are(folder, (uint32_t[]){1380, 1430, 1450}, 3);
	put(folder, "agenda.csv",
		"id,kind,title,start,minutes,fixed_end\n"
		"1,report,A,14:00,60,\n"
		"2,report,B,08:00,20,\n");
	faults_are(folder, "agenda.csv 3 start overlap\n");
}

/* The plan's date is 2022-02-22. */
static void days_are_named(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv", "list,site,unit,minutes\n");
	put(folder, "agenda.csv",
		"id,kind,title,day,start,minutes\n"
		"1,report,A,,14:00,60\n"
		"2,report,B,2022-02-23,08:00,60\n"
		"3,report,C,,09:00,20\n"
		"4,closing,D,2022-03-03,08:00,\n");
	starts_are(folder, (uint32_t[]){840, 1920, 1980, 9 * 1440 + 480}, 4);
	put(folder, "agenda.csv",
		"id,kind,title,day,start,minutes\n"
		"1,report,A,2022-02-21,14:00,60\n"
		"2,report,B,2022-02-24,08:00,60\n"
		"3,report,C,2022-02-23,09:00,20\n"
		"4,report,D,2022-02-30,09:00,20\n"
		"5,report,E,2022-02-24,,20\n"
		"6,closing,F,2022-03-04,08:00,\n");
	faults_are(folder, "agenda.csv 2 day day_out\n"
			   "agenda.csv 4 start overlap\n"
			   "agenda.csv 5 day no_such_day\n"
			   "agenda.csv 6 start day_alone\n"
			   "agenda.csv 7 day day_out\n");
}

/* Tests run from the root of the tree. */
static struct plan *load_delivered(const char *path)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	int r = plan_load(path, &plan, &faults);
	for (size_t i = 0; i < faults.n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults.list[i], LANGUAGE_EN, sentence);
		print_error("%s\n", sentence);
	}
	plan_diagnostics_finish(&faults);
	assert_int_equal(r, 0);
	return plan;
}

static void plan_a_is_sound(void **state)
{
	(void)state;
	struct plan *plan = load_delivered("deploy/plans/a");
	uint32_t minutes = 0;
	assert_int_equal(plan->sites.n_sites, 64);
	assert_int_equal(plan->meeting.n_regions, 7);
	assert_string_equal(plan->sites.sites[63].name, "Cà Mau");
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		assert_false(plan->agenda.items[i].has_start);
		minutes += plan->agenda.items[i].minutes;
	}
	assert_int_equal(minutes, 15 + 30 + 90 + 30 + 10);
	size_t presentations = 0;
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		presentations += strcmp(plan->speaking.turns[i].list, "tham-luan") == 0;
	}
	assert_int_equal(presentations, 9);
	assert_true(plan->meeting.has_sample);
	plan_destroy(plan);
}

static void plan_b_is_sound(void **state)
{
	(void)state;
	static const char *const from[] = {
		"tinh", "tinh", "tra-on", "binh-tan", "binh-minh", "long-ho", "tam-binh"};
	struct plan *plan = load_delivered("deploy/plans/b");
	size_t n = 0;
	assert_int_equal(plan->sites.n_sites, 9);
	assert_int_equal(plan->agenda.n_items, 11);
	assert_false(plan->agenda.items[4].has_start);
	assert_string_equal(plan->agenda.items[5].lists[0], "thao-luan");
	assert_string_equal(plan->agenda.items[7].lists[0], "thao-luan");
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		const struct plan_turn *turn = &plan->speaking.turns[i];
		if (strcmp(turn->list, "thao-luan") == 0) {
			assert_string_equal(turn->site, from[n++]);
		}
	}
	assert_int_equal(n, 7);
	plan_destroy(plan);
}

/* Samples, and they say so. */
static void other_plans_are_sound(void **state)
{
	static const char *const names[] = {"c", "d", "e", "e-year-end"};
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[64];
		snprintf(path, sizeof(path), "deploy/plans/%s", names[i]);
		struct plan *plan = load_delivered(path);
		assert_true(plan->meeting.has_sample);
		assert_true(plan->documents.n_documents > 0);
		plan_destroy(plan);
	}
}

/* What the site of this number owes by when, as the core is told; "" if nothing. */
static const char *due_of(const struct plan *plan, uint32_t number)
{
	static struct command command;
	const struct plan_run run = {.meeting = "m1", .speed = 1};
	size_t i = 0;
	do {
		assert_true(plan_command(plan, &run, i++, &command));
	} while (command.name != CMD_SITE_ADD || command.site_add.number != number);
	assert_int_equal(
		command.site_add.has_documents_due, command.site_add.documents_due[0] != 0);
	return command.site_add.documents_due;
}

static void papers_are_owed_by_a_day(void **state)
{
	(void)state;
	struct plan *plan = load_delivered("deploy/plans/a");
	assert_string_equal(due_of(plan, 1), ""); /* the main venue is no remote site */
	assert_string_equal(due_of(plan, 2), "2022-07-10");
	plan_destroy(plan);
	plan = load_delivered("deploy/plans/d");
	assert_string_equal(due_of(plan, 1), "2023-02-24"); /* named */
	plan_destroy(plan);
	plan = load_delivered("deploy/plans/e"); /* and again half a year after the meeting */
	assert_string_equal(due_of(plan, 2), "2022-06-10");
	plan_destroy(plan);
	plan = load_delivered("deploy/plans/b"); /* of no day */
	assert_string_equal(due_of(plan, 2), "");
	plan_destroy(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_a_sound_plan, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_and_csv_say_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_all_faults_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(references_must_exist, set_up, tear_down),
		cmocka_unit_test_setup_teardown(times_go_on_after_midnight, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(columns_are_judged_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files_must_be_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_topics_fit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_can_be_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_say_what_belongs_there, set_up, tear_down),
		cmocka_unit_test(every_field_of_a_plan_is_described),
		cmocka_unit_test_setup_teardown(many_faults_are_counted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(becomes_commands, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_turn_names_its_speaker, set_up, tear_down),
		cmocka_unit_test(plan_a_is_sound),
		cmocka_unit_test(plan_b_is_sound),
		cmocka_unit_test(other_plans_are_sound),
		cmocka_unit_test(papers_are_owed_by_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
