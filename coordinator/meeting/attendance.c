/* Who is expected and who has come, all sites together, and whether that is enough. */
#include <string.h>

#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"

static void add_site(const struct registration *of, size_t n_categories, struct attendance *ret)
{
	ret->sites++;
	ret->registered += of->registered;
	ret->attended += of->attended;
	for (size_t i = 0; i < n_categories; i++) {
		struct attendance_sum *sum = &ret->categories[i];

		sum->expected += of->expected[i];
		sum->present += of->present[i];
		sum->online += of->online[i];
		sum->absent += of->absent[i];
		ret->all.expected += of->expected[i];
		ret->all.present += of->present[i];
		ret->all.online += of->online[i];
		ret->all.absent += of->absent[i];
	}
}

/* A share of nobody is nobody, and is not reached. */
static void judge(const struct registration_terms *terms, struct attendance *ret)
{
	if (terms->has_quorum_delegates) {
		ret->quorum = terms->quorum_delegates;
	} else if (terms->has_quorum_percent) {
		ret->quorum = (ret->all.expected * terms->quorum_percent + 99) / 100;
	}
	ret->reached = ret->quorum > 0 && ret->all.present + ret->all.online >= ret->quorum;
}

void mtg_attendance(const struct meeting *meeting, struct attendance *ret)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);

	memset(ret, 0, sizeof(*ret));
	if (!terms) {
		return;
	}
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct site *site = mtg_site(meeting, (int)i);

		if (!site->removed && mtg_is_venue(site)) {
			add_site(mtg_registration(meeting, (int)i), terms->n_categories, ret);
		}
	}
	judge(terms, ret);
}
