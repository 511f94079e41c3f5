/* Private: how long sites were connected. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_UPTIME_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_UPTIME_H

#include "coordinator/minutes/html_paper.h"

/* A cell with the share of a span, 99,5 % or 99.5%; empty where the whole is nothing. */
void html_uptime_write_share(const struct html_writer *html, struct span part, struct span whole);

/* The table of a technical record: when each came, how long it was there, how often it was lost. */
void html_uptime_write(const struct html_writer *html, const struct html_paper *paper);

#endif
