/* Private: when and where the meeting was held, and who was present. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_OPENING_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_OPENING_H

#include "coordinator/minutes/html_writer.h"

/* 0 or -ENOMEM. */
int html_opening_write(const struct html_writer *html, const struct minutes *minutes);

/* The first section alone: when it was held, and where. */
void html_opening_write_time(const struct html_writer *html, const struct minutes *minutes);

#endif
