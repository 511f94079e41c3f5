/* What sites are asked to register, and how it may change. */
#include <string.h>

#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/registration.h"

const struct registration_terms *mtg_registration_terms(const struct meeting *meeting)
{
	const struct preparation *preparation = &meeting->core.about.preparation;

	return preparation->has_registration ? &preparation->registration : NULL;
}

int64_t mtg_registration_terms_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.registration_terms;
}

bool mtg_are_registration_terms(const struct registration_terms *terms)
{
	for (size_t i = 0; i < terms->n_categories; i++) {
		if (!terms->categories[i][0] || !mtg_is_plain_text(terms->categories[i])) {
			return false;
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(terms->categories[i], terms->categories[j]) == 0) {
				return false;
			}
		}
	}
	return terms->n_categories > 0 && terms->n_categories <= CATEGORIES_MAX &&
	       !(terms->has_quorum_percent && terms->has_quorum_delegates) &&
	       (!terms->has_quorum_percent ||
		       (terms->quorum_percent > 0 && terms->quorum_percent <= 100)) &&
	       (!terms->has_quorum_delegates || terms->quorum_delegates > 0);
}

static bool any_is_counted(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (meeting->registrations[i].registered || meeting->registrations[i].attended) {
			return true;
		}
	}
	return false;
}

/* Counts are kept by the place of their category: what is counted keeps its place. */
bool mtg_terms_may_follow(const struct meeting *meeting, const struct preparation *next)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);

	if (!terms || !any_is_counted(meeting)) {
		return true;
	}
	bool kept =
		next->has_registration && next->registration.n_categories >= terms->n_categories;
	for (size_t i = 0; kept && i < terms->n_categories; i++) {
		kept = strcmp(terms->categories[i], next->registration.categories[i]) == 0;
	}
	return kept;
}
