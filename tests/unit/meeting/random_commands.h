/* Random orders about what is in a meeting, mostly sensible, by a seeded generator. */
#ifndef DIEMCAU_TESTS_UNIT_MEETING_RANDOM_COMMANDS_H
#define DIEMCAU_TESTS_UNIT_MEETING_RANDOM_COMMANDS_H

#include "tests/unit/meeting/stage.h"

struct random_commands {
	uint64_t state;
};

/* 0 to n - 1. */
uint32_t random_number(struct random_commands *random, uint32_t n);
/* Some order, by somebody; about one in ten is nonsense. */
void random_command(
	struct random_commands *random, const struct meeting *meeting, struct mtg_command *ret);

#endif
