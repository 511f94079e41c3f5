/* Small sentences that several views share. */
#ifndef DIEMCAU_COORDINATOR_VIEW_TEXT_H
#define DIEMCAU_COORDINATOR_VIEW_TEXT_H

#include <stddef.h>

#include "coordinator/meeting/meeting.h"
#include "wire_msg.h"

/*
 * Copy, copy the first `length` bytes of, or append a UTF-8 text; what does not fit is cut between
 * characters, never within one.
 */
void text_copy(char *to, size_t size, const char *text);
void text_copy_part(char *to, size_t size, const char *text, size_t length);
void text_append(char *to, size_t size, const char *text);

/* Cut a text after so many characters (code points): what is put together must fit the schema. */
void text_cut(char *text, size_t characters);

/* The clock of a turn. */
void turn_timer_view(const struct meeting *meeting, int turn, struct wire_timer *ret);

#endif
