/* A client's copy of a snapshot that is kept current by updates alone, as docs/protocol.md says. */
#ifndef DIEMCAU_TESTS_UNIT_VIEW_SHADOW_H
#define DIEMCAU_TESTS_UNIT_VIEW_SHADOW_H

#include "wire_msg.h"

struct shadow;

/* On the heap; empty. */
struct shadow *shadow_create(void);
void shadow_destroy(struct shadow *shadow);

/* Replace what is named, add what is new, take off what is cleared, put in the order told. */
void shadow_apply(struct shadow *shadow, const struct wire_update *update);

/* What the client would show: borrowed, good until the next apply. */
void shadow_snapshot(const struct shadow *shadow, struct wire_snapshot *ret);

#endif
