/* Private: the end of minutes proper: closing sentence, signatures, recipients. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_SIGNATURES_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_SIGNATURES_H

#include "coordinator/minutes/html_writer.h"

void html_signatures_write(const struct html_writer *html, const struct minutes *minutes);

#endif
