/* The page: its parts in the order minutes have. */
#include "coordinator/minutes/html_page.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/minutes/html_annex.h"
#include "coordinator/minutes/html_attendance.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_opening.h"
#include "coordinator/minutes/html_programme.h"
#include "coordinator/minutes/html_signatures.h"
#include "coordinator/minutes/html_votes.h"

int minutes_html(
	const struct minutes *minutes, enum language language, char **ret_html, size_t *ret_length)
{
	char *text = NULL;
	size_t length = 0;
	struct html_writer html = {.out = open_memstream(&text, &length),
		.language = language,
		.utc_offset = minutes->utc_offset};
	if (!html.out) {
		return -ENOMEM;
	}
	html_set_days(&html, minutes);
	html_letterhead_write(&html, minutes);
	int r = html_opening_write(&html, minutes);
	html_attendance_write(&html, minutes);
	html_programme_write(&html, minutes);
	r = r != 0 ? r : html_votes_write(&html, minutes);
	html_signatures_write(&html, minutes);
	html_annex_write(&html, minutes);
	html_markup(&html, "</body>\n</html>\n");
	bool failed = ferror(html.out) != 0;
	if (fclose(html.out) != 0 || failed || r != 0) {
		free(text);
		return -ENOMEM;
	}
	*ret_html = text;
	*ret_length = length;
	return 0;
}
