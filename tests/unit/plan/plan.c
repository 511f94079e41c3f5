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
#include "coordinator/plan/plan_outline.h"
#include "proto/gen/tables.h"
#include "proto/system/file.h"
#include "proto/system/printable.h"

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
	static const char *const names[] = {"meeting", "sites", "agenda", "speaking", "awards",
		"signing", "documents", "votes", "checklist", "tasks"};
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

/* Each fault as "file row field word", one to a line; or each note. */
static void list_faults(const struct folder *folder, bool notes, char found[static 8192])
{
	found[0] = '\0';
	for (size_t i = 0; i < folder->faults.n; i++) {
		const struct plan_diagnostic *fault = &folder->faults.list[i];
		size_t at = strlen(found);
		if (plan_diagnostic_is_note(fault->code) != notes) {
			continue;
		}
		snprintf(found + at, 8192 - at, "%s %zu %s %s\n", fault->file, fault->row,
			fault->field, plan_diagnostic_word(fault->code));
	}
}

static void faults_are(struct folder *folder, const char *expected)
{
	static char found[8192];
	int r = load(folder);
	list_faults(folder, false, found);
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
	assert_int_equal(plan->sites.sites[0].n_sources, 3);
	assert_int_equal(plan_site_number(plan, 0), 1);
	assert_int_equal(plan_site_number(plan, 1), 2);
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
		"06;discussion;Thảo luận;8.20;0;;thao-luan\r\n"
		"06;break;Nghỉ;09:15;30;09:10;\r\n"
		"08;nghỉ;Tiếp;09:30;1,5;;thao-luan thao-luan\r\n");
	faults_are(folder, "meeting.json 0 version out_of_range\n"
			   "meeting.json 0 name wrong_length\n"
			   "meeting.json 0 form unknown_word\n"
			   "meeting.json 0 date no_such_day\n"
			   "meeting.json 0 regions/3 duplicate\n"
			   "meeting.json 0 main_site main_venue\n"
			   "sites.csv 2 sources duplicate\n"
			   "sites.csv 4 code wrong_form\n"
			   "sites.csv 4 sources/2 unknown_word\n"
			   "sites.csv 4 id duplicate\n"
			   "sites.csv 4 region unknown_region\n"
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
			   "agenda.csv 4 lists duplicate\n"
			   "speaking.csv 3 list unknown_list\n");
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

static const char *const votes_csv = "id,item,question,options,method\n"
				     "1,6,Thông qua chương trình,\"Tán thành; Không tán thành;\",\n"
				     "2,,Biểu quyết ghi tên,Có;Không;Trắng,by_name\n";

static void votes_are_prepared(void **state)
{
	static struct command command;
	struct folder *folder = *state;
	const struct plan_run run = {.meeting = "m1", .speed = 1};
	size_t n = 0;
	put(folder, "votes.csv", votes_csv);
	faults_are(folder, "");
	for (size_t i = 0; plan_command(folder->plan, &run, i, &command); i++) {
		if (command.name == CMD_VOTE_ADD && n++ == 0) {
			assert_string_equal(command.vote_add.vote, "01");
			assert_string_equal(command.vote_add.item, "06");
			assert_int_equal(command.vote_add.n_options, 2);
			assert_string_equal(command.vote_add.options[1], "Không tán thành");
			assert_int_equal(command.vote_add.method, VOTE_METHOD_BY_SITE);
		}
	}
	assert_int_equal(n, 2);
	assert_int_equal(folder->plan->votes.votes[1].method, VOTE_METHOD_BY_NAME);
}

static void votes_that_nobody_can_hold(void **state)
{
	struct folder *folder = *state;
	put(folder, "votes.csv",
		"id,item,question,options,method\n"
		"a,77,Câu hỏi,Có;Không,\n"
		"a,,Câu hỏi,Có,\n"
		"b,,Câu hỏi,Có;Có,by_hand\n"
		"c,,,1;2;3;4;5;6;7;8;9,\n");
	faults_are(folder, "votes.csv 2 item unknown_item\n"
			   "votes.csv 3 id duplicate\n"
			   "votes.csv 3 options options\n"
			   "votes.csv 4 method unknown_word\n"
			   "votes.csv 4 options options\n"
			   "votes.csv 5 question missing\n"
			   "votes.csv 5 options options\n");
}

static void a_preparation_is_checked(void **state)
{
	struct folder *folder = *state;
	put(folder, "checklist.csv", "id,title\nnguon,Nguồn điện\nnguon,Đường truyền\nmicro,\n");
	put(folder, "tasks.csv",
		"id,title,owner,due\nphim,Phóng sự,Huyện ủy,2022-02-30\nphim,Phim,Huyện ủy,\n");
	faults_are(folder, "checklist.csv 3 id duplicate\n"
			   "checklist.csv 4 title missing\n"
			   "tasks.csv 2 due no_such_day\n"
			   "tasks.csv 3 id duplicate\n");
}

static void sentence_is(struct folder *folder, size_t at, enum language language, const char *text)
{
	char sentence[PLAN_SENTENCE_SIZE];
	assert_true(at < folder->faults.n);
	plan_diagnostic_sentence(&folder->faults.list[at], language, sentence);
	assert_string_equal(sentence, text);
}

static void films_have_a_player(void **state)
{
	struct folder *folder = *state;
	put(folder, "agenda.csv",
		"id,kind,title,minutes,film\n"
		"01,film,Phim,5,phóng sự.mp4\n"
		"02,film,Phim,5,\n"
		"03,film,Phim,5,../phim.mp4\n"
		"04,break,Nghỉ,5,phim.mp4\n");
	put(folder, "speaking.csv", "list,site,unit,minutes\n");
	faults_are(folder, "agenda.csv 2 film no_player\n"
			   "agenda.csv 4 film film_name\n"
			   "agenda.csv 5 film film_elsewhere\n");
	put(folder, "agenda.csv", "id,kind,title,lists,film\n01,film,Phim,hoi,phóng sự.mp4\n");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tinh,Tỉnh,TINH,Tỉnh,main,camera voice\n"
		"may-phat,Máy phát,PHIM,Tỉnh,player,camera voice\n"
		"may-khac,Máy khác,PHIM2,Tỉnh,player,camera voice\n");
	put(folder, "speaking.csv", "list,site,unit,minutes\nhoi,may-phat,A,5\n");
	faults_are(folder, "sites.csv 4 kind second_player\nspeaking.csv 2 site not_a_site\n");
	sentence_is(folder, 0, LANGUAGE_VI,
		"sites.csv, hàng 4, kind: chỉ được có một máy phát phim; đã có ở hàng 3");
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
			   "sites.csv 1 name missing_column\n"
			   "agenda.csv 0  file_empty\n"
			   "speaking.csv 1  file_encoding\n");
}

static void files_must_be_there(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv", NULL);
	put(folder, "meeting.json", NULL);
	faults_are(folder, "meeting.json 0  file_missing\nsites.csv 0  file_missing\n");
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

static void faults_can_be_read(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv",
		"list,site,unit,minutes\nthao-luan,huế,A,10\n"
		"thao-luan,long-an,A,10\n");
	assert_int_equal(load(folder), PLAN_FAULTY);
	sentence_is(folder, 1, LANGUAGE_VI,
		"speaking.csv, hàng 3, site: không có điểm cầu này («long-an»)");
	sentence_is(folder, 0, LANGUAGE_EN,
		"speaking.csv, row 2, site: does not have the right form "
		"(“huế”; a-z, 0-9 and -, for example can-tho, at most 32 characters)");
}

static void faults_say_what_belongs_there(void **state)
{
	struct folder *folder = *state;
	put(folder, "meeting.json", "{\"version\":1,\n\"name\":}");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\ntinh,Tỉnh,tinh,Tỉnh,chính,camera\n");
	put(folder, "agenda.csv", "id,kind,title,start,minutes\n1,break,Nghỉ,8.20,\"1,5\"\n");
	put(folder, "speaking.csv", "list,site,unit,topic,minutes,giờ\nkhac,tinh,,,0,\n");
	assert_int_equal(load(folder), PLAN_FAULTY);
	sentence_is(folder, 0, LANGUAGE_VI,
		"meeting.json, dòng 2: không phải JSON hợp lệ: xem dấu phẩy, ngoặc kép ở dòng này "
		"và dòng trên");
	sentence_is(folder, 1, LANGUAGE_VI,
		"sites.csv, hàng 2, code: sai định dạng "
		"(«tinh»; chữ hoa không dấu A-Z và số 0-9, ví dụ CANTHO, dài nhất 8 ký tự)");
	sentence_is(folder, 2, LANGUAGE_VI,
		"sites.csv, hàng 2, kind: giá trị không thuộc danh sách cho phép "
		"(«chính»; một trong các từ: main, remote, player)");
	sentence_is(folder, 3, LANGUAGE_VI,
		"sites.csv, hàng 2, region: không có vùng này trong meeting.json («Tỉnh»)");
	sentence_is(folder, 5, LANGUAGE_VI,
		"agenda.csv, hàng 2, start: sai định dạng («8.20»; giờ:phút, ví dụ 07:30)");
	sentence_is(folder, 5, LANGUAGE_EN,
		"agenda.csv, row 2, start: does not have the right form (“8.20”; HH:MM, for "
		"example 07:30)");
	sentence_is(folder, 6, LANGUAGE_VI,
		"agenda.csv, hàng 2, minutes: phải là số nguyên từ 1 đến 1440 («1,5»)");
	sentence_is(folder, 7, LANGUAGE_EN,
		"speaking.csv, row 1, giờ: is not a field of this form "
		"(the fields are: list, site, unit, speaker, office, "
		"topic, minutes, class)");
	sentence_is(folder, 8, LANGUAGE_EN, "speaking.csv, row 2, unit: is required and missing");
	sentence_is(folder, 9, LANGUAGE_VI,
		"speaking.csv, hàng 2, minutes: phải là số nguyên từ 1 đến 240 («0»)");
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
	is_described(&msg_plan_checklist);
	is_described(&msg_plan_tasks);
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
	plan_command(folder->plan, &run, 1, &command);
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
static void starts_are(struct folder *folder, const uint64_t *minutes, size_t n)
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
	starts_are(folder, (uint64_t[]){1395, 1455, 1470, 1800}, 4);
	put(folder, "agenda.csv",
		"id,kind,title,start,minutes,fixed_end\n"
		"1,report,A,23:00,,\n"
		"2,break,B,23:50,,00:10\n"
		"3,report,C,00:10,20,\n");
	starts_are(folder, (uint64_t[]){1380, 1430, 1450}, 3);
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
		"4,closing,D,2023-03-28,08:00,\n");
	starts_are(folder, (uint64_t[]){840, 1920, 1980, 399 * 1440 + 480}, 4);
	put(folder, "agenda.csv",
		"id,kind,title,day,start,minutes\n"
		"1,report,A,2022-02-21,14:00,60\n"
		"2,report,B,2022-02-24,08:00,60\n"
		"3,report,C,2022-02-23,09:00,20\n"
		"4,report,D,2022-02-30,09:00,20\n"
		"5,report,E,2022-02-24,,20\n"
		"6,closing,F,2023-03-29,08:00,\n");
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

/* As the regions of meeting.json follow each other; within one, as the rows do. */
static void sites_are_gathered_by_region(void **state)
{
	static const char *const shown[] = {"c", "a", "d", "trung-tam", "b"};
	struct folder *folder = *state;
	put(folder, "meeting.json",
		"{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"state\",\"host\":\"UBND tỉnh\","
		"\"title_lines\":[\"HỘI NGHỊ\"],\"date\":\"2022-02-22\",\"utc_offset\":420,"
		"\"place\":\"Hội trường "
		"A\",\"main_site\":\"trung-tam\",\"regions\":[\"Nam\",\"Bắc\"]}");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"a,A,A,Bắc,remote,camera\nc,C,C,Nam,remote,camera\nd,D,D,Bắc,remote,camera\n"
		"trung-tam,Trung tâm,TT,Bắc,main,camera voice\nb,B,B,Bắc,remote,camera\n");
	put(folder, "agenda.csv", "id,kind,title\n01,opening,Khai mạc\n");
	put(folder, "speaking.csv", "list,site,unit,topic,minutes\n");
	assert_int_equal(load(folder), 0);
	assert_int_equal(folder->plan->sites.n_sites, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(folder->plan->sites.sites[i].id, shown[i]);
	}
	assert_int_equal(plan_site_number(folder->plan, 3), 1); /* the main venue's */
	assert_int_equal(plan_site_number(folder->plan, 0), 2);
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
	static const char *const names[] = {"c", "d", "e", "e-year", "e-year-end"};
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

/* ---- names ---- */

static void what_looks_alike_is_one_name(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tra-on,Tra\xcc\x80  \xc3\x94n\xc2\xa0,TRAON,Huye\xcc\xa3\xcc\x82n,remote,"
		"camera voice\n" /* NFD; two spaces, a no-break space */
		"tinh,Tỉnh,TINH,\"Tỉnh\xc2\xa0\",main,camera content voice\n");
	faults_are(folder, "");
	assert_string_equal(folder->plan->sites.sites[1].name, "Trà Ôn");
	assert_string_equal(folder->plan->sites.sites[1].region, "Huyện");
	put(folder, "sites.json",
		"{\"sites\":[{\"id\":\"tinh\",\"name\":\"Ti\\u0309nh\","
		"\"code\":\"T\",\"region\":\"Tỉnh\",\"kind\":\"main\","
		"\"sources\":[\"camera\",\"voice\"]},"
		"{\"id\":\"tra-on\",\"name\":\"  TỈNH \",\"code\":\"U\","
		"\"region\":\"Tỉnh\",\"kind\":\"remote\",\"sources\":[]}]}");
	put(folder, "sites.csv", NULL);
	faults_are(folder, "sites.json 2 name duplicate\n");
}

static void texts_that_deceive_are_refused(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources,contact\n"
		"tra-on,\"\xe2\x80\x83 \xc2\xa0\",TRAON,Huyện,remote,voice,\"Văn\nphòng\"\n"
		"tinh,T\xe2\x80\xaeỉnh,TINH,Tỉnh,main,camera voice,Tr\xe2\x80\x8bực\n"
		"x,Ä\xc2\x90iá»\xc2\x83m cáº§u,XA,Huyện,remote,voice,\n"
		"y,H?i ngh?,Y,Huyện,remote,voice,\n");
	faults_are(folder, "sites.csv 2 name blank\n"
			   "sites.csv 2 contact line_break\n"
			   "sites.csv 3 name invisible\n"
			   "sites.csv 3 contact invisible\n"
			   "sites.csv 4 name garbled\n"); /* and no line for each row below */
}

static void numbers_as_ids_keep_two_digits(void **state)
{
	struct folder *folder = *state;
	put(folder, "agenda.csv",
		"id,kind,title,lists\n1,discussion,Thảo luận,1\n02,break,Nghỉ,\n010,other,Tiếp,2 "
		"3\n");
	put(folder, "speaking.csv", "list,site,unit,minutes\n01,tinh,A,5\n003,tinh,A,5\n");
	faults_are(folder, "");
	assert_string_equal(folder->plan->agenda.items[0].id, "01");
	assert_string_equal(folder->plan->agenda.items[2].id, "10");
	assert_string_equal(folder->plan->speaking.turns[1].list, "03");
	put(folder, "agenda.csv", "id,kind,title,lists\n1,discussion,A,1\n01,other,B,3\n");
	faults_are(folder, "agenda.csv 3 id duplicate\n");
}

/* ---- all in one go ---- */

static void only_what_may_be_in_a_damaged_row_is_not_judged(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tinh,Tỉnh,TINH,Tỉnh,main,camera voice\n"
		"tra-on,Trà \"Ôn\",TRAON,Huyện,remote,camera voice\n"
		"long-ho,Long Hồ,,Huyện,remote,camera\n");
	put(folder, "speaking.csv",
		"list,site,unit,minutes\nthao-luan,tra-on,A,5\nkhac,on,A,5\nkhac,long-ho,B,5\n");
	faults_are(folder, "sites.csv 3  csv_quote\n"
			   "sites.csv 4 code missing\n"
			   "speaking.csv 3 site unknown_site\n");
	put(folder, "sites.csv", NULL);
	put(folder, "sites.json", "{\"sites\": [{\"id\": \"tinh\" \"tra-on\"");
	faults_are(folder, "sites.json 1  not_json\n"
			   "speaking.csv 3 site unknown_site\n"
			   "speaking.csv 4 site unknown_site\n");
}

static void a_column_is_one_line(void **state)
{
	struct folder *folder = *state;
	put(folder, "sites.csv",
		"id,name,code,region,kind\ntinh,Tỉnh,TINH,Tỉnh,main,camera voice\n"
		"tra-on,Trà Ôn,TRAON,Huyện,remote,voice\n");
	put(folder, "agenda.csv", "id,kind,title\n1,discussion,Thảo luận\n");
	put(folder, "speaking.csv", "Tham luận|tinh|A|5\nkhac|tinh|B|5\n");
	faults_are(folder, "sites.csv 1 sources missing_column\n"
			   "sites.csv 2  csv_cells\n"
			   "speaking.csv 1  no_titles\n");
	put(folder, "speaking.csv", speaking_csv);
	put(folder, "sites.csv", sites_csv);
	faults_are(folder, "agenda.csv 0 lists no_lists\n");
	put(folder, "agenda.csv", agenda_csv);
	put(folder, "speaking.csv", "list,site,unit,minutes\n");
	put(folder, "sites.csv", "id,name,code,region,kind,sources\r\n,,,,,\r\n");
	faults_are(folder, "sites.csv 0  no_rows\n");
}

static void put_bytes(struct folder *folder, const char *name, const void *bytes, size_t size)
{
	char path[96];
	snprintf(path, sizeof(path), "%s/%s", folder->path, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static void files_of_other_kinds_are_named(void **state)
{
	static const char workbook[] = "PK\3\4\0\0sites";
	static const char wide[] = "l\0i\0s\0t\0\t\0s\0i\0t\0e\0\t\0u\0n\0i\0t\0\t\0m\0i\0n\0"
				   "u\0t\0e\0s\0\n\0k\0h\0a\0c\0\t\0t\0i\0n\0h\0\t\0\x10\1"
				   "\t\0"
				   "9\0";
	struct folder *folder = *state;
	put_bytes(folder, "speaking.csv", wide, sizeof(wide) - 1);
	faults_are(folder, "");
	assert_string_equal(folder->plan->speaking.turns[0].unit, "Đ");
	put_bytes(folder, "sites.csv", workbook, sizeof(workbook));
	put(folder, "agenda.csv", "\xef\xbb\xbf\r\n");
	put(folder, "speaking.csv", "sep=;\r\nlist;site;unit;minutes\r\nkhac;tinh;A;5\r\n");
	faults_are(folder, "sites.csv 0  file_workbook\nagenda.csv 0  file_empty\n");
	put(folder, "sites.csv", NULL);
	put_bytes(folder, "sites.xlsx", workbook, sizeof(workbook));
	put(folder, "agenda.csv", NULL);
	put(folder, "agenda.csv.txt", agenda_csv);
	faults_are(folder, "sites.csv 0  file_other_name\nagenda.csv 0  file_renamed\n");
	put(folder, "sites.xlsx", NULL);
	put(folder, "agenda.csv.txt", NULL);
}

static void a_folder_has_to_be_there(void **state)
{
	struct folder other = {.path = "/tmp/plan-no-such"};
	(void)state;
	faults_are(&other, " 0  folder_missing\n");
	plan_diagnostics_finish(&other.faults);
	strcpy(other.path, "/proc/self/exe");
	faults_are(&other, " 0  folder_no_folder\n");
	plan_diagnostics_finish(&other.faults);
	strcpy(other.path, "/tmp/plan-XXXXXX");
	assert_non_null(mkdtemp(other.path));
	faults_are(&other, " 0  folder_empty\n");
	plan_diagnostics_finish(&other.faults);
	assert_int_equal(rmdir(other.path), 0);
}

/* ---- notes ---- */

static void put_look(struct folder *folder, const char *form, const char *theme)
{
	char text[512];
	snprintf(text, sizeof(text),
		"{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"%s\",%s\"host\":\"UBND\","
		"\"title_lines\":[\"HỘI NGHỊ\"],\"date\":\"2022-02-22\",\"utc_offset\":420,"
		"\"place\":\"A\",\"main_site\":\"tinh\",\"regions\":[\"Tỉnh\",\"Huyện\"]}",
		form, theme);
	put(folder, "meeting.json", text);
}

static enum card_theme look_of(struct folder *folder, const char *form, const char *theme)
{
	static struct command command;
	struct plan_run run = {.meeting = "test", .speed = 1};
	put_look(folder, form, theme);
	faults_are(folder, "");
	assert_true(plan_command(folder->plan, &run, 0, &command));
	assert_int_equal(command.name, CMD_MEETING_CREATE);
	assert_true(command.meeting_create.has_theme);
	return command.meeting_create.theme;
}

/* What the cards in the halls look like is chosen, or follows the form; another word is a fault. */
static void a_plan_has_a_theme(void **state)
{
	struct folder *folder = *state;
	assert_int_equal(look_of(folder, "state", ""), CARD_THEME_STATE);
	assert_int_equal(look_of(folder, "party", ""), CARD_THEME_STATE);
	assert_int_equal(look_of(folder, "neutral", ""), CARD_THEME_PLAIN);
	assert_int_equal(look_of(folder, "state", "\"theme\":\"plain\","), CARD_THEME_PLAIN);
	assert_int_equal(look_of(folder, "neutral", "\"theme\":\"state\","), CARD_THEME_STATE);
	put_look(folder, "state", "\"theme\":\"red\",");
	faults_are(folder, "meeting.json 0 theme unknown_word\n");
}

static void notes_stand_beside_the_faults(void **state)
{
	static char found[8192];
	struct folder *folder = *state;
	put(folder, "meeting.json",
		"{\"version\":1,\"name\":\"Hội nghị\",\"form\":\"state\",\"host\":\"UBND\","
		"\"title_lines\":[\"HỘI NGHỊ\",\"{sites}\"],\"date\":\"2022-02-22\","
		"\"utc_offset\":7,\"place\":\"A\",\"main_site\":\"tinh\","
		"\"regions\":[\"Tỉnh\",\"Huyện\",\"Xã\"]}");
	put(folder, "sites.csv",
		"id,name,code,region,kind,sources\n"
		"tinh,Tỉnh,TINH,Tỉnh,main,content\n"
		"007,Trà Ôn,MAR10,Huyện,remote,camera\n");
	put(folder, "agenda.csv",
		"id,kind,title,start,minutes,fixed_end,lists\n"
		"1,report,Báo cáo,07:30,30,,bao-cao\n"
		"2,discussion,Thảo luận,08:00,20,08:30,thao-luan\n"
		"3,other,Gợi ý,,,,\n");
	put(folder, "speaking.csv",
		"list,site,unit,minutes\nbao-cao,tinh,A,200\nthao-luan,007,B,15\n"
		"thao-luan,tinh,C,10\n");
	put(folder, "documents.csv",
		"title,due,unit\nA,2022-02-10,X\nB,1/3/2023,X\nC,2023-03-01,Y\n");
	assert_int_equal(load(folder), PLAN_FAULTY);
	put(folder, "documents.csv",
		"title,due,unit\nA,10/02/2022,X\nB,2023-03-01,X\nC,2023-03-01,Y\n");
	faults_are(folder, "");
	list_faults(folder, true, found);
	assert_string_equal(found, "meeting.json 0 title_lines/2 note_placeholder\n"
				   "meeting.json 0 utc_offset note_offset\n"
				   "meeting.json 0 regions/3 note_region_empty\n"
				   "sites.csv 2 sources note_main_without_camera\n"
				   "sites.csv 2 sources note_main_without_voice\n"
				   "sites.csv 3 id note_spreadsheet_id\n"
				   "sites.csv 3 code note_spreadsheet_id\n"
				   "sites.csv 3 sources note_speaker_without_voice\n"
				   "agenda.csv 3 fixed_end note_end_differs\n"
				   "agenda.csv 4 minutes note_no_time\n"
				   "speaking.csv 2 minutes note_turn_long\n"
				   "speaking.csv 3 list note_turns_long\n"
				   "documents.csv 2 due note_date_inferred\n"
				   "documents.csv 3 due note_due_late\n");
}

/* ---- what spreadsheets save ---- */

static void days_have_one_order_in_a_sheet(void **state)
{
	struct folder *folder = *state;
	put(folder, "documents.csv", "title,due,unit\nA,5/6/2021,X\nB,25/6/2021,X\n");
	faults_are(folder, "");
	assert_string_equal(folder->plan->documents.documents[0].due, "2021-06-05");
	put(folder, "documents.csv", "title,due,unit\nA,5/6/2021,X\nB,6/25/21,X\n");
	faults_are(folder, "");
	assert_string_equal(folder->plan->documents.documents[0].due, "2021-05-06");
	put(folder, "documents.csv", "title,due,unit\nA,2/3/2022,X\n"); /* before the 22nd */
	faults_are(folder, "");
	assert_string_equal(folder->plan->documents.documents[0].due, "2022-02-03");
	put(folder, "documents.csv",
		"title,due,unit\nA,5/6/2021,X\nB,6/6/2021,X\nC,ngày 1 tháng 2 năm 2022,X\n");
	faults_are(folder, "documents.csv 2 due date_order\n");
	put(folder, "documents.csv",
		"title,due,unit\nA,########,X\nB,\xc2\xa0 2022-02-10 \xc2\xa0,X\nC,########,X\n");
	faults_are(folder, "documents.csv 2 due csv_narrow\n");
	put(folder, "documents.csv",
		"title,due,unit\nA,25/6/2021,X\nB,6/25/2021,X\nC,1/2/2022,X\n");
	faults_are(folder, "documents.csv 4 due date_order\n");
}

/* ---- ceremonies ---- */

static const char ceremonies_csv[] = "id,kind,title,lists\n01,awards,Khen thưởng,\n"
				     "02,signing,Ký kết,\n03,report,Báo cáo,x\n";

static void acts_are_of_items_of_their_kind(void **state)
{
	struct folder *folder = *state;
	put(folder, "speaking.csv", "list,site,unit,minutes\nx,tinh,A,5\n");
	put(folder, "agenda.csv", ceremonies_csv);
	put(folder, "awards.csv",
		"item,name,recipient\n1,A,collective\n02,B,individual\n09,C,\n01,A,\n"
		"01,D,nobody\n");
	put(folder, "signing.csv", "item,name\n02,A\n01,B\n");
	faults_are(folder, "awards.csv 3 item no_ceremony\n"
			   "awards.csv 4 item unknown_item\n"
			   "awards.csv 5 name duplicate\n"
			   "awards.csv 6 recipient unknown_word\n"
			   "signing.csv 3 item no_ceremony\n");
	put(folder, "awards.csv",
		"item,name,office,recipient,award,giver\n01,Tổ 1,,collective,Giấy khen,UBND\n"
		"01,Tổ 1,Tổ trưởng,individual,,\n");
	put(folder, "signing.csv", "item,name,office\n02,Bên A,Trưởng ban\n02,Bên B,\n");
	faults_are(folder, "");
	assert_int_equal(folder->plan->awards.n_awards, 2);
	assert_string_equal(folder->plan->awards.awards[0].giver, "UBND");
	assert_int_equal(folder->plan->awards.awards[1].recipient, RECIPIENT_INDIVIDUAL);
	assert_string_equal(folder->plan->signing.parties[0].office, "Trưởng ban");
}

static void what_an_item_of_a_kind_lacks_is_noted(void **state)
{
	static char found[8192];
	struct folder *folder = *state;
	put(folder, "speaking.csv", "list,site,unit,minutes\ny,tinh,A,5\n");
	put(folder, "agenda.csv",
		"id,kind,title,minutes,lists\n01,awards,Khen thưởng,5,\n02,signing,Ký kết,5,\n"
		"03,report,Báo cáo,5,x\n04,remarks,Phát biểu,5,\n05,signing,Ký,5,\n"
		"06,report,Báo cáo,5,y\n");
	put(folder, "signing.csv", "item,name\n05,A\n");
	faults_are(folder, "");
	list_faults(folder, true, found);
	assert_string_equal(found, "agenda.csv 2 kind note_no_acts\n"
				   "agenda.csv 3 kind note_no_acts\n"
				   "agenda.csv 4 kind note_no_speaker\n"
				   "agenda.csv 5 kind note_no_speaker\n"
				   "agenda.csv 6 kind note_one_party\n");
	put(folder, "speaking.csv", "list,site,unit,minutes\ny,long-ho,A,5\nx,tinh,A,5\n");
	assert_int_equal(load(folder), 0);
	list_faults(folder, true, found);
	assert_non_null(strstr(found, "agenda.csv 7 kind note_report_without_content\n"));
}

static void copy_file(const char *from, struct folder *folder, const char *name)
{
	char path[300], *bytes = NULL;
	size_t size = 0;
	snprintf(path, sizeof(path), "%s/%s", from, name);
	int r = file_read(path, PLAN_FILE_BYTES_MAX, &bytes, &size);
	if (r == 0) {
		put_bytes(folder, name, bytes, size);
	}
	free(bytes);
}

static void copy_parts(const char *from, struct folder *folder, const char *ending)
{
	static const char *const names[] = {"meeting", "sites", "agenda", "speaking", "awards",
		"signing", "documents", "votes", "checklist", "tasks"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[32];
		snprintf(name, sizeof(name), "%s.%s", names[i], ending);
		copy_file(from, folder, name);
	}
}

static void same_commands(const struct plan *one, const struct plan *other)
{
	static struct command left, right;
	const struct plan_run run = {.meeting = "m1", .speed = 1};
	size_t i = 0;
	bool more;
	do {
		more = plan_command(one, &run, i, &left);
		assert_int_equal(plan_command(other, &run, i, &right), more);
		assert_memory_equal(&left, &right, sizeof(left));
		i++;
	} while (more);
	assert_true(i > 10);
}

/* How many were looked at: none where a program has not saved this plan. */
static size_t same_meeting(struct folder *folder, const char *program, const char *name)
{
	char saved[200], delivered[64];
	struct stat facts;
	snprintf(saved, sizeof(saved), "tests/unit/plan/saved/%s/%s", program, name);
	snprintf(delivered, sizeof(delivered), "deploy/plans/%s", name);
	if (stat(saved, &facts) < 0) {
		return 0;
	}
	static const char *const parts[] = {"sites", "agenda", "speaking", "awards", "signing",
		"documents", "votes", "checklist", "tasks"};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char file[32];
		snprintf(file, sizeof(file), "%s.csv", parts[i]);
		put(folder, file, NULL);
		snprintf(file, sizeof(file), "%s.json", parts[i]);
		put(folder, file, NULL);
	}
	copy_parts(delivered, folder, "json");
	copy_file(delivered, folder, "checklist.csv"); /* as they are: no program has saved them */
	copy_file(delivered, folder, "tasks.csv");
	copy_parts(saved, folder, "csv");
	faults_are(folder, "");
	struct plan *plan = load_delivered(delivered);
	same_commands(plan, folder->plan);
	plan_destroy(plan);
	return 1;
}

static void saved_untouched_is_the_same_meeting(void **state)
{
	static const char *const programs[] = {"excel-vi", "excel-en", "excel-vi-one-column",
		"excel-en-one-column", "excel-unicode-text", "libreoffice-vi", "libreoffice-en"};
	static const char *const names[] = {"a", "b", "c", "d", "e", "e-year-end"};
	size_t n = 0;
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			n += same_meeting(*state, programs[i], names[j]);
		}
	}
	assert_int_equal(n, 31); /* see saved/README.md */
}

/* ---- what was understood ---- */

static void is_understood_as_looked_at(const char *ending, enum language language)
{
	char path[64], *expected = NULL, *said = NULL;
	size_t size = 0, length = 0;
	struct plan *plan = load_delivered("deploy/plans/b");
	FILE *to = open_memstream(&said, &length);
	plan_print_outline(plan, language, to);
	assert_int_equal(fclose(to), 0);
	snprintf(path, sizeof(path), "tests/unit/plan/outline.%s", ending);
	assert_int_equal(file_read(path, PLAN_FILE_BYTES_MAX, &expected, &size), 0);
	assert_string_equal(said, expected);
	free(said);
	free(expected);
	plan_destroy(plan);
}

static void the_meeting_is_told_as_understood(void **state)
{
	(void)state;
	is_understood_as_looked_at("vi", LANGUAGE_VI);
	is_understood_as_looked_at("en", LANGUAGE_EN);
}

static void said_of(struct folder *folder, char said[static 4096])
{
	faults_are(folder, "");
	FILE *to = fmemopen(said, 4096, "w");
	plan_print_outline(folder->plan, LANGUAGE_EN, to);
	fclose(to);
}

static void times_are_told_as_far_as_they_are_known(void **state)
{
	static char said[4096];
	struct folder *folder = *state;
	put(folder, "agenda.csv",
		"id,kind,title,day,start,minutes,lists\n"
		"1,report,Báo cáo,,,20,khac\n2,break,Nghỉ,,9h,,thao-luan\n"
		"3,report,Hôm sau,23/2/2022,8h,20,\n");
	said_of(folder, said);
	assert_non_null(strstr(
		said, "\n               01  Báo cáo · 20 minutes · khac: turns 1, 7 minutes\n"));
	assert_non_null(
		strstr(said, "\n  09:00        02  Nghỉ · thao-luan: turns 1, 10 minutes\n"));
	assert_non_null(strstr(said, "\n  2022-02-23:\n  08:00–08:20  03  Hôm sau · 20 minutes\n"));
}

/* ---- the ten looked at: what check says of a broken plan, in full ---- */

static void says_as_looked_at(const char *name, const char *ending, enum language language)
{
	char path[200], *expected = NULL, sentence[PLAN_SENTENCE_SIZE];
	static char said[16384];
	size_t size = 0, at = 0;
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	snprintf(path, sizeof(path), "tests/unit/plan/broken/%s.%s", name, ending);
	assert_int_equal(file_read(path, sizeof(said), &expected, &size), 0);
	snprintf(path, sizeof(path), "tests/unit/plan/broken/%s", name);
	assert_int_equal(plan_load(path, &plan, &faults), PLAN_FAULTY);
	said[0] = '\0';
	for (size_t i = 0; i < faults.n; i++) {
		plan_diagnostic_sentence(&faults.list[i], language, sentence);
		at += printable(said + at, sizeof(said) - at, sentence);
		strcpy(said + at, "\n");
		at += 1;
	}
	assert_string_equal(said, expected);
	free(expected);
	plan_diagnostics_finish(&faults);
}

static void broken_plans_are_told_as_looked_at(void **state)
{
	static const char *const names[] = {"capital-names", "columns", "dates", "empty",
		"encodings", "names", "references", "times", "twice", "workbook"};
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		says_as_looked_at(names[i], "vi", LANGUAGE_VI);
		says_as_looked_at(names[i], "en", LANGUAGE_EN);
	}
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
		cmocka_unit_test_setup_teardown(votes_are_prepared, set_up, tear_down),
		cmocka_unit_test_setup_teardown(votes_that_nobody_can_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_preparation_is_checked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(films_have_a_player, set_up, tear_down),
		cmocka_unit_test_setup_teardown(columns_are_judged_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files_must_be_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_topics_fit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_can_be_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_say_what_belongs_there, set_up, tear_down),
		cmocka_unit_test(every_field_of_a_plan_is_described),
		cmocka_unit_test_setup_teardown(many_faults_are_counted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(becomes_commands, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_turn_names_its_speaker, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sites_are_gathered_by_region, set_up, tear_down),
		cmocka_unit_test(plan_a_is_sound),
		cmocka_unit_test(plan_b_is_sound),
		cmocka_unit_test(other_plans_are_sound),
		cmocka_unit_test(papers_are_owed_by_a_day),
		cmocka_unit_test_setup_teardown(what_looks_alike_is_one_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(texts_that_deceive_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers_as_ids_keep_two_digits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			only_what_may_be_in_a_damaged_row_is_not_judged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_column_is_one_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files_of_other_kinds_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_folder_has_to_be_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_plan_has_a_theme, set_up, tear_down),
		cmocka_unit_test_setup_teardown(notes_stand_beside_the_faults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_have_one_order_in_a_sheet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(acts_are_of_items_of_their_kind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_an_item_of_a_kind_lacks_is_noted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			saved_untouched_is_the_same_meeting, set_up, tear_down),
		cmocka_unit_test(the_meeting_is_told_as_understood),
		cmocka_unit_test_setup_teardown(
			times_are_told_as_far_as_they_are_known, set_up, tear_down),
		cmocka_unit_test(broken_plans_are_told_as_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
