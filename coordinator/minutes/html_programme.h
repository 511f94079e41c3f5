/* Private: the programme, planned and actual, and everybody's turns. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_PROGRAMME_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_PROGRAMME_H

#include "coordinator/minutes/html_writer.h"

void html_programme_write(const struct html_writer *html, const struct minutes *minutes);

#endif
