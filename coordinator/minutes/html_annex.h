/*
 * Private: the annex of minutes: what became of each site, in shares of the meeting's length.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_ANNEX_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_ANNEX_H

#include "coordinator/minutes/html_writer.h"

void html_annex_write(const struct html_writer *html, const struct minutes *minutes);

#endif
