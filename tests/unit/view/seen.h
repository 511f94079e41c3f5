/* What everybody is shown and told of a stage: one frame, the secrets, and views out of them. */
#ifndef DIEMCAU_TESTS_UNIT_VIEW_SEEN_H
#define DIEMCAU_TESTS_UNIT_VIEW_SEEN_H

#include "coordinator/view/view.h"
#include "proto/codec/codec.h"
#include "tests/unit/meeting/stage.h"

#define SEEN_RELAY "0123456789abcdef0123456789abcdef"

struct seen {
	struct stage *stage;
	struct view_derived *derived;
	struct media_keys *media_keys; /* relay and every site known */
	struct msg_arena arena;
};

struct seen *seen_create(void);
void seen_destroy(struct seen *seen);

/* As of now. The result lives in the caller's room. */
void seen_site(struct seen *seen, const char *site, struct wire_site_desired *ret);
void seen_relay(struct seen *seen, struct wire_relay_desired *ret);
void seen_snapshot(struct seen *seen, struct wire_snapshot *ret);

/* As JSON, the caller's to msg_free; asserts that it keeps to the schema. */
char *seen_json(const struct msg_type *type, const void *value);

/* Texts that the schema wants and that an order by dice lacks. */
void seen_complete(struct command *command);

bool seen_receives(const struct wire_site_desired *desired, enum slot slot);
/* Number of the site that feeds a slot of the relay, or 0. */
uint32_t seen_fed(const struct wire_relay_desired *desired, enum slot slot);
/* What the site of this number was told to receive, or NULL. */
const struct wire_relay_site *seen_relay_site(
	const struct wire_relay_desired *desired, uint32_t number);

#endif
