/* Private: what a printed paper is made from. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_PAPER_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_PAPER_H

#include "coordinator/minutes/html_writer.h"

struct html_paper {
	const struct minutes *minutes;
	const struct paper_words *words; /* of the plan; empty where there is none */
	const struct minutes_site *site; /* whose copy it is; NULL: everybody's */
};

/* Whether the paper is of this site, or of all. */
bool html_paper_has_site(const struct html_paper *paper, const char *site);

/* How many sites there are beside the main venue. */
size_t html_paper_count_remote(const struct html_paper *paper);

/* Everybody who chairs: <p class="kind">, or nothing. 0 or -ENOMEM. */
int html_paper_write_chairs(
	const struct html_writer *html, const struct minutes *minutes, const char *kind);

#endif
