/* Private: what sites are asked to do, by whom and by when; and when it is a site's turn. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_DUTIES_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_DUTIES_H

#include "coordinator/minutes/html_paper.h"

void html_duties_write(const struct html_writer *html, const struct html_paper *paper);

#endif
