/* Creating an installation and its certificates: combines registry, tokens and CA. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/ca.h"
#include "coordinator/identity/tokens.h"
#include "proto/network/server_url.h"
#include "proto/system/modes.h"

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

/* The CA, for the registry's addresses and these names only, and the server's certificate. */
static int certify(const struct identity_registry *registry, const char *const *names,
	size_t n_names, struct stamp now)
{
	struct ca_names all = {0};
	struct server_url urls[IDENTITY_ADDRESSES_MAX]; /* `all` points into them */
	for (size_t i = 0; i < registry->n_addresses; i++) {
		if (server_url_parse(registry->addresses[i], &urls[i]) != 0 ||
			!ca_name_add(&all, urls[i].host)) {
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

/* Everything, in a folder that holds nothing yet. */
static int build(const char *folder, const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE])
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	char join[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(join, folder, "join");
	if (r == 0) {
		r = atomic_file_make_folder(join);
	}
	if (r == 0) {
		r = registry_create(folder, false, &registry);
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

/* ---- all or nothing ---- */

/* Where it is built, within the folder: what is moved from there is on the same disk. */
static const char workshop[] = ".init";

/* In the order in which they are moved out: with the last, the installation is there. */
static const char *const parts[] = {
	"join", "ca.pem", "ca.key", "server.pem", "server.key", "identity.json"};

enum { N_PARTS = sizeof(parts) / sizeof(parts[0]), WALK_DESCRIPTORS = 8 };

static int remove_entry(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
	(void)facts;
	(void)kind;
	(void)place;
	return remove(path) < 0 && errno != ENOENT ? -1 : 0;
}

static void remove_whole(const char *dir, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	if (atomic_file_path(path, dir, name) == 0) {
		nftw(path, remove_entry, WALK_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
	}
}

static bool stands(const char *dir, const char *name)
{
	struct stat facts;
	char path[ATOMIC_FILE_PATH_MAX];
	return atomic_file_path(path, dir, name) == 0 && lstat(path, &facts) == 0;
}

/*
 * Take back what an init that did not come to its end has left: the workshop, and what it had moved
 * out. Without a workshop nothing here is of such an init.
 */
static void take_back(const char *dir)
{
	if (!stands(dir, workshop)) {
		return;
	}
	for (size_t i = 0; i < N_PARTS; i++) {
		remove_whole(dir, parts[i]);
	}
	remove_whole(dir, workshop);
}

static int move_out(const char *dir, const char *from)
{
	for (size_t i = 0; i < N_PARTS; i++) {
		char old[ATOMIC_FILE_PATH_MAX], new[ATOMIC_FILE_PATH_MAX];
		int r = atomic_file_path(old, from, parts[i]);
		if (r == 0) {
			r = atomic_file_path(new, dir, parts[i]);
		}
		if (r == 0 && rename(old, new) < 0) {
			r = -errno;
		}
		if (r == 0) {
			r = atomic_file_sync_folder_of(new);
		}
		if (r < 0) {
			return r;
		}
	}
	return 0;
}

/* The folder is ours, and no other init runs in it. */
static int build_in(const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE])
{
	char folder[ATOMIC_FILE_PATH_MAX];
	if (stands(setup->dir, "identity.json")) {
		return -EEXIST;
	}
	take_back(setup->dir);
	if (stands(setup->dir, "ca.key") || stands(setup->dir, "ca.pem")) {
		return -EEXIST;
	}
	int r = atomic_file_path(folder, setup->dir, workshop);
	if (r == 0) {
		r = atomic_file_make_folder(folder);
	}
	if (r == 0) {
		r = build(folder, setup, now, password);
	}
	if (r == 0) {
		r = move_out(setup->dir, folder);
	}
	if (r == 0) {
		remove_whole(setup->dir, workshop);
	} else {
		take_back(setup->dir);
	}
	return r;
}

int identity_init(const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE])
{
	struct identity_registry *lock cleanup(identity_destroy) = NULL;
	bool ours = access(setup->dir, F_OK) < 0;
	int r = modes_take_folder(setup->dir);
	if (r != 0) {
		return r > 0 ? IDENTITY_OPEN_FOLDER : r;
	}
	r = registry_create(setup->dir, true, &lock);
	if (r == 0) {
		r = build_in(setup, now, password);
	}
	if (r != 0 && r != -EEXIST) {
		remove_whole(setup->dir, "identity.lock");
		if (ours) {
			rmdir(setup->dir);
		}
	}
	return r;
}
