/* Private: awards and signatures, a table for each ceremony. Nothing where there is none. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_ACTS_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_ACTS_H

#include "coordinator/minutes/html_writer.h"

void html_acts_write(const struct html_writer *html, const struct minutes *minutes);

#endif
