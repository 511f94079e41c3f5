#include "coordinator/commands/meeting_choice.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/archive/archive.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/meeting_archive.h"
#include "proto/system/language.h"
#include "text_copy.h"

int meeting_say_none(const char *dir)
{
	say_fault(command_program,
		held_meetings_are_there(dir) ? TEXT_INSTALLATION_NONE_CURRENT
					     : TEXT_INSTALLATION_NO_MEETING,
		(const struct text_value[]){{.name = "dir", .text = dir}, {0}});
	return EXIT_FAILURE;
}

int meeting_choose(const char *dir, const char *meeting, char ret_meeting[static MEETING_ID_SIZE],
	struct meeting_place *ret_place)
{
	int r = 0;
	if (!meeting) {
		r = held_meeting_current(dir, ret_meeting);
		if (r == -ENOENT) {
			return meeting_say_none(dir);
		}
	} else if (!held_meeting_exists(dir, meeting)) {
		say_fault(command_program, TEXT_MEETING_COMMAND_UNKNOWN,
			(const struct text_value[]){{.name = "meeting", .text = meeting},
				{.name = "dir", .text = dir}, {0}});
		return EXIT_FAILURE;
	} else {
		text_copy(ret_meeting, MEETING_ID_SIZE, meeting);
	}
	r = r == 0 ? meeting_place_of(dir, ret_meeting, ret_place) : r;
	return r == 0 ? 0 : command_complain(meeting ? meeting : dir, r);
}

int meeting_complain_of_archive(const char *file, const char *meeting, int status)
{
	static const struct {
		int status;
		enum text_id text;
	} faults[] = {
		{ARCHIVE_OTHER, TEXT_MEETING_COMMAND_NO_ARCHIVE},
		{ARCHIVE_BAD_NAME, TEXT_MEETING_COMMAND_NO_ARCHIVE},
		{ARCHIVE_TOO_LARGE, TEXT_MEETING_COMMAND_ARCHIVE_TOO_LARGE},
		{ARCHIVE_DAMAGED, TEXT_MEETING_COMMAND_ARCHIVE_CHANGED},
		{MEETING_ARCHIVE_CHANGED, TEXT_MEETING_COMMAND_ARCHIVE_CHANGED},
		{MEETING_ARCHIVE_HELD, TEXT_MEETING_COMMAND_ARCHIVE_HELD},
	};
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		if (faults[i].status == status) {
			say_fault(command_program, faults[i].text,
				(const struct text_value[]){{.name = "file", .text = file},
					{.name = "meeting", .text = meeting}, {0}});
			return EXIT_FAILURE;
		}
	}
	return command_complain(file, status);
}
