#include "tests/unit/coordinator/small_plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void small_plan_dir_make(struct small_plan_dir *place)
{
	snprintf(place->dir, sizeof(place->dir), "/tmp/diemcau-small-XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	snprintf(place->journal, sizeof(place->journal), "%s/meeting.sqlite", place->dir);
}

void small_plan_dir_remove(const struct small_plan_dir *place)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s%s", place->journal, ends[i]);
		unlink(path);
	}
	rmdir(place->dir);
}

struct command small_plan_meeting(void)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_MEETING_CREATE;
	struct cmd_meeting_create *made = &command.meeting_create;
	snprintf(made->meeting, sizeof(made->meeting), "test");
	snprintf(made->name, sizeof(made->name), "Test");
	snprintf(made->host, sizeof(made->host), "Host");
	snprintf(made->place, sizeof(made->place), "Place");
	snprintf(made->date, sizeof(made->date), "2022-07-15");
	made->form = DOCUMENT_FORM_PARTY;
	made->speed = 1;
	return command;
}

struct command small_plan_hall(void)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_ADD;
	struct cmd_site_add *site = &command.site_add;
	snprintf(site->site, sizeof(site->site), "hall");
	snprintf(site->name, sizeof(site->name), "Hall");
	snprintf(site->short_code, sizeof(site->short_code), "HAL");
	snprintf(site->region, sizeof(site->region), "South");
	site->number = 1;
	site->kind = SITE_KIND_REMOTE;
	return command;
}
