/*
 * The smallest meeting, one with a single remote site, and a folder for its journal: for tests that
 * need a real one.
 */
#ifndef DIEMCAU_TEST_SMALL_H
#define DIEMCAU_TEST_SMALL_H

#include "domain_msg.h"

struct small_place {
	char dir[64];
	char journal[96];
};

void small_place_make(struct small_place *place);
/* With what a closed journal leaves behind. */
void small_place_remove(const struct small_place *place);

/* meeting.create */
struct command small_meeting(void);
/* site.add of `hall`, number 1 */
struct command small_hall(void);

#endif
