/*
 * The first moment of an installation, and certificates: what ties book, tokens and authority
 * together.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/identity/ca.h"
#include "coordinator/identity/tokens.h"
#include "proto/system/modes.h"

enum { HOST_SIZE = CA_NAME_MAX + 1 };

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

/* The host of "wss://host:port/path", brackets of IPv6 taken off. */
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

/* The authority, for the book's addresses and these names alone, and the server's certificate. */
static int certify(const struct identity_registry *registry, const char *const *names,
	size_t n_names, struct stamp now)
{
	struct ca_names all = {0};
	char hosts[IDENTITY_ADDRESSES_MAX][HOST_SIZE];
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
	int fault = ca_create(registry->dir, &all, now);
	return fault < 0 ? fault : ca_issue(registry->dir, &all, now);
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
	char join[ATOMIC_FILE_PATH_MAX];
	int fault = modes_take_folder(dir);
	if (fault == 0) {
		fault = atomic_file_path(join, dir, "join");
	}
	if (fault == 0) {
		fault = modes_take_folder(join);
	}
	return fault > 0 ? IDENTITY_OPEN_FOLDER : fault;
}

static int enrol_all(
	struct identity_registry *registry, const struct identity_setup *setup, struct stamp now)
{
	static const struct identity_site relay = {.id = IDENTITY_RELAY};
	int result = token_enrol(registry, &relay, now);
	for (size_t i = 0; i < setup->n_sites && result == 0; i++) {
		result = token_enrol(registry, &setup->sites[i], now);
	}
	return result;
}

int identity_init(const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE])
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int result = make_folders(setup->dir);
	if (result == 0) {
		result = registry_create(setup->dir, true, &registry);
	}
	if (result == 0) {
		result = set_addresses(registry, setup);
	}
	if (result == 0) {
		result = certify(registry, setup->names, setup->n_names, now);
	}
	if (result == 0) {
		result = enrol_all(registry, setup, now);
	}
	if (result == 0) {
		password_make(password);
		result = identity_account_add(
			registry, setup->operator_name, ROLE_OPERATOR, password, now);
	}
	return result;
}
