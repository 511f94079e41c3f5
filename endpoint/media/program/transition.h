/*
 * When to change from one scene to the next: once every picture of the next is present, so that no
 * gap shows between a slot that was left and one just joined; or after EP_TRANSITION_WAIT_MS with
 * the pictures present. Pure.
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

/* All bytes zero shows nothing. */
struct ep_transition {
	struct ep_arrangement shown;
	struct ep_arrangement wanted;
	bool pending;
	int64_t until_ms;
};

void ep_transition_want(
	struct ep_transition *transition, const struct ep_arrangement *wanted, int64_t now_ms);

/*
 * visible: by slot, whether its picture is present. True if the wanted scene has become the shown
 * one.
 */
bool ep_transition_check(
	struct ep_transition *transition, const bool visible[EP_TRANSITION_SLOTS], int64_t now_ms);

/* The pane of a slot in the shown scene; false if it has none. */
bool ep_transition_pane(const struct ep_transition *transition, unsigned slot, size_t *ret_pane);

#endif
