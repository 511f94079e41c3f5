/*
 * Private: an invitation (Decree 30/2020/NĐ-CP, Annex III, form 1.11): whom, by level and category,
 * to what, when and where, what to bring; what sites owe by when; of a site's copy, its turns too.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_INVITATION_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_INVITATION_H

#include "coordinator/minutes/html_paper.h"

/* 0 or -ENOMEM. */
int html_invitation_write(const struct html_writer *html, const struct html_paper *paper);

/* When and where, as invitation and programme say it. */
void html_invitation_write_time_and_place(
	const struct html_writer *html, const struct html_paper *paper);

#endif
