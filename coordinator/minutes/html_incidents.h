/* Private: what went wrong, from when to when, and what was done, in the order it began. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_INCIDENTS_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_INCIDENTS_H

#include "coordinator/minutes/html_paper.h"

/* 0 or -ENOMEM. */
int html_incidents_write(const struct html_writer *html, const struct html_paper *paper);

#endif
