/* Who was registered and who came, by count. All of it is in the state. */
#include "coordinator/minutes/compile_attendance.h"

#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "text_copy.h"

static void add(const struct registration *of, size_t category, struct minutes_attendance_sum *sum)
{
	sum->expected += of->expected[category];
	sum->present += of->present[category];
	sum->online += of->online[category];
	sum->absent += of->absent[category];
}

static void compile_site(const struct meeting *meeting, int site,
	const struct registration_terms *terms, struct minutes_attendance_sum *out)
{
	const struct registration *of = mtg_registration(meeting, site);

	ARRAY_COPY(out->name, mtg_site(meeting, site)->name);
	for (size_t i = 0; i < terms->n_categories; i++) {
		add(of, i, out);
	}
	out->has_reason = of->reason[0] != '\0';
	ARRAY_COPY(out->reason, of->reason);
}

static int compile_sites(const struct compiling *compiling, const struct registration_terms *terms,
	struct minutes_attendance *out)
{
	const struct meeting *meeting = compiling->meeting;
	void *list;
	int r = compile_room(compiling->arena, mtg_site_count(meeting),
		sizeof(struct minutes_attendance_sum), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_attendance_sum *sites = list;
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		const struct registration *of = mtg_registration(meeting, (int)i);

		if (!site->removed && (of->registered || of->attended)) {
			compile_site(meeting, (int)i, terms, &sites[out->n_sites++]);
		}
	}
	out->sites = sites;
	return 0;
}

static void compile_sums(const struct attendance *attendance,
	const struct registration_terms *terms, struct minutes_attendance *out)
{
	for (size_t i = 0; i < terms->n_categories; i++) {
		const struct attendance_sum *from = &attendance->categories[i];
		struct minutes_attendance_sum *to = &out->categories[out->n_categories++];

		TEXT_COPY(to->name, terms->categories[i]);
		to->expected = (uint32_t)from->expected;
		to->present = (uint32_t)from->present;
		to->online = (uint32_t)from->online;
		to->absent = (uint32_t)from->absent;
	}
	out->expected = (uint32_t)attendance->all.expected;
	out->present = (uint32_t)attendance->all.present;
	out->online = (uint32_t)attendance->all.online;
	out->absent = (uint32_t)attendance->all.absent;
	out->unreported = (uint32_t)(attendance->sites - attendance->attended);
	out->has_quorum = attendance->quorum > 0;
	out->quorum = (uint32_t)attendance->quorum;
	out->reached = attendance->reached;
}

int compile_attendance(struct compiling *compiling)
{
	const struct registration_terms *terms = mtg_registration_terms(compiling->meeting);
	struct minutes *out = compiling->out;
	struct attendance attendance;

	mtg_attendance(compiling->meeting, &attendance);
	if (!terms || attendance.registered + attendance.attended == 0 ||
		!compile_is_visible(compiling, EV_SITE_ATTENDED)) {
		return 0;
	}
	out->has_attendance = true;
	compile_sums(&attendance, terms, &out->attendance);
	return compile_sites(compiling, terms, &out->attendance);
}
