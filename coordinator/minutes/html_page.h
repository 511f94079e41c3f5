/*
 * The papers of a meeting as pages to read and print: each one document without scripts or outside
 * references, its style within (serve it with style-src 'unsafe-inline' and nothing else). Text
 * written by people is escaped, and characters that change the direction of text are removed. A
 * page is well-formed XML too: the same content becomes a document that offices edit
 * (coordinator/print).
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_PAGE_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_PAGE_H

#include <stddef.h>

#include "domain_msg.h"
#include "minutes_msg.h"

struct paper_wanted {
	enum paper_kind kind;
	const char *
		site; /* whose copy, by id; NULL: everybody's. The minutes and the notice are one */
	const struct paper_words *words; /* of the plan; NULL: it has none */
	enum language language; /* Vietnamese unless English */
};

/*
 * Writes the page into a new string, the caller's to free(). 0; -ENOENT: the minutes have no such
 * site; -ENOMEM.
 */
int paper_html(const struct minutes *minutes, const struct paper_wanted *wanted, char **ret_html,
	size_t *ret_length);

#endif
