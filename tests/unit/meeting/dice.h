/* Random orders about what is in a meeting, mostly sensible, by a seeded generator. */
#ifndef DIEMCAU_TESTS_UNIT_MEETING_DICE_H
#define DIEMCAU_TESTS_UNIT_MEETING_DICE_H

#include "tests/unit/meeting/stage.h"

struct dice {
	uint64_t state;
};

/* 0 to n - 1. */
uint32_t dice_roll(struct dice *dice, uint32_t n);
/* Some order, by somebody; about one in ten is nonsense. */
void dice_order(struct dice *dice, const struct meeting *meeting, struct mtg_command *ret);

#endif
