/* Private: the end of a paper that one office signs: recipients at the left, signature right. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_FOOT_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_FOOT_H

#include "coordinator/minutes/html_paper.h"

void html_foot_write(const struct html_writer *html, const struct html_paper *paper);

/* The recipients alone; nothing where the plan names none. */
void html_foot_write_recipients(
	const struct html_writer *html, const struct document_head *document);

#endif
