/*
 * Private: the beginning of a paper: head and style of the page, issuing body, date, title. Decree
 * 30/2020/NĐ-CP (Annex III, forms 1.4, 1.10 and 1.11) for the state, Guidance 36-HD/VPTW for the
 * party, a plain one for others.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_LETTERHEAD_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_LETTERHEAD_H

#include "coordinator/minutes/html_writer.h"

/* What differs between papers. */
struct html_heading {
	enum text_id title; /* of the page, with {name} */
	enum text_id type; /* as the number abbreviates it: BB */
	enum text_id heading;
	enum text_id subject; /* with {name} */
	bool of_record; /* it bears the number of the plan and the day of closing */
};

void html_letterhead_write(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading);

#endif
