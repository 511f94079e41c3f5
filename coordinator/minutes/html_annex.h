/* Private: the technical annex of minutes, behind the signatures: how long each site was
 * connected, in shares of the meeting; alarms and restarts; what was put right. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_ANNEX_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_ANNEX_H

#include "coordinator/minutes/html_writer.h"

void html_annex_write(const struct html_writer *html, const struct minutes *minutes);

/* A sentence. */
void html_annex_write_restart(
	const struct html_writer *html, const struct minutes_restart *restart);

#endif
