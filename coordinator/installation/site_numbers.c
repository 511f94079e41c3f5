#include "coordinator/installation/site_numbers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/host/log.h"
#include "coordinator/identity/identity.h"
#include "proto/words/text_fill.h"

enum { NAMES_SIZE = 512 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)
DEFINE_CLEANUP(const char **, free)

static bool has_join_file(const struct identity_registry *registry, const char *site)
{
	const struct credential *credential;
	for (size_t i = 0; (credential = identity_credential(registry, i)); i++) {
		if (strcmp(credential->site, site) == 0) {
			return !credential->revoked;
		}
	}
	return false;
}

static void tell_of_missing(
	const char *dir, const struct identity_registry *registry, const struct plan *plan)
{
	char names[NAMES_SIZE] = "";
	size_t n = 0;
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		if (!has_join_file(registry, plan->sites.sites[i].id)) {
			text_list(names, sizeof(names), plan->sites.sites[i].id);
			n++;
		}
	}
	if (n > 0) {
		log_line(LOG_LINE_WARNING,
			"%zu sites of the plan have no join file and cannot come in: %s; make "
			"them with diemcau-coordinator site add %s SITE...",
			n, names, dir);
	}
}

int site_numbers_of_plan(const char *dir, const struct plan *plan, uint32_t **ret_numbers)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	size_t n = plan->sites.n_sites, entered = 0;
	const char **ids cleanup(free) = calloc(n + 1, sizeof(*ids));
	uint32_t *numbers = calloc(n + 1, sizeof(*numbers));
	int r = ids && numbers ? identity_edit(dir, &registry) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		ids[i] = plan->sites.sites[i].id;
	}
	if (r == 0) {
		r = identity_sites_enter(registry, ids, n, &entered);
	}
	if (r != 0) {
		free(numbers);
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		numbers[i] = identity_site_number(registry, ids[i]);
	}
	tell_of_missing(dir, registry, plan);
	*ret_numbers = numbers;
	return 0;
}
