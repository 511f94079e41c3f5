/* Every text of a part in its one form: names folded, ids that spreadsheets take for numbers. */
#ifndef DIEMCAU_COORDINATOR_PLAN_NAME_FORMS_H
#define DIEMCAU_COORDINATOR_PLAN_NAME_FORMS_H

#include "coordinator/plan/part.h"

/*
 * Folds all texts of `value`, a value of the type in memory that may be changed (name_text.h), by
 * the type tables; what cannot be folded is reported, and set to "". Ids of items and lists that
 * are numbers get two digits: 1, which a spreadsheet makes of 01, is 01. 0 or -ENOMEM.
 */
int plan_fold_names(const struct msg_type *type, void *value, const struct plan_part *part,
	struct plan_diagnostics *faults);

#endif
