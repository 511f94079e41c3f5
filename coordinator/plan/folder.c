/* See folder.h. */
#include "coordinator/plan/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "text_copy.h"

static bool is_among(const char *text, const char *const *words)
{
	while (*words && strcasecmp(*words, text) != 0) {
		words++;
	}
	return *words;
}

static const char *const part_names[] = {"meeting", "sites", "agenda", "speaking", "awards",
	"signing", "documents", "votes", "checklist", "tasks", NULL};

/* sites.csv, Sites.xlsx, agenda.json.txt: behind the name of a part; NULL: something else. */
static const char *ending_of(const char *name)
{
	for (size_t i = 0; part_names[i]; i++) {
		size_t length = strlen(part_names[i]);
		if (strncasecmp(name, part_names[i], length) == 0 && name[length] == '.') {
			return name + length + 1;
		}
	}
	return NULL;
}

static bool is_of_plan(const char *name)
{
	static const char *const endings[] = {"csv", "json", "xlsx", "xls", "xlsm", "ods", "txt",
		"tsv", "csv.txt", "csv.csv", "csv.xlsx", "json.txt", NULL};
	const char *ending = ending_of(name);
	return ending && is_among(ending, endings);
}

/* meeting.json has no spreadsheet. */
static enum plan_diagnostic_code other_of(const char *name, const char *file)
{
	static const char *const sheets[] = {"xlsx", "xls", "xlsm", "ods", "csv.xlsx", NULL};
	static const char *const texts[] = {"txt", "tsv", "csv", "csv.txt", "csv.csv", NULL};
	static const char *const documents[] = {"txt", "json", "json.txt", NULL};
	size_t stem = strcspn(file, ".");
	const char *ending = ending_of(name);
	if (!ending || strncasecmp(name, file, stem + 1) != 0) {
		return PLAN_DIAGNOSTIC_UNSET;
	}
	bool as_json = strcmp(file + stem, ".json") == 0;
	if (!as_json && is_among(ending, sheets)) {
		return PLAN_FILE_OTHER_NAME;
	}
	return is_among(ending, as_json ? documents : texts) ? PLAN_FILE_RENAMED
							     : PLAN_DIAGNOSTIC_UNSET;
}

enum plan_diagnostic_code plan_folder_fault(const char *folder)
{
	DIR *open = opendir(folder);
	if (!open) {
		return errno == ENOTDIR  ? PLAN_FOLDER_NO_FOLDER
		       : errno == ENOENT ? PLAN_FOLDER_MISSING
					 : PLAN_DIAGNOSTIC_UNSET;
	}
	bool found = false;
	for (const struct dirent *entry; !found && (entry = readdir(open));) {
		found = is_of_plan(entry->d_name);
	}
	closedir(open);
	return found ? PLAN_DIAGNOSTIC_UNSET : PLAN_FOLDER_EMPTY;
}

enum plan_diagnostic_code plan_folder_find_other(
	const char *folder, const char *file, char ret_name[static PLAN_TEXT_SIZE])
{
	DIR *open = opendir(folder);
	enum plan_diagnostic_code found = PLAN_DIAGNOSTIC_UNSET;
	for (const struct dirent *entry; open && !found && (entry = readdir(open));) {
		found = other_of(entry->d_name, file);
		text_copy(ret_name, PLAN_TEXT_SIZE, entry->d_name);
	}
	if (open) {
		closedir(open);
	}
	return found;
}
