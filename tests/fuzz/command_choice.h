/* An order out of bytes: any command, arguments as its schema allows, mostly of what is there. */
#ifndef DIEMCAU_TESTS_FUZZ_COMMAND_CHOICE_H
#define DIEMCAU_TESTS_FUZZ_COMMAND_CHOICE_H

#include "coordinator/meeting/meeting.h"
#include "tests/fuzz/bytes.h"

void command_choose(struct bytes *bytes, const struct meeting *meeting, struct mtg_command *ret);

#endif
