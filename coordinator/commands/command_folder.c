#include "coordinator/commands/command_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/installation/data_dir.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/new_folder.h"
#include "proto/system/language.h"
#include "proto/system/printable.h"
#include "text_copy.h"

const char command_program[] = "diemcau-coordinator";

int command_complain(const char *what, int status)
{
	char sentence[PRINTABLE_LINE_MAX];
	if (status == NEW_FOLDER_NOT_EMPTY || status == NEW_FOLDER_UNFINISHED) {
		say_fault(command_program,
			status == NEW_FOLDER_NOT_EMPTY ? TEXT_FOLDER_NOT_EMPTY
						       : TEXT_FOLDER_UNFINISHED,
			(const struct text_value[]){{.name = "name", .text = what}, {0}});
		return EXIT_FAILURE;
	}
	storage_fault_sentence(sentence, sizeof(sentence), what, status);
	print_line(stderr, "%s: %s", command_program, sentence);
	return EXIT_FAILURE;
}

static void tell_fate(void *user, enum earlier_fate fate, const char *name)
{
	const struct text_value values[] = {
		{.name = "name", .text = name}, {.name = "dir", .text = user}, {0}};
	say_text(stderr, earlier_fate_text(fate), values);
}

int command_open_installation(const char *dir, int *ret_lock)
{
	char identity[ATOMIC_FILE_PATH_MAX], folder[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(identity, dir, "identity.json");
	if (r == 0 && access(identity, F_OK) < 0) {
		r = -errno;
	}
	if (r == 0) {
		r = installation_lock_changing(dir, ret_lock);
	}
	if (r == 0 && TEXT_COPY(folder, dir)) {
		r = earlier_layout_take_over(dir, tell_fate, folder);
	}
	return r == 0 ? 0 : command_complain(dir, r);
}

int command_load_plan(const char *folder, struct plan **ret_plan)
{
	struct plan_diagnostics faults = {0};
	int r = plan_load(folder, ret_plan, &faults);
	for (size_t i = 0; i < faults.n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults.list[i], language_now(), sentence);
		print_line(stderr, "%s", sentence);
	}
	plan_diagnostics_finish(&faults);
	return r < 0 ? command_complain(folder, r) : r > 0 ? EXIT_FAILURE : 0;
}
