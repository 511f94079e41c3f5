/*
 * Whether the days of a sheet are written day first (10/06/2022 for 10 June) or month first: one
 * sheet has one order, which its dates tell together. Pure.
 *
 * A day above 12 decides. Without one, what is likely does: papers are due in the month before the
 * meeting, its items lie on its days. The order in which a date of the sheet falls there is taken,
 * if the other has none.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_DATE_ORDER_H
#define DIEMCAU_COORDINATOR_PLAN_DATE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/plan/cell_value.h"

enum date_order_word {
	DATE_ORDER_UNKNOWN,
	DATE_ORDER_DAY_FIRST,
	DATE_ORDER_MONTH_FIRST,
};

/* All zeroes, with the likely days (calendar.h) if there are such. */
struct date_order {
	bool has_likely;
	int64_t first_likely;
	int64_t last_likely;
	bool must_be[3]; /* by date_order_word: a date is none in the other order */
	bool likely[3]; /* a date is among the likely days */
};

void date_order_note(struct date_order *order, const struct cell_date *date);

/* After all dates were noted. */
enum date_order_word date_order_decide(const struct date_order *order);

/* Whether likeliness, not a date of the sheet, has decided. */
bool date_order_is_inferred(const struct date_order *order);

/* Can be read in two ways, which name two days. */
bool date_order_matters(const struct cell_date *date);

/*
 * The date in this order into ret_text as YYYY-MM-DD; in its own where it can be read in one way
 * only.
 */
void date_order_write(const struct cell_date *date, enum date_order_word order,
	char ret_text[static CELL_DATE_SIZE]);

#endif
