/*
 * Private: the beginning of minutes: head and style of the page, issuing body, date, title. Decree
 * 30/2020/NĐ-CP (Annex III, form 1.10) for the state, Guidance 36-HD/VPTW for the party, a plain
 * one for others.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_LETTERHEAD_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_LETTERHEAD_H

#include "coordinator/minutes/html_writer.h"

void html_letterhead_write(const struct html_writer *html, const struct minutes *minutes);

#endif
