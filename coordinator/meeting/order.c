#include "coordinator/meeting/order.h"

#include <string.h>

void mtg_order_move(int16_t *order, size_t n, int value, int before)
{
	size_t from = 0, to = 0;

	while (order[from] != value) {
		from++;
	}
	memmove(&order[from], &order[from + 1], (n - from - 1) * sizeof(*order));
	while (to < n - 1 && order[to] != before) {
		to++;
	}
	memmove(&order[to + 1], &order[to], (n - 1 - to) * sizeof(*order));
	order[to] = (int16_t)value;
}
