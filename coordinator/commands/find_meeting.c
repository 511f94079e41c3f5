#include "coordinator/commands/find_meeting.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/commands/command_folder.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/outline.h"
#include "proto/system/language.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

int find_meeting_say_none(const char *dir)
{
	say_fault(command_program,
		held_meetings_are_there(dir) ? TEXT_INSTALLATION_NONE_CURRENT
					     : TEXT_INSTALLATION_NO_MEETING,
		(const struct text_value[]){{.name = "dir", .text = dir}, {0}});
	return EXIT_FAILURE;
}

int find_meeting(const char *dir, const char *meeting, char ret_meeting[static MEETING_ID_SIZE],
	struct meeting_place *ret_place, struct about *ret_about)
{
	int r = 0;
	if (!meeting) {
		r = held_meeting_current(dir, ret_meeting);
		if (r == -ENOENT) {
			return find_meeting_say_none(dir);
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
	r = r == 0 ? outline_read(ret_place->journal, ret_about) : r;
	return r == 0 ? 0 : command_complain(ret_meeting[0] ? ret_meeting : dir, r);
}

int find_meeting_to_read(const char *dir, const char *meeting,
	char ret_meeting[static MEETING_ID_SIZE], struct meeting_place *ret_place,
	struct about *ret_about)
{
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	installation_unlock(lock);
	return status == 0 ? find_meeting(dir, meeting, ret_meeting, ret_place, ret_about) : status;
}
