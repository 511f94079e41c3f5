/* Creating an installation and its certificates: combines registry, tokens and CA. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/identity/ca.h"
#include "coordinator/identity/tokens.h"
#include "proto/system/modes.h"

enum { HOST_SIZE = CA_NAME_MAX + 1 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

/* The host of "wss://host:port/path", without the brackets of IPv6. */
static int host_of(const char *address, char host[HOST_SIZE])
{
	const char *start = strstr(address, "://");
	if (!start || (strncmp(address, "wss", 3) != 0 && strncmp(address, "ws:", 3) != 0)) {
		return IDENTITY_BAD_ADDRESS;
	}
	start += 3;
	size_t length = strcspn(start, ":/");
	if (*start == '[') {
		start++;
		length = strcspn(start, "]");
	}
	if (length == 0 || length >= HOST_SIZE) {
		return IDENTITY_BAD_ADDRESS;
	}
	memcpy(host, start, length);
	host[length] = '\0';
	return 0;
}

/* The CA, for the registry's addresses and these names only, and the server's certificate. */
static int certify(const struct identity_registry *registry, const char *const *names,
	size_t n_names, struct stamp now)
{
	struct ca_names all = {0};
	char hosts[IDENTITY_ADDRESSES_MAX][HOST_SIZE]; /* `all` points into it */
	for (size_t i = 0; i < registry->n_addresses; i++) {
		if (host_of(registry->addresses[i], hosts[i]) != 0 ||
			!ca_name_add(&all, hosts[i])) {
			return IDENTITY_BAD_ADDRESS;
		}
	}
	for (size_t i = 0; i < n_names; i++) {
		if (!ca_name_add(&all, names[i])) {
			return IDENTITY_BAD_ADDRESS;
		}
	}
	static const char *const loopback[] = {"localhost", "127.0.0.1", "::1"};
	for (size_t i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++) {
		ca_name_add(&all, loopback[i]);
	}
	int r = ca_create(registry->dir, &all, now);
	return r < 0 ? r : ca_issue(registry->dir, &all, now);
}

static int set_addresses(struct identity_registry *registry, const struct identity_setup *setup)
{
	if (setup->n_addresses == 0 || setup->n_addresses > IDENTITY_ADDRESSES_MAX) {
		return IDENTITY_BAD_ADDRESS;
	}
	for (size_t i = 0; i < setup->n_addresses; i++) {
		int length = snprintf(registry->addresses[i], sizeof(registry->addresses[i]), "%s",
			setup->addresses[i]);
		if (length < 0 || length > 256) {
			return IDENTITY_BAD_ADDRESS;
		}
	}
	registry->n_addresses = setup->n_addresses;
	return 0;
}

static int make_folders(const char *dir)
{
	int r = modes_take_folder(dir);
	char join[ATOMIC_FILE_PATH_MAX];
	if (r == 0) {
		r = atomic_file_path(join, dir, "join");
	}
	if (r == 0) {
		r = modes_take_folder(join);
	}
	return r > 0 ? IDENTITY_OPEN_FOLDER : r;
}

static int enrol_all(
	struct identity_registry *registry, const struct identity_setup *setup, struct stamp now)
{
	static const struct identity_site relay = {.id = IDENTITY_RELAY};
	int r = token_enrol(registry, &relay, now);
	for (size_t i = 0; i < setup->n_sites && r == 0; i++) {
		r = token_enrol(registry, &setup->sites[i], now);
	}
	return r;
}

int identity_init(const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE])
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = make_folders(setup->dir);
	if (r == 0) {
		r = registry_create(setup->dir, true, &registry);
	}
	if (r == 0) {
		r = set_addresses(registry, setup);
	}
	if (r == 0) {
		r = certify(registry, setup->names, setup->n_names, now);
	}
	if (r == 0) {
		r = enrol_all(registry, setup, now);
	}
	if (r == 0) {
		password_make(password);
		r = identity_account_add(
			registry, setup->operator_name, ROLE_OPERATOR, password, now);
	}
	return r;
}
