#include "coordinator/minutes/html_paper.h"

#include <string.h>

bool html_paper_has_site(const struct html_paper *paper, const char *site)
{
	return !paper->site || strcmp(paper->site->site, site) == 0;
}

size_t html_paper_count_remote(const struct html_paper *paper)
{
	size_t n = 0;
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		n += paper->minutes->sites[i].kind == SITE_KIND_REMOTE;
	}
	return n;
}

int html_paper_write_chairs(
	const struct html_writer *html, const struct minutes *minutes, const char *kind)
{
	struct html_names names;
	int r = html_names_begin(&names);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < minutes->n_chairs; i++) {
		html_names_add(&names, minutes->chairs[i]);
	}
	return html_names_write_of(&names, html,
		minutes->n_chairs > 1 ? TEXT_MINUTES_CHAIRED_TOGETHER_BY : TEXT_MINUTES_CHAIRED_BY,
		(struct html_named){.kind = kind, .placeholder = "names"});
}
