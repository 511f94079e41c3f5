/* What each site was found to be before the opening, and what was lost there from when to when. */
#include <string.h>

#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/line_test.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/minutes/compile.h"
#include "text_copy.h"

static void compile_line(const struct compiling *compiling, int index, struct minutes_site *out)
{
	const struct line_entry *entry = &mtg_site(compiling->meeting, index)->line;

	if (!entry->asked || !compile_is_visible(compiling, EV_LINE_TEST_REPORTED)) {
		return;
	}
	out->has_line = true;
	out->line.has_figures = entry->reported;
	out->line.figures = entry->figures;
	out->line.has_heard = entry->confirmed;
	out->line.heard = entry->heard;
	enum line_finding findings[LINE_FINDING_END];
	out->line.n_findings = mtg_line_findings(compiling->meeting, index, findings);
	memcpy(out->line.findings, findings, out->line.n_findings * sizeof(findings[0]));
}

static void compile_check(const struct compiling *compiling, const struct check *check,
	const struct tick *tick, struct minutes_check *out)
{
	ARRAY_COPY(out->title, check->title);
	out->done = tick->done;
	out->has_when = out->has_by = tick->marked;
	if (tick->marked) {
		out->when = whole_moment(&compiling->recorder->seconds, tick->at, tick->wall);
		out->by = tick->by;
	}
	out->has_note = tick->note[0] != '\0';
	ARRAY_COPY(out->note, tick->note);
}

static int compile_checks(const struct compiling *compiling, int index, struct minutes_site *out)
{
	const struct meeting *meeting = compiling->meeting;
	const struct tick *ticks = mtg_site_ticks(meeting, index)->ticks;
	size_t n = compile_is_visible(compiling, EV_SITE_CHECKED) ? mtg_check_count(meeting) : 0;
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_check), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_check *checks = list;
	for (size_t i = 0; i < n; i++) {
		compile_check(compiling, mtg_check_line(meeting, i), &ticks[i], &checks[i]);
	}
	out->has_checks = n > 0;
	out->checks = checks;
	out->n_checks = n;
	return 0;
}

static bool may_see(const struct compiling *compiling, enum minutes_spell_kind kind)
{
	return compile_is_visible(compiling, kind == MINUTES_SPELL_KIND_POST ? EV_SITE_POSTED
					     : kind == MINUTES_SPELL_KIND_LINK_LOST
						     ? EV_SITE_LINKED
						     : EV_SITE_MEDIA_CHANGED);
}

static size_t list_spells(const struct compiling *compiling, int index, struct minutes_spell *ret)
{
	const struct recorded_spells *all = &compiling->recorder->spells;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (all->list[i].site != index || !may_see(compiling, all->list[i].spell.kind)) {
			continue;
		}
		if (ret) {
			ret[n] = all->list[i].spell;
		}
		n++;
	}
	return n;
}

static int compile_spells(const struct compiling *compiling, int index, struct minutes_site *out)
{
	size_t n = list_spells(compiling, index, NULL);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_spell), &list);

	if (r == 0 && n > 0) {
		out->has_spells = true;
		out->n_spells = list_spells(compiling, index, list);
		out->spells = list;
	}
	return r;
}

int compile_readiness(const struct compiling *compiling, int site, struct minutes_site *out)
{
	compile_line(compiling, site, out);
	int r = compile_checks(compiling, site, out);
	return r == 0 ? compile_spells(compiling, site, out) : r;
}
