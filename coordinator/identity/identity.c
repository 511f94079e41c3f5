/* The registry: identity.json in memory and back. accounts.c, displays.c and tokens.c change it. */
#include "coordinator/identity/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/registry.h"
#include "proto/codec/codec.h"
#include "text_copy.h"

enum { OWNER_ONLY = 0600 };

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static int take_lock(struct identity_registry *registry)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, registry->dir, "identity.lock");
	if (r < 0) {
		return r;
	}
	registry->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (registry->lock < 0 || fcntl(registry->lock, F_SETLKW, &whole) < 0) {
		return -errno;
	}
	return 0;
}

int registry_create(const char *dir, bool locked, struct identity_registry **ret_registry)
{
	struct identity_registry *registry cleanup(identity_destroy) = calloc(1, sizeof(*registry));
	if (!registry) {
		return -ENOMEM;
	}
	registry->lock = -1;
	if (!TEXT_COPY(registry->dir, dir)) {
		return -ENAMETOOLONG;
	}
	int r = secret_start();
	if (r == 0 && locked) {
		r = take_lock(registry);
	}
	if (r < 0) {
		return r;
	}
	*ret_registry = registry;
	registry = NULL;
	return 0;
}

void identity_destroy(struct identity_registry *registry)
{
	if (!registry) {
		return;
	}
	if (registry->lock >= 0) {
		close(registry->lock);
	}
	free(registry->accounts);
	free(registry->credentials);
	free(registry->displays);
	free(registry);
}

void *registry_grow(void *array, size_t count, size_t size)
{
	return realloc(array, (count + 1) * size);
}

bool registry_is_name(const char *text, size_t max, bool (*check)(const char *text))
{
	size_t length = strlen(text);
	return length > 0 && length <= max && check(text);
}

static void *copy_array(const void *from, size_t count, size_t size)
{
	void *to = malloc((count ? count : 1) * size);
	if (to && count) {
		memcpy(to, from, count * size);
	}
	return to;
}

/* Take over the decoded registry; on failure it is unchanged. */
static int adopt(struct identity_registry *registry, const struct identity *read)
{
	struct account *accounts = copy_array(read->accounts, read->n_accounts, sizeof(*accounts));
	struct credential *credentials =
		copy_array(read->credentials, read->n_credentials, sizeof(*credentials));
	struct display *displays = copy_array(read->displays, read->n_displays, sizeof(*displays));
	if (!accounts || !credentials || !displays) {
		free(accounts);
		free(credentials);
		free(displays);
		return -ENOMEM;
	}
	free(registry->accounts);
	free(registry->credentials);
	free(registry->displays);
	registry->accounts = accounts;
	registry->n_accounts = read->n_accounts;
	registry->credentials = credentials;
	registry->n_credentials = read->n_credentials;
	registry->displays = displays;
	registry->n_displays = read->n_displays;
	memcpy(registry->addresses, read->addresses, sizeof(registry->addresses));
	registry->n_addresses = read->n_addresses;
	return 0;
}

static int decode(struct identity_registry *registry, const char *json, size_t size)
{
	struct msg_arena arena = {0};
	struct identity read;
	int r = msg_decode(&msg_identity, json, size, &arena, &read, NULL);
	if (r == 0) {
		r = adopt(registry, &read);
	}
	msg_arena_finish(&arena);
	return r > 0 ? -EBADMSG : r;
}

static int stat_file(const struct identity_registry *registry, char path[ATOMIC_FILE_PATH_MAX],
	struct stat *ret_facts)
{
	int r = atomic_file_path(path, registry->dir, "identity.json");
	if (r == 0 && stat(path, ret_facts) < 0) {
		r = -errno;
	}
	return r;
}

static int read_file(struct identity_registry *registry)
{
	char *json cleanup(free) = NULL;
	size_t size = 0;
	struct stat facts;
	char path[ATOMIC_FILE_PATH_MAX];
	int r = stat_file(registry, path, &facts);
	if (r == 0) {
		r = atomic_file_read(path, &json, &size);
	}
	if (r == 0) {
		r = decode(registry, json, size);
	}
	if (r == 0) {
		registry->read_from = facts;
	}
	return r;
}

static int load(const char *dir, bool locked, struct identity_registry **ret_registry)
{
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	int r = registry_create(dir, locked, &registry);
	if (r == 0) {
		r = read_file(registry);
	}
	if (r == 0) {
		char unmatched[GENERATED_PASSWORD_SIZE];
		password_make(unmatched);
		r = password_hash(unmatched, registry->decoy);
	}
	if (r < 0) {
		return r;
	}
	*ret_registry = registry;
	registry = NULL;
	return 0;
}

int identity_load(const char *dir, struct identity_registry **ret_registry)
{
	return load(dir, false, ret_registry);
}

int identity_edit(const char *dir, struct identity_registry **ret_registry)
{
	return load(dir, true, ret_registry);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

bool identity_is_stale(const struct identity_registry *registry)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct stat facts;
	return stat_file(registry, path, &facts) == 0 && !same_file(&facts, &registry->read_from);
}

int identity_refresh(struct identity_registry *registry, bool *ret_changed)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct stat facts;
	int r = stat_file(registry, path, &facts);
	if (r < 0) {
		return r;
	}
	if (same_file(&facts, &registry->read_from)) {
		*ret_changed = false;
		return 0;
	}
	r = read_file(registry);
	if (r == 0) {
		*ret_changed = true;
	}
	return r;
}

int registry_save(struct identity_registry *registry)
{
	char *json = NULL;
	size_t size = 0;
	struct identity written = {.version = JOIN_VERSION_MAX,
		.n_addresses = registry->n_addresses,
		.accounts = registry->accounts,
		.n_accounts = registry->n_accounts,
		.credentials = registry->credentials,
		.n_credentials = registry->n_credentials,
		.has_displays = registry->n_displays > 0,
		.displays = registry->displays,
		.n_displays = registry->n_displays};
	memcpy(written.addresses, registry->addresses, sizeof(written.addresses));
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, registry->dir, "identity.json");
	if (r == 0) {
		r = msg_encode(&msg_identity, &written, &json, &size);
	}
	if (r < 0) {
		return r;
	}
	r = atomic_file_replace(path, json, size);
	msg_free(json);
	if (r == 0 && stat(path, &registry->read_from) < 0) {
		r = -errno;
	}
	return r;
}

const char *identity_address(const struct identity_registry *registry)
{
	return registry->n_addresses > 0 ? registry->addresses[0] : "";
}

const char *identity_refusal_name(int refusal)
{
	static const char *const names[IDENTITY_REFUSAL_COUNT] = {
		[0] = "none",
		[IDENTITY_UNKNOWN] = "unknown",
		[IDENTITY_EXISTS] = "exists",
		[IDENTITY_BAD_NAME] = "bad_name",
		[IDENTITY_BAD_ROLE] = "bad_role",
		[IDENTITY_WEAK_PASSWORD] = "weak_password",
		[IDENTITY_LAST_OPERATOR] = "last_operator",
		[IDENTITY_FULL] = "full",
		[IDENTITY_OPEN_FOLDER] = "open_folder",
		[IDENTITY_BAD_DISPLAY_NAME] = "bad_display_name",
		[IDENTITY_BAD_ADDRESS] = "bad_address",
	};
	return refusal >= 0 && refusal < IDENTITY_REFUSAL_COUNT ? names[refusal] : "fault";
}
