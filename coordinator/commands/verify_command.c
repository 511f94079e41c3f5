#include "coordinator/commands/verify_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "coordinator/commands/command_folder.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/journal/hash_text.h"
#include "coordinator/journal/verify.h"
#include "proto/system/language.h"
#include "text_copy.h"

static const enum text_id verdicts[] = {
	[JOURNAL_WHOLE] = TEXT_VERIFY_WHOLE,
	[JOURNAL_WITHOUT_HASHES] = TEXT_VERIFY_WITHOUT_HASHES,
	[JOURNAL_CHANGED_FILE] = TEXT_VERIFY_CHANGED_FILE,
	[JOURNAL_CHANGED_VALUES] = TEXT_VERIFY_CHANGED_VALUES,
	[JOURNAL_CHANGED_ANSWERS] = TEXT_VERIFY_CHANGED_ANSWERS,
	[JOURNAL_CHANGED_ENTRY] = TEXT_VERIFY_CHANGED_ENTRY,
	[JOURNAL_MISSING_ENTRY] = TEXT_VERIFY_MISSING_ENTRY,
	[JOURNAL_OTHER_HEAD] = TEXT_VERIFY_OTHER_HEAD,
};

/* The journal that is meant: the file, or that of the folder. */
static int find(const char *path, char ret_file[static ATOMIC_FILE_PATH_MAX])
{
	struct stat facts;
	if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
		return atomic_file_path(ret_file, path, "journal.sqlite");
	}
	return text_copy(ret_file, ATOMIC_FILE_PATH_MAX, path) ? 0 : -ENAMETOOLONG;
}

static void tell_head(const struct journal_verification *found)
{
	struct hash_text head = hash_text(found->head);
	say_text(stdout, TEXT_VERIFY_HEAD,
		(const struct text_value[]){{.name = "hash", .text = head.text}, {0}});
	if (found->found > 0) {
		say_text(stdout, TEXT_VERIFY_HEAD_FOUND,
			(const struct text_value[]){{.name = "seq", .number = found->found}, {0}});
	}
}

static int tell(const char *file, const char *head, const struct journal_verification *found)
{
	const struct text_value values[] = {{.name = "path", .text = file},
		{.name = "hash", .text = head}, {.name = "seq", .number = found->seq},
		{.name = "entries", .number = found->entries}, {0}};
	if (found->verdict != JOURNAL_WHOLE) {
		say_fault(command_program, verdicts[found->verdict], values);
		return EXIT_FAILURE;
	}
	say_text(stdout, verdicts[found->verdict], values);
	tell_head(found);
	return EXIT_SUCCESS;
}

int verify_command(const char *path, const char *head)
{
	char file[ATOMIC_FILE_PATH_MAX];
	uint8_t wanted[JOURNAL_HASH_BYTES];
	struct journal_verification found;
	if (head && !hash_text_read(head, wanted)) {
		say_fault(command_program, TEXT_VERIFY_NO_HASH, NULL);
		return EXIT_FAILURE;
	}
	int r = find(path, file);
	if (r == 0) {
		r = journal_verify(file, head ? wanted : NULL, &found);
	}
	return r == 0 ? tell(file, head, &found) : command_complain(path, r);
}
