/*
 * Minutes as a page to read and print: one document without scripts or outside references, its
 * style within (serve it with style-src 'unsafe-inline' and nothing else). Text written by people
 * is escaped, and characters that change the direction of text are removed.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_PAGE_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_PAGE_H

#include <stddef.h>

#include "domain_msg.h"
#include "minutes_msg.h"

/*
 * Writes the page in the language asked for (Vietnamese unless English) into a new string, the
 * caller's to free(). 0 or -ENOMEM.
 */
int minutes_html(
	const struct minutes *minutes, enum language language, char **ret_html, size_t *ret_length);

#endif
