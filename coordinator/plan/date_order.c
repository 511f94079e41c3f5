/* See date_order.h. */
#include "coordinator/plan/date_order.h"

#include "coordinator/meeting/calendar.h"

enum {
	MONTHS = 12,
};

bool date_order_matters(const struct cell_date *date)
{
	return !date->certain && date->first <= MONTHS && date->second <= MONTHS &&
	       date->first != date->second;
}

void date_order_write(const struct cell_date *date, enum date_order_word order,
	char ret_text[static CELL_DATE_SIZE])
{
	bool matters = date_order_matters(date);
	bool day_first =
		matters ? order == DATE_ORDER_DAY_FIRST : !date->certain && date->first > MONTHS;
	cell_write_date(date->year, day_first ? date->second : date->first,
		day_first ? date->first : date->second, ret_text);
}

static bool is_likely(
	const struct date_order *order, const struct cell_date *date, enum date_order_word word)
{
	char text[CELL_DATE_SIZE];
	int64_t day;
	date_order_write(date, word, text);
	return order->has_likely && mtg_parse_date(text, &day) && day >= order->first_likely &&
	       day <= order->last_likely;
}

void date_order_note(struct date_order *order, const struct cell_date *date)
{
	if (date->certain) {
		return;
	}
	order->must_be[DATE_ORDER_DAY_FIRST] |= date->first > MONTHS;
	order->must_be[DATE_ORDER_MONTH_FIRST] |= date->second > MONTHS;
	order->likely[DATE_ORDER_DAY_FIRST] |= is_likely(order, date, DATE_ORDER_DAY_FIRST);
	order->likely[DATE_ORDER_MONTH_FIRST] |= is_likely(order, date, DATE_ORDER_MONTH_FIRST);
}

/* The one of two that holds; neither where both do, or none. */
static enum date_order_word only(const bool holds[3])
{
	if (holds[DATE_ORDER_DAY_FIRST] == holds[DATE_ORDER_MONTH_FIRST]) {
		return DATE_ORDER_UNKNOWN;
	}
	return holds[DATE_ORDER_DAY_FIRST] ? DATE_ORDER_DAY_FIRST : DATE_ORDER_MONTH_FIRST;
}

bool date_order_is_inferred(const struct date_order *order)
{
	return !order->must_be[DATE_ORDER_DAY_FIRST] && !order->must_be[DATE_ORDER_MONTH_FIRST];
}

enum date_order_word date_order_decide(const struct date_order *order)
{
	return only(date_order_is_inferred(order) ? order->likely : order->must_be);
}
