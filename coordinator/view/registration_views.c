#include "coordinator/view/registration_views.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/readiness.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/view/view.h"
#include "text_copy.h"

static size_t say_delegates(const struct registration_terms *terms, const struct registration *of,
	struct delegate_count *ret)
{
	size_t n = 0;

	for (size_t i = 0; of->registered && i < terms->n_categories; i++) {
		ARRAY_COPY(ret[n].category, terms->categories[i]);
		ret[n++].count = of->expected[i];
	}
	return n;
}

static size_t say_presence(const struct registration_terms *terms, const struct registration *of,
	struct delegate_presence *ret)
{
	size_t n = 0;

	for (size_t i = 0; of->attended && i < terms->n_categories; i++) {
		ARRAY_COPY(ret[n].category, terms->categories[i]);
		ret[n].present = of->present[i];
		ret[n].online = of->online[i];
		ret[n++].absent = of->absent[i];
	}
	return n;
}

static void say_site(const struct meeting *meeting, int site, struct wire_registration_view *ret)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);
	const struct registration *of = mtg_registration(meeting, site);

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->site, mtg_site(meeting, site)->id);
	ret->late = of->late;
	ret->named = of->named;
	ret->has_registered = ret->has_by = of->registered;
	ret->registered = of->wall;
	ret->by = of->by;
	ret->has_attended = of->attended;
	ret->attended = of->attended_wall;
	ret->has_reason = of->reason[0] != '\0';
	TEXT_COPY(ret->reason, of->reason);
	if (terms) {
		ret->n_delegates = say_delegates(terms, of, ret->delegates);
		ret->n_presence = say_presence(terms, of, ret->presence);
	}
}

/* A category more is in the view of every site that has registered. */
static bool is_told(const struct meeting *meeting, size_t site, int64_t after)
{
	int64_t revision = mtg_registration(meeting, (int)site)->revision;

	return revision > after ||
	       (revision > 0 && mtg_registration_terms_revision(meeting) > after);
}

int registration_views(const struct meeting *meeting, int64_t after, struct msg_arena *arena,
	const struct wire_registration_view **ret, size_t *ret_n)
{
	size_t n = 0;

	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		n += is_told(meeting, i, after);
	}
	struct wire_registration_view *views =
		n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret_n = 0;
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		if (is_told(meeting, i, after)) {
			say_site(meeting, (int)i, &views[(*ret_n)++]);
		}
	}
	*ret = views;
	return 0;
}

void registration_view_attendance(const struct meeting *meeting, struct wire_attendance_view *ret)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);
	struct attendance attendance;

	memset(ret, 0, sizeof(*ret));
	if (!terms) {
		return;
	}
	mtg_attendance(meeting, &attendance);
	ret->sites = (uint32_t)attendance.sites;
	ret->registered = (uint32_t)attendance.registered;
	ret->attended = (uint32_t)attendance.attended;
	for (size_t i = 0; i < terms->n_categories; i++) {
		const struct attendance_sum *from = &attendance.categories[i];
		struct wire_attendance_sum_view *sum = &ret->sums[ret->n_sums++];

		ARRAY_COPY(sum->category, terms->categories[i]);
		sum->expected = (uint32_t)from->expected;
		sum->present = (uint32_t)from->present;
		sum->online = (uint32_t)from->online;
		sum->absent = (uint32_t)from->absent;
	}
	ret->expected = (uint32_t)attendance.all.expected;
	ret->there = (uint32_t)(attendance.all.present + attendance.all.online);
	ret->absent = (uint32_t)attendance.all.absent;
	ret->has_quorum = attendance.quorum > 0;
	ret->quorum = (uint32_t)attendance.quorum;
	ret->reached = attendance.reached;
}

bool view_told_registration(
	const struct meeting *meeting, uint32_t number, struct told_registration *ret)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);
	const struct site *site = mtg_site_by_number(meeting, number);

	memset(ret, 0, sizeof(*ret));
	if (!terms || !site || !mtg_is_venue(site)) {
		return false;
	}
	const struct registration *of = mtg_registration(meeting, mtg_site_index(meeting, site));
	ret->terms = *terms;
	ret->has_due = mtg_step_due(meeting, site, READINESS_STEP_REGISTERED, &ret->due);
	ret->has_registered = of->registered;
	ret->registered = of->wall;
	ret->has_attended = of->attended;
	ret->attended = of->attended_wall;
	ret->may_register = mtg_may_register(meeting);
	ret->may_attend = mtg_may_attend(meeting);
	ARRAY_COPY(ret->venue, site->venue);
	ARRAY_COPY(ret->chair, site->chair);
	ret->n_delegates = say_delegates(terms, of, ret->delegates);
	ret->n_presence = say_presence(terms, of, ret->presence);
	ret->has_reason = of->reason[0] != '\0';
	ARRAY_COPY(ret->reason, of->reason);
	return true;
}
