/* A page: its parts in the order that the paper has. */
#include "coordinator/minutes/html_page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/minutes/html_annex.h"
#include "coordinator/minutes/html_attendance.h"
#include "coordinator/minutes/html_invitation.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_notice.h"
#include "coordinator/minutes/html_opening.h"
#include "coordinator/minutes/html_programme.h"
#include "coordinator/minutes/html_signatures.h"
#include "coordinator/minutes/html_technical.h"
#include "coordinator/minutes/html_timetable.h"
#include "coordinator/minutes/html_votes.h"

static int write_minutes(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_heading heading = {TEXT_MINUTES_TITLE, TEXT_PAPER_TYPE_MINUTES,
		TEXT_MINUTES_HEADING, TEXT_PAPER_SUBJECT_SAME, true};
	const struct minutes *minutes = paper->minutes;
	html_letterhead_write(html, minutes, &heading);
	int r = html_opening_write(html, minutes);
	html_attendance_write(html, minutes);
	html_programme_write(html, minutes);
	r = r != 0 ? r : html_votes_write(html, minutes);
	html_signatures_write(html, minutes);
	html_annex_write(html, minutes);
	return r;
}

typedef int write_paper(const struct html_writer *html, const struct html_paper *paper);

static write_paper *const papers[PAPER_KIND_END] = {
	[PAPER_KIND_MINUTES] = write_minutes,
	[PAPER_KIND_INVITATION] = html_invitation_write,
	[PAPER_KIND_PROGRAMME] = html_timetable_write,
	[PAPER_KIND_TECHNICAL_RECORD] = html_technical_write,
	[PAPER_KIND_NOTICE] = html_notice_write,
};

static const struct minutes_site *find_site(const struct minutes *minutes, const char *site)
{
	for (size_t i = 0; i < minutes->n_sites; i++) {
		if (strcmp(minutes->sites[i].site, site) == 0) {
			return &minutes->sites[i];
		}
	}
	return NULL;
}

static int write_page(const struct minutes *minutes, const struct paper_wanted *wanted,
	const struct minutes_site *site, char **ret_html, size_t *ret_length)
{
	static const struct paper_words none;
	char *text = NULL;
	size_t length = 0;
	struct html_writer html = {.out = open_memstream(&text, &length),
		.language = wanted->language,
		.utc_offset = minutes->utc_offset};
	if (!html.out) {
		return -ENOMEM;
	}
	html_set_days(&html, minutes);
	int r = papers[wanted->kind](
		&html, &(struct html_paper){minutes, wanted->words ? wanted->words : &none, site});
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

int paper_html(const struct minutes *minutes, const struct paper_wanted *wanted, char **ret_html,
	size_t *ret_length)
{
	const struct minutes_site *site = wanted->site ? find_site(minutes, wanted->site) : NULL;
	if (wanted->site && !site) {
		return -ENOENT;
	}
	return write_page(minutes, wanted, site, ret_html, ret_length);
}
