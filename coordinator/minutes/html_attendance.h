/* Private: who was registered and who came, as tables; and whether that was enough. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_ATTENDANCE_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_ATTENDANCE_H

#include "coordinator/minutes/html_writer.h"

/* Nothing where nobody registered. */
void html_attendance_write(const struct html_writer *html, const struct minutes *minutes);

#endif
