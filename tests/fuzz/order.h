/* An order out of bytes: any command, with arguments its schema allows, mostly about what is there.
 */
#ifndef DIEMCAU_TEST_FUZZ_ORDER_H
#define DIEMCAU_TEST_FUZZ_ORDER_H

#include "coordinator/meeting/meeting.h"
#include "tests/fuzz/bytes.h"

void order_choose(struct bytes *bytes, const struct meeting *meeting, struct mtg_order *ret);

#endif
