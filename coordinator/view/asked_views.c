/* Views of what the centre asks of all sites: the ready check, the line test, the roll call. */
#include <string.h>

#include "coordinator/meeting/line_test.h"
#include "coordinator/meeting/ready_check.h"
#include "coordinator/meeting/roll_call.h"
#include "coordinator/view/operator_views.h"
#include "text_copy.h"

static void say_ready(const struct meeting *meeting, struct wire_asked_view *ret)
{
	const struct ready_check *check = mtg_ready_check(meeting);
	struct ready_count count = mtg_ready_count(meeting);

	ret->has_ready = check->due.ms != 0;
	if (!ret->has_ready) {
		return;
	}
	ret->ready.open = check->open;
	ret->ready.asked = check->asked;
	ret->ready.due = check->due;
	ret->ready.has_ended = ret->ready.has_cause = !check->open;
	ret->ready.ended = check->ended;
	ret->ready.cause = check->cause;
	ret->ready.ready = (uint32_t)count.ready;
	ret->ready.of = (uint32_t)count.of;
}

static void say_line_test(const struct meeting *meeting, struct wire_asked_view *ret)
{
	const struct line_test *test = mtg_line_test(meeting);
	struct line_count count = mtg_line_count(meeting);

	ret->has_line_test = test->number != 0;
	if (!ret->has_line_test) {
		return;
	}
	ret->line_test.open = test->open;
	ret->line_test.started = test->started;
	ret->line_test.due = test->due;
	ret->line_test.has_ended = ret->line_test.has_cause = !test->open;
	ret->line_test.ended = test->ended;
	ret->line_test.cause = test->cause;
	ret->line_test.reported = (uint32_t)count.reported;
	ret->line_test.passed = (uint32_t)count.passed;
	ret->line_test.of = (uint32_t)count.of;
}

static void count_in(struct wire_roll_part *part, enum roll_result result)
{
	part->heard_and_seen += result == ROLL_RESULT_HEARD_AND_SEEN;
	part->faults += result == ROLL_RESULT_FAULT;
	part->left += result == ROLL_RESULT_UNSET;
}

/* The part of this region, a new one at its first site; NULL beyond what a view holds. */
static struct wire_roll_part *part_of(struct wire_roll_view *roll, const char *region)
{
	for (size_t i = 0; i < roll->n_regions; i++) {
		if (strcmp(roll->regions[i].region, region) == 0) {
			return &roll->regions[i];
		}
	}
	if (roll->n_regions == WIRE_ROLL_VIEW_REGIONS_MAX) {
		return NULL;
	}
	struct wire_roll_part *part = &roll->regions[roll->n_regions++];
	part->has_region = true;
	TEXT_COPY(part->region, region);
	return part;
}

static void count_roll(const struct view_derived *derived, struct wire_roll_view *ret)
{
	for (size_t i = 0; i < derived->n_roster; i++) {
		const struct site *site = mtg_site(derived->meeting, derived->roster[i]);

		if (!mtg_is_on_roll(derived->meeting, derived->roster[i])) {
			continue;
		}
		struct wire_roll_part *part = part_of(ret, site->region);
		count_in(&ret->all, site->roll.result);
		if (part) {
			count_in(part, site->roll.result);
		}
	}
}

static void say_roll(const struct view_derived *derived, struct wire_asked_view *ret)
{
	const struct meeting *meeting = derived->meeting;
	const struct roll_call *roll = mtg_roll_call(meeting);
	bool assembling = mtg_about(meeting)->state == MEETING_STATE_ASSEMBLING;
	int next = assembling ? mtg_roll_next(meeting, NULL) : MTG_NONE;

	ret->has_roll = assembling || roll->begun;
	if (!ret->has_roll) {
		return;
	}
	ret->roll.has_begun = roll->begun;
	ret->roll.begun = roll->since;
	ret->roll.has_site = roll->site != MTG_NONE;
	if (ret->roll.has_site) {
		TEXT_COPY(ret->roll.site, mtg_site(meeting, roll->site)->id);
	}
	ret->roll.has_next = next != MTG_NONE;
	if (ret->roll.has_next) {
		TEXT_COPY(ret->roll.next, mtg_site(meeting, next)->id);
	}
	count_roll(derived, &ret->roll);
}

void operator_view_asked(const struct view_derived *derived, struct wire_asked_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	say_ready(derived->meeting, ret);
	say_line_test(derived->meeting, ret);
	say_roll(derived, ret);
}

static void say_roll_entry(const struct roll_entry *entry, struct wire_site_view *ret)
{
	ret->has_roll = entry->called || entry->result;
	if (!ret->has_roll) {
		return;
	}
	ret->roll.has_called = entry->called;
	ret->roll.called = entry->at;
	ret->roll.has_result = entry->result != ROLL_RESULT_UNSET;
	ret->roll.result = entry->result;
	ret->roll.has_note = entry->note[0] != '\0';
	TEXT_COPY(ret->roll.note, entry->note);
}

static void say_line(const struct meeting *meeting, int site, struct wire_site_view *ret)
{
	const struct line_entry *entry = &mtg_site(meeting, site)->line;

	ret->has_line = entry->asked;
	if (!ret->has_line) {
		return;
	}
	ret->line.n_findings = mtg_line_findings(meeting, site, ret->line.findings);
	ret->line.passed = ret->line.n_findings == 0;
	ret->line.has_figures = entry->reported;
	ret->line.figures = entry->figures;
	ret->line.has_heard = entry->confirmed;
	ret->line.heard = entry->heard;
	ret->line.has_before = entry->has_before;
	ret->line.before = entry->before;
}

void operator_view_site_asked(const struct meeting *meeting, int index, struct wire_site_view *ret)
{
	const struct site *site = mtg_site(meeting, index);

	ret->has_ready = site->ready != READY_MARK_UNSET;
	ret->ready = site->ready;
	say_roll_entry(&site->roll, ret);
	say_line(meeting, index, ret);
}
