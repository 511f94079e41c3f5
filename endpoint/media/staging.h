/*
 * When to change from one scene to the next: once every picture of the next is there, so that no
 * hole shows between a slot that was left and one just joined; or after EP_STAGING_PATIENCE_MS
 * with what there is. Pure.
 */
#ifndef DIEMCAU_ENDPOINT_STAGING_H
#define DIEMCAU_ENDPOINT_STAGING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum {
	EP_STAGE_SLOTS = 4,
	EP_STAGING_PATIENCE_MS = 1500,
};

struct ep_arrangement {
	enum layout layout;
	unsigned slots[EP_STAGE_SLOTS]; /* of the panes, in their order */
	size_t n;
};

/* Zeroed shows nothing. */
struct ep_staging {
	struct ep_arrangement shown;
	struct ep_arrangement wanted;
	bool pending;
	int64_t until_ms;
};

void ep_staging_want(
	struct ep_staging *staging, const struct ep_arrangement *wanted, int64_t now_ms);

/* visible: by slot, whether its picture is there. True when the wanted has become the shown. */
bool ep_staging_check(
	struct ep_staging *staging, const bool visible[EP_STAGE_SLOTS], int64_t now_ms);

/* The pane of a slot in what is shown; false where it has none. */
bool ep_staging_pane(const struct ep_staging *staging, unsigned slot, size_t *ret_pane);

#endif
