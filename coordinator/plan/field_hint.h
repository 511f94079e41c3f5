/*
 * The form of a plan's field, as a sentence for the person who fills it in: "HH:MM, for example
 * 07:30", "a whole number from 1 to 240", "one of: main, remote". Never the schema's own names.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_FIELD_HINT_H
#define DIEMCAU_COORDINATOR_PLAN_FIELD_HINT_H

#include "domain_msg.h"
#include "proto/codec/type_table.h"

enum { PLAN_WANTED_SIZE = 240 };

/* type: of a field of a plan's schema. What does not fit is cut off at the end of a character. */
void plan_field_hint(
	const struct msg_type *type, enum language language, char out[static PLAN_WANTED_SIZE]);

#endif
