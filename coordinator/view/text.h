/* Small sentences that several views share. */
#ifndef DIEMCAU_COORDINATOR_VIEW_TEXT_H
#define DIEMCAU_COORDINATOR_VIEW_TEXT_H

#include <stddef.h>

#include "coordinator/meeting/meeting.h"
#include "text_copy.h"
#include "wire_msg.h"

/* Append a text; what does not fit is cut as by text_copy. */
void text_append(char *to, size_t size, const char *text);

/* Cut a text after so many characters (code points): the result must fit the schema. */
void text_cut(char *text, size_t characters);

/* The clock of a turn. */
void turn_timer_view(const struct meeting *meeting, int turn, struct wire_timer *ret);

#endif
