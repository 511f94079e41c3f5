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

bool site_numbers_is_new(const struct identity_registry *registry, const char *site)
{
	const struct credential *credential;
	for (size_t i = 0; (credential = identity_credential(registry, i)); i++) {
		if (strcmp(credential->site, site) == 0) {
			return credential->issued.ms == 0;
		}
	}
	return false;
}

void site_numbers_tell_missing(const char *dir, const struct plan *plan)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	char names[NAMES_SIZE] = "";
	size_t n = 0;
	if (identity_load(dir, &registry) != 0) {
		return;
	}
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		if (!has_join_file(registry, plan->sites.sites[i].id)) {
			text_list(names, sizeof(names), plan->sites.sites[i].id);
			n++;
		}
	}
	if (n > 0) {
		log_line(LOG_LINE_WARNING,
			"without a join file, and so without a way in (%zu of the plan's sites): "
			"%s; make them with diemcau-coordinator site add %s SITE...",
			n, names, dir);
	}
}

static uint32_t highest(const struct identity_registry *registry)
{
	const struct credential *credential;
	uint32_t most = 0;
	for (size_t i = 0; (credential = identity_credential(registry, i)); i++) {
		uint32_t number = identity_site_number(registry, credential->site);
		most = number > most ? number : most;
	}
	return most;
}

int site_numbers_foresee(const char *dir, const struct plan *plan, uint32_t **ret_numbers)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	size_t n = plan->sites.n_sites;
	uint32_t *numbers = calloc(n + 1, sizeof(*numbers));
	int r = numbers ? identity_load(dir, &registry) : -ENOMEM;
	if (r != 0) {
		free(numbers);
		return r;
	}
	uint32_t last = highest(registry);
	for (size_t i = 0; i < n; i++) {
		uint32_t known = identity_site_number(registry, plan->sites.sites[i].id);
		numbers[i] = known > 0 ? known : ++last;
	}
	*ret_numbers = numbers;
	return 0;
}

int site_numbers_give(const char *dir, const struct plan *plan, uint32_t **ret_numbers)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	size_t n = plan->sites.n_sites, entered = 0;
	const char **ids cleanup(free) = calloc(n + 1, sizeof(*ids));
	int r = ids ? identity_edit(dir, &registry) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		ids[i] = plan->sites.sites[i].id;
	}
	if (r == 0) {
		r = identity_sites_enter(registry, ids, n, &entered);
	}
	return r == 0 ? site_numbers_foresee(dir, plan, ret_numbers) : r;
}
