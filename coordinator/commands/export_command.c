#include "coordinator/commands/export_command.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/import/plan_workbook.h"
#include "proto/system/language.h"
#include "proto/words/text_fill.h"

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct plan *, plan_destroy)

int export_command(const char *folder, const char *file)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	char *bytes cleanup(free) = NULL;
	size_t size;
	int status = command_load_plan(folder, &plan);
	if (status != EXIT_SUCCESS) {
		return status;
	}
	int r = access(file, F_OK) == 0 ? -EEXIST : 0;
	r = r == 0 ? plan_workbook_make(plan, language_now(), &bytes, &size) : r;
	r = r == 0 ? atomic_file_replace(file, bytes, size) : r;
	if (r != 0) {
		return command_complain(file, r);
	}
	say_text(stdout, TEXT_IMPORT_EXPORTED,
		(const struct text_value[]){
			{.name = "file", .text = file}, {.name = "plan", .text = folder}, {0}});
	return EXIT_SUCCESS;
}
