#include "coordinator/commands/meeting_replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/meeting_archive.h"
#include "coordinator/commands/meeting_choice.h"
#include "coordinator/identity/file_digest.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/outline.h"
#include "coordinator/journal/journal_file.h"
#include "proto/system/language.h"
#include "text_copy.h"

/* ---- copying ---- */

static int copy_log(const char *from, const char *to)
{
	char log[ATOMIC_FILE_PATH_MAX + 8], copy[ATOMIC_FILE_PATH_MAX + 8],
		digest[FILE_DIGEST_SIZE];
	snprintf(log, sizeof(log), "%s-wal", from);
	snprintf(copy, sizeof(copy), "%s-wal", to);
	int r = file_digest_copy(log, copy, digest);
	return r == -ENOENT ? 0 : r;
}

/*
 * A journal that nobody writes is copied byte by byte, with the log that a crash may have left:
 * SQLite would fold that into the original.
 */
static int copy_journal(const char *from, const char *to)
{
	char digest[FILE_DIGEST_SIZE];
	if (installation_journal_is_open(from)) {
		return journal_file_copy(from, to);
	}
	int r = file_digest_copy(from, to, digest);
	return r == 0 ? copy_log(from, to) : r;
}

static int copy_from_installation(const struct meeting_replay_choice *choice,
	struct meeting_place *place, char ret_meeting[static MEETING_ID_SIZE])
{
	struct meeting_place original;
	int lock = -1;
	int status = command_open_installation(choice->dir, &lock);
	installation_unlock(lock);
	if (status == 0) {
		status = meeting_choose(choice->dir, choice->meeting, ret_meeting, &original);
	}
	if (status != 0) {
		return status;
	}
	TEXT_COPY(place->documents, original.documents);
	int r = copy_journal(original.journal, place->journal);
	return r == 0 ? 0 : command_complain(original.journal, r);
}

static int unpack(const char *file, const struct meeting_place *place,
	char ret_meeting[static MEETING_ID_SIZE])
{
	int r = meeting_open_archive(file, place, ret_meeting);
	return r == 0 ? 0 : meeting_complain_of_archive(file, ret_meeting, r);
}

/* ---- its life ---- */

static int make_folder(struct meeting_replay *ret)
{
	int r = scratch_folder_make("replay", &ret->folder);
	if (r == 0) {
		r = meeting_place_of_folder(ret->folder.path, &ret->place);
	}
	return r == 0 ? 0 : command_complain("/tmp", r);
}

static int check_closed(const struct meeting_place *place, const char *meeting)
{
	static struct about about;
	int r = outline_read(place->journal, &about);
	if (r != 0) {
		return command_complain(meeting, r);
	}
	if (about.state == MEETING_STATE_CLOSED) {
		return 0;
	}
	say_fault(command_program, TEXT_MEETING_COMMAND_NOT_OVER,
		(const struct text_value[]){{.name = "meeting", .text = meeting},
			{.name = "state",
				.text = label_of_meeting_state(about.state, language_now())},
			{0}});
	return EXIT_FAILURE;
}

int meeting_replay_begin(
	const struct meeting_replay_choice *choice, struct meeting_replay *ret_replay)
{
	struct meeting_place *place = &ret_replay->place;
	char meeting[MEETING_ID_SIZE] = "";
	int status = make_folder(ret_replay);
	if (status != 0) {
		return status;
	}
	status = choice->file ? unpack(choice->file, place, meeting)
			      : copy_from_installation(choice, place, meeting);
	if (status == 0) {
		status = check_closed(place, meeting);
	}
	if (status != 0) {
		meeting_replay_end(ret_replay);
	}
	return status;
}

void meeting_replay_end(struct meeting_replay *replay)
{
	int r = scratch_folder_remove(&replay->folder);
	if (r < 0) {
		command_complain(replay->folder.path, r);
	}
}
