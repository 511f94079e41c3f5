/*
 * The line test: all sites measure what their media do, at once, and say whether a sound was heard.
 * Who passes has its step `line_tested` signed with the figures. What was measured stays until the
 * next test, and then once more, to be compared.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_LINE_TEST_H
#define DIEMCAU_COORDINATOR_MEETING_LINE_TEST_H

#include "coordinator/meeting/meeting.h"

struct line_test {
	bool open;
	int64_t number; /* seq of the event that began it; 0: there was none yet */
	struct instant started;
	struct instant due; /* it ends by itself */
	struct instant ended; /* while it is not open */
	enum asked_end cause;
};

/* What a line test knows of a site. */
struct line_entry {
	bool asked;
	bool reported; /* figures are valid */
	bool confirmed; /* heard is */
	bool heard;
	bool has_before; /* before is */
	struct line_figures figures;
	struct line_figures before; /* of the test before */
};

const struct line_test *mtg_line_test(const struct meeting *meeting);

/* The venue's full picture goes to all, for them to measure. */
bool mtg_line_is_tested(const struct meeting *meeting);

/*
 * What is the matter with the line of a site that was asked, in the order of the enum; room for
 * LINE_FINDING_END, returns how many. None: it has passed.
 */
size_t mtg_line_findings(const struct meeting *meeting, int site, enum line_finding *ret);

struct line_count {
	size_t reported;
	size_t passed;
	size_t of; /* asked, and still let in */
};

struct line_count mtg_line_count(const struct meeting *meeting);

#endif
