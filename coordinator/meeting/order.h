/* Private: the order of items on the agenda and of turns on their lists, as arrays of indices. */
#ifndef DIEMCAU_COORDINATOR_MEETING_ORDER_H
#define DIEMCAU_COORDINATOR_MEETING_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Move a value of an order of n just before another, to the end for MTG_NONE. */
void mtg_order_move(int16_t *order, size_t n, int value, int before);

#endif
