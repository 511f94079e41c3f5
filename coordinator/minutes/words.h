/*
 * Private: the words of the schema as people say them, in both languages; never NULL.
 */
#ifndef DIEMCAU_MINUTES_WORDS_H
#define DIEMCAU_MINUTES_WORDS_H

#include "domain_msg.h"

const char *word_of_item_state(enum item_state state, enum language language);
const char *word_of_turn_state(enum turn_state state, enum language language);
const char *word_of_cause(enum interrupt_cause cause, enum language language);
const char *word_of_alarm(enum alarm_kind kind, enum language language);
const char *word_of_role(enum role role, enum language language);

#endif
