#include "coordinator/plan/film_check.h"

#include <string.h>

#include "film_name.h"

bool plan_is_player(const struct plan_sites *sites, const char *id)
{
	for (size_t i = 0; i < sites->n_sites; i++) {
		if (sites->sites[i].kind == SITE_KIND_PLAYER &&
			strcmp(sites->sites[i].id, id) == 0) {
			return true;
		}
	}
	return false;
}

/* How many there are; a second one is a fault. */
static size_t check_players(const struct plan_sites *sites, const struct plan_part *part,
	struct plan_diagnostics *faults)
{
	size_t n = 0, first = 0;
	for (size_t i = 0; i < sites->n_sites; i++) {
		if (sites->sites[i].kind != SITE_KIND_PLAYER) {
			continue;
		}
		first = n == 0 ? i : first;
		if (n++ > 0) {
			plan_diagnostics_add(
				faults, &(struct plan_finding){.code = PLAN_SECOND_PLAYER,
						.place = plan_part_place(part, i),
						.field = "kind",
						.other = plan_part_place(part, first)});
		}
	}
	return n;
}

static enum plan_diagnostic_code judge_film(const struct plan_item *item, bool has_player)
{
	if (item->kind != ITEM_KIND_UNSET && item->kind != ITEM_KIND_FILM) {
		return PLAN_FILM_ELSEWHERE;
	}
	if (!film_name_is_plain(item->film)) {
		return PLAN_FILM_NAME;
	}
	return has_player ? PLAN_DIAGNOSTIC_UNSET : PLAN_NO_PLAYER;
}

void plan_check_films(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *faults)
{
	size_t players = check_players(&plan->sites, &parts->sites, faults);
	bool has_player = players > 0 || plan_part_may_hold(&parts->sites, "player");
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		const struct plan_item *item = &plan->agenda.items[i];
		enum plan_diagnostic_code code =
			item->film[0] ? judge_film(item, has_player) : PLAN_DIAGNOSTIC_UNSET;
		if (code != PLAN_DIAGNOSTIC_UNSET) {
			plan_diagnostics_add(
				faults, &(struct plan_finding){.code = code,
						.place = plan_part_place(&parts->agenda, i),
						.field = "film",
						.text = item->film});
		}
	}
}
