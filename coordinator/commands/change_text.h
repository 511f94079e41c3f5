/* A change that a plan asks for, as a line for the person who decides whether it is given. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_CHANGE_TEXT_H
#define DIEMCAU_COORDINATOR_COMMANDS_CHANGE_TEXT_H

#include "coordinator/plan/plan_changes.h"

enum { CHANGE_TEXT_SIZE = 4096 };

/* «sửa mục 01 Báo cáo: thời lượng dự kiến 25 phút». What does not fit is cut. */
void change_text(const struct plan_change *change, enum language language,
	char out[static CHANGE_TEXT_SIZE]);

#endif
