/* Private: the programme to hand out: when, what, by whom; then the speaking lists. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_TIMETABLE_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_TIMETABLE_H

#include "coordinator/minutes/html_paper.h"

/* 0 or -ENOMEM. */
int html_timetable_write(const struct html_writer *html, const struct html_paper *paper);

#endif
