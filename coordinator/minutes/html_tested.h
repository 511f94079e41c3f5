/* Private: what was tested and looked at before the opening: line test, checklist. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_TESTED_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_TESTED_H

#include "coordinator/minutes/html_paper.h"

void html_tested_write(const struct html_writer *html, const struct html_paper *paper);

#endif
