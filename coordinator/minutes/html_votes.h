/* Private: votes: what they came to, and in the annex what was cast and what went wrong. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_VOTES_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_VOTES_H

#include "coordinator/minutes/html_writer.h"

/* Nothing where there was no vote. 0 or -ENOMEM. */
int html_votes_write(const struct html_writer *html, const struct minutes *minutes);
void html_votes_write_annex(const struct html_writer *html, const struct minutes *minutes);

#endif
