/*
 * Private: a draft of the notice of conclusions and results (Decree 30/2020/NĐ-CP, Annex III, form
 * 1.4): what was done, what was noted, decided, given and signed, and what is to be done.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_NOTICE_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_NOTICE_H

#include "coordinator/minutes/html_paper.h"

/* 0 or -ENOMEM. */
int html_notice_write(const struct html_writer *html, const struct html_paper *paper);

#endif
