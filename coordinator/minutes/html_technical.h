/*
 * Private: the technical record, of all sites or of one: who was on duty, what was tested and
 * ticked, how long each was connected, what went wrong from when to when and what was done.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_TECHNICAL_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_TECHNICAL_H

#include "coordinator/minutes/html_paper.h"

/* 0 or -ENOMEM. */
int html_technical_write(const struct html_writer *html, const struct html_paper *paper);

#endif
