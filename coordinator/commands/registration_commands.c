#include "coordinator/commands/registration_commands.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/find_meeting.h"
#include "coordinator/engine/clock.h"
#include "coordinator/journal/record.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/people/people_file.h"
#include "coordinator/people/registration_list.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/words/text_fill.h"

DEFINE_CLEANUP(struct meeting *, mtg_destroy)
DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)
DEFINE_CLEANUP(struct people_file *, people_file_close)
DEFINE_CLEANUP(struct registration_list *, registration_list_destroy)

static struct stamp wall_now(void)
{
	struct clock_reading reading = {0};
	(void)clock_read(&reading);
	return reading.wall;
}

/* ---- the meeting as its journal has it ---- */

static int apply(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	(void)entry;
	mtg_apply(user, record);
	return 0;
}

static int read_meeting(const char *journal, struct meeting *meeting)
{
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	int64_t last;
	int r = journal_reader_create(journal, &reader);
	return r == 0 ? replay(reader, 1, apply, meeting, &last) : r;
}

/* ---- people, as the file has them ---- */

struct looking_up {
	struct people_file *file; /* NULL: there is none */
	const struct meeting *meeting;
	const char *digest;
	struct site_people *ret;
};

static int compare(void *user, const struct people_row *row)
{
	struct looking_up *looking_up = user;
	if (strcmp(row->digest, looking_up->digest) == 0) {
		*looking_up->ret = row->people;
	}
	return 0;
}

static void look_up(void *user, int site, struct site_people *ret)
{
	struct looking_up *looking_up = user;
	looking_up->digest = mtg_registration(looking_up->meeting, site)->people;
	looking_up->ret = ret;
	if (looking_up->file && looking_up->digest[0]) {
		people_file_each(looking_up->file, compare, looking_up);
	}
}

static int open_people(const struct meeting_place *place, struct people_file **ret_file)
{
	int r = people_file_read(place->people, ret_file);
	return r == -ENOENT ? 0 : r;
}

/* ---- the list ---- */

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), n = strlen(ending);
	return length > n && strcmp(name + length - n, ending) == 0;
}

static int say_about_file(enum text_id text, const char *file)
{
	say_fault(command_program, text,
		(const struct text_value[]){{.name = "name", .text = file}, {0}});
	return EXIT_FAILURE;
}

static int write_list(const struct registration_list *list, const char *file)
{
	char *bytes = NULL;
	size_t size = 0;
	int r = ends_with(file, ".csv") ? registration_list_csv(list, &bytes, &size)
					: registration_list_xlsx(list, &bytes, &size);
	if (r == 0) {
		r = atomic_file_replace(file, bytes, size);
		memory_wipe(bytes, size);
	}
	free(bytes);
	return r;
}

static int make_list(const struct meeting_place *place, struct meeting *meeting,
	struct registration_list_source *source, struct registration_list **ret_list)
{
	struct people_file *file cleanup(people_file_close) = NULL;
	struct looking_up looking_up = {.meeting = meeting};
	int r = read_meeting(place->journal, meeting);
	r = r == 0 ? open_people(place, &file) : r;
	if (r == 0 && file) {
		r = people_file_forgotten(file, &source->forgotten, &source->forgotten_wall);
	}
	looking_up.file = file;
	source->meeting = meeting;
	source->people_of = look_up;
	source->user = &looking_up;
	source->now = wall_now();
	source->language = language_now();
	return r == 0 ? registration_list_make(source, ret_list) : r;
}

static void say_written(const struct registration_list *list,
	const struct registration_list_source *source, const char *file)
{
	struct attendance attendance;
	mtg_attendance(source->meeting, &attendance);
	say_text(stdout, TEXT_REGISTRATION_WRITTEN,
		(const struct text_value[]){{.name = "name", .text = file},
			{.name = "count", .number = (int64_t)registration_list_rows(list)},
			{.name = "sites", .number = (int64_t)attendance.registered}, {0}});
	if (source->forgotten) {
		char moment[REGISTRATION_MOMENT_SIZE];
		registration_moment(mtg_about(source->meeting), source->forgotten_wall, moment);
		say_text(stdout, TEXT_REGISTRATION_WRITTEN_FORGOTTEN,
			(const struct text_value[]){{.name = "name", .text = file},
				{.name = "date", .text = moment}, {0}});
	}
}

int registration_command_list(const char *dir, const char *meeting, const char *file)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	struct registration_list *list cleanup(registration_list_destroy) = NULL;
	struct registration_list_source source = {0};
	struct meeting *folded cleanup(mtg_destroy) = NULL;
	if (!ends_with(file, ".csv") && !ends_with(file, ".xlsx")) {
		return say_about_file(TEXT_REGISTRATION_KIND, file);
	}
	if (access(file, F_OK) == 0) {
		return say_about_file(TEXT_REGISTRATION_EXISTS, file);
	}
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status != 0) {
		return status;
	}
	folded = mtg_create();
	int r = folded ? make_list(&place, folded, &source, &list) : -ENOMEM;
	if (r != 0) {
		return command_complain(place.folder, r);
	}
	r = write_list(list, file);
	if (r != 0) {
		return command_complain(file, r);
	}
	say_written(list, &source, file);
	return EXIT_SUCCESS;
}

/* ---- erasing ---- */

int registration_command_forget(const char *dir, const char *meeting)
{
	static struct about about;
	char id[MEETING_ID_SIZE] = "";
	struct meeting_place place;
	struct people_file *file cleanup(people_file_close) = NULL;
	bool empty = true, forgotten = false;
	struct stamp wall;
	int status = find_meeting_to_read(dir, meeting, id, &place, &about);
	if (status != 0) {
		return status;
	}
	int r = open_people(&place, &file);
	r = r == 0 && file ? people_file_is_empty(file, &empty) : r;
	r = r == 0 && file ? people_file_forgotten(file, &forgotten, &wall) : r;
	if (r == 0 && !empty) {
		r = people_file_forget(file, wall_now());
	}
	if (r != 0) {
		return command_complain(place.people, r);
	}
	say_text(stdout, empty && !forgotten ? TEXT_REGISTRATION_NOBODY : TEXT_REGISTRATION_ERASED,
		(const struct text_value[]){{.name = "meeting", .text = id}, {0}});
	return EXIT_SUCCESS;
}
