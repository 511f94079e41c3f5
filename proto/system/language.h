/*
 * The language in which a program of ours speaks to whoever runs it: its help, its faults, its log.
 * The pages and the minutes have each their own, which readers choose.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_LANGUAGE_H
#define DIEMCAU_PROTO_SYSTEM_LANGUAGE_H

#include <stdio.h>

#include "domain_msg.h"
#include "proto/words/text_fill.h"

/* "vi" or "en"; LANGUAGE_UNSET for anything else. */
enum language language_of_word(const char *word);

/* Choose it (--language); LANGUAGE_UNSET: as the locale says. */
void language_choose(enum language language);

/*
 * The language that was chosen; without a choice that of the first of LC_ALL, LC_MESSAGES and LANG
 * that is set: Vietnamese for "vi...", also for a locale that names no language ("C.UTF-8") and
 * where none is set; English for all others, "C" and "POSIX" among them, which scripts set.
 */
enum language language_now(void);

/* A line in that language, made printable. values: text_fill.h, NULL for none. */
void say_text(FILE *to, enum text_id text, const struct text_value *values);

/* The same behind "PROGRAM: ", on standard error. */
void say_fault(const char *program, enum text_id text, const struct text_value *values);

#endif
