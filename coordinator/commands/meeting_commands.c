#include "coordinator/commands/meeting_commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/find_meeting.h"
#include "coordinator/commands/meeting_archive.h"
#include "coordinator/commands/meeting_choice.h"
#include "coordinator/commands/meeting_export.h"
#include "coordinator/commands/meeting_print.h"
#include "coordinator/commands/meeting_update.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/meeting_begin.h"
#include "coordinator/installation/outline.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/minutes/paper_kinds.h"
#include "proto/system/language.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { MOMENT_SIZE = 40 };

DEFINE_CLEANUP(struct plan *, plan_destroy)

/* ---- list and show ---- */

/* "15/07/2022 08:00", as the meeting's clock showed it. */
static void write_moment(const struct about *about, struct stamp wall, char ret[static MOMENT_SIZE])
{
	int64_t local = wall.ms + (int64_t)about->utc_offset * 60000;
	struct calendar_date date = mtg_date_of_day(local / DAY_MS);
	int64_t minute = local % DAY_MS / 60000;
	snprintf(ret, MOMENT_SIZE, "%02d/%02d/%d %02d:%02d", date.day, date.month, date.year,
		(int)(minute / 60), (int)(minute % 60));
}

static void say_moment(
	const struct about *about, enum text_id text, bool happened, struct stamp wall)
{
	char moment[MOMENT_SIZE];
	if (happened) {
		write_moment(about, wall, moment);
		say_text(stdout, text,
			(const struct text_value[]){{.name = "moment", .text = moment}, {0}});
	}
}

static void list_one(const char *dir, const char *meeting, bool current)
{
	static struct about about;
	struct meeting_place place;
	int r = meeting_place_of(dir, meeting, &place);
	r = r == 0 ? outline_read(place.journal, &about) : r;
	if (r != 0) {
		command_complain(meeting, r);
		return;
	}
	print_line(stdout, "%c %-14s  %s (%s)", current ? '*' : ' ', meeting, about.name,
		label_of_meeting_state(about.state, language_now()));
}

static int list_all(const char *dir)
{
	struct held_meetings meetings;
	char current[MEETING_ID_SIZE] = "";
	int r = held_meetings_list(dir, &meetings);
	if (r < 0) {
		return command_complain(dir, r);
	}
	r = held_meeting_current(dir, current);
	for (size_t i = 0; i < meetings.n; i++) {
		list_one(dir, meetings.ids[i], strcmp(meetings.ids[i], current) == 0);
	}
	bool none = meetings.n == 0;
	held_meetings_finish(&meetings);
	if (none) {
		return meeting_say_none(dir);
	}
	say_text(stdout,
		r == 0 ? TEXT_MEETING_COMMAND_LISTED : TEXT_MEETING_COMMAND_LISTED_NONE_CURRENT,
		(const struct text_value[]){{.name = "dir", .text = dir}, {0}});
	return EXIT_SUCCESS;
}

int meeting_command_list(const char *dir)
{
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	status = status == 0 ? list_all(dir) : status;
	installation_unlock(lock);
	return status;
}

static void show(
	const char *dir, const struct about *about, const struct meeting_place *place, bool current)
{
	print_line(stdout, "%s", about->name);
	say_text(stdout, current ? TEXT_MEETING_COMMAND_CURRENT : TEXT_MEETING_COMMAND_STORED,
		(const struct text_value[]){{.name = "meeting", .text = about->meeting},
			{.name = "state",
				.text = label_of_meeting_state(about->state, language_now())},
			{0}});
	say_text(stdout, TEXT_MEETING_COMMAND_HELD,
		(const struct text_value[]){{.name = "host", .text = about->host},
			{.name = "place", .text = about->place},
			{.name = "date", .text = about->date}, {0}});
	if (about->speed != 1) {
		say_text(stdout, TEXT_MEETING_COMMAND_SPEED,
			(const struct text_value[]){
				{.name = "speed", .number = about->speed}, {0}});
	}
	say_moment(about, TEXT_MEETING_COMMAND_ASSEMBLED, about->assembled_wall.ms > 0,
		about->assembled_wall);
	say_moment(
		about, TEXT_MEETING_COMMAND_OPENED, mtg_was_ever_opened(about), about->opened_wall);
	say_moment(about, TEXT_MEETING_COMMAND_CLOSED, about->was_closed, about->closed_wall);
	say_text(stdout, TEXT_MEETING_COMMAND_FILES,
		(const struct text_value[]){{.name = "folder", .text = place->folder},
			{.name = "dir", .text = dir}, {.name = "meeting", .text = about->meeting},
			{0}});
}

int meeting_command_show(const char *dir, const char *meeting)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "", current[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status == 0) {
		bool has_current = held_meeting_current(dir, current) == 0;
		show(dir, &about, &place, has_current && strcmp(id, current) == 0);
	}
	return status;
}

/* ---- new and use ---- */

/* Whether another meeting may become current: none is assembling or live. */
static int check_idle(const char *dir)
{
	static struct about about;
	char current[MEETING_ID_SIZE];
	struct meeting_place place;
	if (held_meeting_current(dir, current) < 0 || !held_meeting_exists(dir, current) ||
		meeting_place_of(dir, current, &place) < 0) {
		return 0;
	}
	int r = outline_read(place.journal, &about);
	if (r != 0) {
		return command_complain(current, r);
	}
	if (about.state != MEETING_STATE_ASSEMBLING && about.state != MEETING_STATE_LIVE) {
		return 0;
	}
	say_fault(command_program, TEXT_MEETING_COMMAND_UNDER_WAY,
		(const struct text_value[]){{.name = "meeting", .text = current},
			{.name = "title", .text = about.name},
			{.name = "state",
				.text = label_of_meeting_state(about.state, language_now())},
			{0}});
	return EXIT_FAILURE;
}

/* What is to be done before it is seen on the board. */
static void say_next(const char *dir)
{
	say_text(stdout,
		installation_is_served(dir) ? TEXT_MEETING_COMMAND_RESTART
					    : TEXT_MEETING_COMMAND_START,
		(const struct text_value[]){{.name = "dir", .text = dir}, {0}});
}

static int begin(const char *dir, const char *folder, uint32_t speed)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	char meeting[MEETING_ID_SIZE];
	int status = check_idle(dir);
	status = status == 0 ? command_load_plan(folder, &plan) : status;
	if (status != 0) {
		return status;
	}
	struct meeting_beginning beginning = {
		.dir = dir, .folder = folder, .plan = plan, .speed = speed};
	int r = meeting_begin(&beginning, meeting);
	if (r < 0) {
		return command_complain(folder, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_BEGUN,
		(const struct text_value[]){{.name = "meeting", .text = meeting},
			{.name = "title", .text = plan->meeting.name}, {0}});
	say_next(dir);
	return EXIT_SUCCESS;
}

int meeting_command_new(const char *dir, const char *plan, uint32_t speed)
{
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	status = status == 0 ? begin(dir, plan, speed) : status;
	installation_unlock(lock);
	return status;
}

static int use(const char *dir, const char *meeting)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int status = find_meeting(dir, meeting, id, &place, &about);
	status = status == 0 ? check_idle(dir) : status;
	if (status != 0) {
		return status;
	}
	int r = held_meeting_make_current(dir, id);
	if (r < 0) {
		return command_complain(dir, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_USED,
		(const struct text_value[]){{.name = "meeting", .text = id},
			{.name = "title", .text = about.name}, {0}});
	say_next(dir);
	return EXIT_SUCCESS;
}

int meeting_command_use(const char *dir, const char *meeting)
{
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	status = status == 0 ? use(dir, meeting) : status;
	installation_unlock(lock);
	return status;
}

/* ---- update ---- */

int meeting_command_update(const char *dir, const char *plan, bool apply, bool json)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	status = status == 0 ? find_meeting(dir, NULL, id, &place, &about) : status;
	if (status == 0) {
		status = meeting_update(&(struct meeting_update){.dir = dir,
			.place = &place,
			.about = &about,
			.plan = plan,
			.apply = apply,
			.json = json});
	}
	installation_unlock(lock);
	return status;
}

/* ---- export ---- */

int meeting_command_export(const char *dir, const char *meeting, const char *to)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status != 0) {
		return status;
	}
	int r = meeting_export(&place, to);
	if (r != 0) {
		return command_complain(to, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_EXPORTED,
		(const struct text_value[]){
			{.name = "meeting", .text = id}, {.name = "to", .text = to}, {0}});
	return EXIT_SUCCESS;
}

/* ---- print ---- */

static int complain_of_printing(const char *to, const struct print_wanted *wanted, int status)
{
	const struct text_value values[] = {{.name = "to", .text = to},
		{.name = "site", .text = wanted->site ? wanted->site : ""},
		{.name = "paper", .text = paper_name(wanted->kind)}, {0}};
	if (status == MEETING_PRINT_NO_PRINTER) {
		say_fault(command_program, TEXT_MEETING_COMMAND_NO_PRINTER, values);
	} else if (status == -ETIMEDOUT) {
		say_fault(command_program, TEXT_MEETING_COMMAND_PRINT_TOO_LONG, values);
	} else if (status == MEETING_PRINT_NO_SITE) {
		say_fault(command_program, TEXT_MEETING_COMMAND_PRINT_NO_SITE, values);
	} else if (status == MEETING_PRINT_ONE_COPY) {
		say_fault(command_program, TEXT_MEETING_COMMAND_PRINT_ONE_COPY, values);
	} else {
		return command_complain(to, status);
	}
	return EXIT_FAILURE;
}

int meeting_command_print(
	const char *dir, const char *meeting, const struct print_wanted *wanted, const char *to)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status != 0) {
		return status;
	}
	int r = meeting_print(&place, wanted, to);
	if (r != 0) {
		return complain_of_printing(to, wanted, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_PRINTED,
		(const struct text_value[]){{.name = "meeting", .text = id},
			{.name = "paper", .text = paper_name(wanted->kind)},
			{.name = "to", .text = to}, {0}});
	return EXIT_SUCCESS;
}

/* ---- archive ---- */

static int write_archive(const struct meeting_place *place, const char *meeting, const char *file)
{
	int r = meeting_archive(place, file);
	if (r != 0) {
		return command_complain(file, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_ARCHIVED,
		(const struct text_value[]){
			{.name = "meeting", .text = meeting}, {.name = "file", .text = file}, {0}});
	return EXIT_SUCCESS;
}

int meeting_command_archive(const char *dir, const char *meeting, const char *file)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status != 0 || about.state == MEETING_STATE_CLOSED) {
		return status == 0 ? write_archive(&place, id, file) : status;
	}
	say_fault(command_program, TEXT_MEETING_COMMAND_NOT_CLOSED,
		(const struct text_value[]){{.name = "meeting", .text = id},
			{.name = "state",
				.text = label_of_meeting_state(about.state, language_now())},
			{0}});
	return EXIT_FAILURE;
}

int meeting_command_add(const char *dir, const char *file)
{
	char meeting[MEETING_ID_SIZE] = "";
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	int r = status == 0 ? meeting_take_archive(dir, file, meeting) : 0;
	installation_unlock(lock);
	if (status != 0 || r != 0) {
		return status != 0 ? status : meeting_complain_of_archive(file, meeting, r);
	}
	say_text(stdout, TEXT_MEETING_COMMAND_ADDED,
		(const struct text_value[]){
			{.name = "meeting", .text = meeting}, {.name = "dir", .text = dir}, {0}});
	return EXIT_SUCCESS;
}
