/*
 * See import_command.h. The plan as it would be is made in a folder of its own and checked there as
 * any plan is, so what is shown before is what will be.
 */
#include "coordinator/commands/import_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/imported_plan.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/import/import.h"
#include "coordinator/import/import_print.h"
#include "coordinator/import/import_words.h"
#include "coordinator/plan/plan_files.h"
#include "proto/system/language.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum { FILE_NAME_SIZE = 32 };

DEFINE_CLEANUP(struct import *, import_destroy)
DEFINE_CLEANUP(struct plan *, plan_destroy)

static int complain_of(enum text_id text, const char *name)
{
	say_fault(command_program, text,
		(const struct text_value[]){{.name = "name", .text = name}, {0}});
	return EXIT_FAILURE;
}

/* ---- reading ---- */

bool import_command_corrects(const char *text)
{
	struct import_correction correction;
	return import_correction_read(text, &correction);
}

static void take_corrections(struct import *import, const char *const *corrections)
{
	for (; *corrections; corrections++) {
		import_correct(import, *corrections); /* each is one: import_command_corrects */
	}
}

static int take_files(struct import *import, const char *const *files)
{
	for (; *files; files++) {
		int r = import_file(import, *files);
		if (r == -EFBIG || r > 0) {
			return complain_of(import_fault_text(r > 0 ? r : SHEETS_TOO_LARGE), *files);
		}
		if (r < 0) {
			return command_complain(*files, r);
		}
	}
	const char *unused = import_correction_unused(import);
	return unused ? complain_of(TEXT_IMPORT_CORRECTION_UNUSED, unused) : EXIT_SUCCESS;
}

/* ---- the plan as it would be ---- */

/* Faults and notes of the plan in the folder. 0, PLAN_FAULTY or -ENOMEM. */
static int check_plan(const char *folder)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan cleanup(plan_destroy) = NULL;
	int r = plan_load(folder, &plan, &faults);
	for (size_t i = 0; i < faults.n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults.list[i], language_now(), sentence);
		print_line(stdout, "! %s", sentence);
	}
	plan_diagnostics_finish(&faults);
	return r;
}

/* Makes the plan beside the one there is, and checks it. As check, or a negative errno. */
static int try_plan(const struct import *import, const char *plan)
{
	struct scratch_folder folder;
	int r = imported_plan_make(import, plan, &folder);
	r = r == 0 ? check_plan(folder.path) : r;
	scratch_folder_remove(&folder);
	return r;
}

/* ---- telling and writing ---- */

static void list_files(const struct import *import, char *list, size_t size)
{
	list[0] = '\0';
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		char name[FILE_NAME_SIZE];
		if (import_touches(import, part)) {
			snprintf(name, sizeof(name), "%s.csv", import_part_name(part));
			text_list(list, size, name);
		}
	}
}

static int write_plan(const struct import_order *order, const struct import *import)
{
	int r = atomic_file_make_folder(order->plan);
	r = r == 0 ? imported_plan_write(import, order->plan) : r;
	return r == 0 ? EXIT_SUCCESS : command_complain(order->plan, r);
}

static int finish(const struct import_order *order, const struct import *import, bool was_sound)
{
	char files[PLAN_NAMES_SIZE];
	const struct text_value values[] = {
		{.name = "files", .text = files}, {.name = "plan", .text = order->plan}, {0}};
	list_files(import, files, sizeof(files));
	if (files[0] == '\0') {
		say_text(stdout, TEXT_IMPORT_NO_CHANGE, values);
		return EXIT_SUCCESS;
	}
	int sound = try_plan(import, order->plan);
	if (sound < 0) {
		return command_complain(order->plan, sound);
	}
	if (sound != 0 && was_sound) {
		say_fault(command_program, TEXT_IMPORT_WOULD_BE_FAULTY, values);
		return EXIT_FAILURE;
	}
	int status = order->apply ? write_plan(order, import) : EXIT_SUCCESS;
	if (status == EXIT_SUCCESS) {
		say_text(stdout, order->apply ? TEXT_IMPORT_WRITTEN : TEXT_IMPORT_SHOWN, values);
	}
	return status;
}

int import_command(const struct import_order *order)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan cleanup(plan_destroy) = NULL;
	struct import *import cleanup(import_destroy) = NULL;
	int sound = plan_read(order->plan, &plan, &faults);
	plan_diagnostics_finish(&faults);
	import = sound >= 0 ? import_create(plan) : NULL;
	if (!import) {
		return command_complain(order->plan, -ENOMEM);
	}
	take_corrections(import, order->corrections);
	int status = take_files(import, order->files);
	if (status != EXIT_SUCCESS) {
		return status;
	}
	int r = import_merge(import);
	if (r < 0) {
		return command_complain(order->plan, r);
	}
	import_print(import, language_now(), stdout);
	return import->n_tables == 0 ? complain_of(TEXT_IMPORT_NO_TABLE, order->files[0])
				     : finish(order, import, sound == 0);
}
