/* The folder of a plan: whether it is one, and files that lie there under another name. */
#ifndef DIEMCAU_COORDINATOR_PLAN_FOLDER_H
#define DIEMCAU_COORDINATOR_PLAN_FOLDER_H

#include "coordinator/plan/diagnostics.h"

/* PLAN_FOLDER_…, or PLAN_DIAGNOSTIC_UNSET where there is at least one file of a plan. */
enum plan_diagnostic_code plan_folder_fault(const char *folder);

/*
 * Whether a file that is not there is there as a spreadsheet (PLAN_FILE_OTHER_NAME: sites.xlsx) or
 * under a name that Windows or a person gave it (PLAN_FILE_RENAMED: sites.csv.txt, Sites.CSV); the
 * name into ret_name. PLAN_DIAGNOSTIC_UNSET: neither.
 */
enum plan_diagnostic_code plan_folder_find_other(
	const char *folder, const char *file, char ret_name[static PLAN_TEXT_SIZE]);

#endif
