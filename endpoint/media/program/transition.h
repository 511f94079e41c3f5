/*
 * When to change from one scene to the next: once every picture of the next is there, so that no
 * hole shows between a slot that was left and one just joined; or after EP_TRANSITION_WAIT_MS
 * with what there is. Pure.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_TRANSITION_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_TRANSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum {
	EP_TRANSITION_SLOTS = 4,
	EP_TRANSITION_WAIT_MS = 1500,
};

struct ep_arrangement {
	enum layout layout;
	unsigned slots[EP_TRANSITION_SLOTS]; /* of the panes, in their order */
	size_t n;
};

/* Zeroed shows nothing. */
struct ep_transition {
	struct ep_arrangement shown;
	struct ep_arrangement wanted;
	bool pending;
	int64_t until_ms;
};

void ep_transition_want(
	struct ep_transition *transition, const struct ep_arrangement *wanted, int64_t now_ms);

/* visible: by slot, whether its picture is there. True when the wanted has become the shown. */
bool ep_transition_check(
	struct ep_transition *transition, const bool visible[EP_TRANSITION_SLOTS], int64_t now_ms);

/* The pane of a slot in what is shown; false where it has none. */
bool ep_transition_pane(const struct ep_transition *transition, unsigned slot, size_t *ret_pane);

#endif
