/* Small sentences that several views share. */
#ifndef DIEMCAU_VIEW_SAY_H
#define DIEMCAU_VIEW_SAY_H

#include <stddef.h>

#include "coordinator/meeting/meeting.h"
#include "wire_msg.h"

/*
 * Copy, copy the first `length` bytes of, or append a UTF-8 text; what does not fit is cut between
 * characters, never within one.
 */
void say_text(char *to, size_t size, const char *text);
void say_text_part(char *to, size_t size, const char *text, size_t length);
void say_text_more(char *to, size_t size, const char *text);

/* Cut a text after so many characters (code points): what is put together must fit the schema. */
void say_cut(char *text, size_t characters);

/* The clock of a turn. */
void say_timer(const struct meeting *meeting, int turn, struct wire_timer *ret);

#endif
