#include "coordinator/commands/backup_commands.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/commands/command_folder.h"
#include "coordinator/installation/backup.h"
#include "coordinator/installation/data_dir.h"
#include "coordinator/installation/installation_lock.h"
#include "proto/system/language.h"

static int tell_fault(const struct backup_result *result, int status)
{
	static const enum text_id texts[] = {
		[BACKUP_NO_SUMS - BACKUP_NO_SUMS] = TEXT_BACKUP_NO_SUMS,
		[BACKUP_BAD_SUMS - BACKUP_NO_SUMS] = TEXT_BACKUP_BAD_SUMS,
		[BACKUP_CHANGED - BACKUP_NO_SUMS] = TEXT_BACKUP_CHANGED,
		[BACKUP_MISSING - BACKUP_NO_SUMS] = TEXT_BACKUP_MISSING,
		[BACKUP_CUT - BACKUP_NO_SUMS] = TEXT_BACKUP_CUT,
		[BACKUP_UNLISTED - BACKUP_NO_SUMS] = TEXT_BACKUP_UNLISTED,
	};
	if (status < BACKUP_NO_SUMS) {
		return command_complain(result->where, status);
	}
	say_fault(command_program, texts[status - BACKUP_NO_SUMS],
		(const struct text_value[]){{.name = "name", .text = result->where}, {0}});
	return EXIT_FAILURE;
}

/* Which secrets the copy holds: whoever reads them can do as much as with the original. */
static void tell_secrets(const struct backup_result *result, const char *folder)
{
	say_text(stdout,
		result->has_ca_key ? TEXT_BACKUP_SECRETS : TEXT_BACKUP_SECRETS_WITHOUT_CA_KEY,
		(const struct text_value[]){{.name = "folder", .text = folder},
			{.name = "joins", .number = (int64_t)result->join_files}, {0}});
}

int backup_command_make(const char *dir, const char *to)
{
	struct backup_result result;
	int lock = -1;
	int status = command_open_installation(dir, &lock);
	if (status != 0) {
		return status;
	}
	int r = backup_make(dir, to, &result);
	installation_unlock(lock);
	if (r != 0) {
		return tell_fault(&result, r);
	}
	say_text(stdout, TEXT_BACKUP_MADE,
		(const struct text_value[]){{.name = "dir", .text = dir},
			{.name = "to", .text = to},
			{.name = "meetings", .number = (int64_t)result.meetings},
			{.name = "files", .number = (int64_t)result.files}, {0}});
	tell_secrets(&result, to);
	return EXIT_SUCCESS;
}

int backup_command_restore(const char *from, const char *dir)
{
	struct backup_result result;
	int r = backup_restore(from, dir, &result);
	if (r != 0) {
		return tell_fault(&result, r);
	}
	say_text(stdout, TEXT_BACKUP_RESTORED,
		(const struct text_value[]){{.name = "dir", .text = dir},
			{.name = "meetings", .number = (int64_t)result.meetings},
			{.name = "files", .number = (int64_t)result.files}, {0}});
	tell_secrets(&result, dir);
	say_text(stdout, TEXT_BACKUP_START,
		(const struct text_value[]){{.name = "dir", .text = dir}, {0}});
	return EXIT_SUCCESS;
}
