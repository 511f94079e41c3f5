/*
 * People. Each change is written before the call returns; when writing fails the registry in memory
 * is restored, so that memory and disk agree.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/identity/registry.h"
#include "proto/codec/patterns.h"
#include "text_copy.h"

static struct account *find(const struct identity_registry *registry, const char *name)
{
	for (size_t i = 0; i < registry->n_accounts; i++) {
		if (strcmp(registry->accounts[i].name, name) == 0) {
			return &registry->accounts[i];
		}
	}
	return NULL;
}

static bool is_for_people(enum role role)
{
	return role == ROLE_OPERATOR || role == ROLE_TECHNICIAN || role == ROLE_CHAIR ||
	       role == ROLE_VIEWER;
}

static int hash_into(struct account *account, const char *password, struct stamp now)
{
	char hash[PASSWORD_HASH_SIZE] = {0};
	size_t length = strlen(password);
	if (length < PASSWORD_MIN) {
		return IDENTITY_WEAK_PASSWORD;
	}
	int r = password_hash(password, hash);
	if (r < 0) {
		return r == -EINVAL ? IDENTITY_WEAK_PASSWORD : r;
	}
	TEXT_COPY(account->password, hash);
	account->changed = now;
	return 0;
}

static int refuse_new(const struct identity_registry *registry, const char *name, enum role role)
{
	if (!registry_is_name(name, ACCOUNT_NAME_CHARS, check_account_name)) {
		return IDENTITY_BAD_NAME;
	}
	if (!is_for_people(role)) {
		return IDENTITY_BAD_ROLE;
	}
	if (find(registry, name)) {
		return IDENTITY_EXISTS;
	}
	return registry->n_accounts >= IDENTITY_ACCOUNTS_MAX ? IDENTITY_FULL : 0;
}

int identity_account_add(struct identity_registry *registry, const char *name, enum role role,
	const char *password, struct stamp now)
{
	struct account account = {.role = role, .has_created = true, .created = now};
	int r = refuse_new(registry, name, role);
	if (r == 0) {
		r = hash_into(&account, password, now);
	}
	if (r != 0) {
		return r;
	}
	TEXT_COPY(account.name, name);
	struct account *grown =
		registry_grow(registry->accounts, registry->n_accounts, sizeof(account));
	if (!grown) {
		return -ENOMEM;
	}
	registry->accounts = grown;
	registry->accounts[registry->n_accounts++] = account;
	r = registry_save(registry);
	if (r < 0) {
		registry->n_accounts--;
	}
	return r;
}

int identity_account_passwd(struct identity_registry *registry, const char *name,
	const char *password, struct stamp now)
{
	struct account *account = find(registry, name);
	if (!account) {
		return IDENTITY_UNKNOWN;
	}
	struct account before = *account;
	int r = hash_into(account, password, now);
	if (r == 0) {
		r = registry_save(registry);
	}
	if (r != 0) {
		*account = before;
	}
	return r;
}

static bool is_last_operator(
	const struct identity_registry *registry, const struct account *account)
{
	size_t operators = 0;
	for (size_t i = 0; i < registry->n_accounts; i++) {
		operators += registry->accounts[i].role == ROLE_OPERATOR;
	}
	return account->role == ROLE_OPERATOR && operators == 1;
}

int identity_account_remove(struct identity_registry *registry, const char *name)
{
	struct account *account = find(registry, name);
	if (!account) {
		return IDENTITY_UNKNOWN;
	}
	if (is_last_operator(registry, account)) {
		return IDENTITY_LAST_OPERATOR;
	}
	struct account removed = *account;
	*account = registry->accounts[--registry->n_accounts];
	int r = registry_save(registry);
	if (r < 0) {
		registry->accounts[registry->n_accounts++] = *account;
		*account = removed;
	}
	return r;
}

int identity_account_find(
	const struct identity_registry *registry, const char *name, struct account *ret_account)
{
	const struct account *account = find(registry, name);
	if (account) {
		*ret_account = *account;
		return 0;
	}
	*ret_account = (struct account){0};
	TEXT_COPY(ret_account->password, registry->decoy);
	return IDENTITY_UNKNOWN;
}

bool identity_account_holds(const struct identity_registry *registry, const char *name,
	enum role role, struct stamp changed)
{
	const struct account *account = find(registry, name);
	return account && account->role == role && account->changed.ms == changed.ms;
}

size_t identity_account_count(const struct identity_registry *registry)
{
	return registry->n_accounts;
}

const struct account *identity_account(const struct identity_registry *registry, size_t index)
{
	return index < registry->n_accounts ? &registry->accounts[index] : NULL;
}
