#include "coordinator/commands/find_meeting.h"

#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/meeting_choice.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/outline.h"

int find_meeting(const char *dir, const char *meeting, char ret_meeting[static MEETING_ID_SIZE],
	struct meeting_place *ret_place, struct about *ret_about)
{
	int status = meeting_choose(dir, meeting, ret_meeting, ret_place);
	int r = status == 0 ? outline_read(ret_place->journal, ret_about) : 0;
	return r == 0 ? status : command_complain(ret_meeting, r);
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
