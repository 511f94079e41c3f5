/*
 * Tokens of sites and relays. A token exists in its join file only; the registry has its digest.
 * The join file is written first: a crash between the two leaves the old token valid and a join
 * file that does not work yet, which is noticed at once; the other order would silently lock a site
 * out.
 */
#include "coordinator/identity/tokens.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/message_file.h"
#include "proto/codec/codec.h"
#include "proto/codec/patterns.h"
#include "proto/system/memory.h"
#include "text_copy.h"

DEFINE_CLEANUP(char *, free)

static void join_free(struct join *join)
{
	memory_wipe(join, sizeof(*join));
	free(join);
}

DEFINE_CLEANUP(struct join *, join_free)

static struct credential *find(const struct identity_registry *registry, const char *site)
{
	for (size_t i = 0; i < registry->n_credentials; i++) {
		if (strcmp(registry->credentials[i].site, site) == 0) {
			return &registry->credentials[i];
		}
	}
	return NULL;
}

static int join_path(
	const struct identity_registry *registry, const char *site, char path[ATOMIC_FILE_PATH_MAX])
{
	char name[SITE_ID_SIZE + sizeof("join/.json")];
	snprintf(name, sizeof(name), "join/%s.json", site);
	return atomic_file_path(path, registry->dir, name);
}

static int read_authority(const struct identity_registry *registry, struct join *join)
{
	char *pem cleanup(free) = NULL;
	size_t size = 0;
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, registry->dir, "ca.pem");
	if (r == 0) {
		r = atomic_file_read(path, &pem, &size);
	}
	if (r == 0 && size >= sizeof(join->ca)) {
		r = -EFBIG;
	}
	if (r == 0) {
		memcpy(join->ca, pem, size + 1);
	}
	return r;
}

static int write_join(const struct identity_registry *registry, const struct join *join)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = join_path(registry, join->site, path);
	return r == 0 ? message_file_write(path, &msg_join, join) : r;
}

/* A new token: its join file on disk, its digest in *credential. */
static int make_token(
	const struct identity_registry *registry, struct credential *credential, struct stamp now)
{
	struct join *join cleanup(join_free) = calloc(1, sizeof(*join));
	if (!join) {
		return -ENOMEM;
	}
	join->version = JOIN_VERSION_MAX;
	join->role = credential->role;
	join->number = credential->number;
	memcpy(join->site, credential->site, sizeof(join->site));
	memcpy(join->addresses, registry->addresses, sizeof(join->addresses));
	join->n_addresses = registry->n_addresses;
	secret_make(join->token);
	int r = read_authority(registry, join);
	if (r == 0) {
		r = write_join(registry, join);
	}
	if (r == 0) {
		secret_digest(join->token, credential->digest);
		credential->issued = now;
		credential->revoked = false;
	}
	return r;
}

/* One more at the end of the registry in memory, with its role, number and state as given. */
static int add_credential(
	struct identity_registry *registry, const char *site, const struct credential *credential)
{
	bool relay = credential->role == ROLE_RELAY;
	if (!registry_is_name(site, SITE_ID_CHARS, check_site_id) ||
		relay != (strcmp(site, IDENTITY_RELAY) == 0)) {
		return IDENTITY_BAD_NAME;
	}
	if (find(registry, site)) {
		return IDENTITY_EXISTS;
	}
	if (registry->n_credentials >= IDENTITY_CREDENTIALS_MAX ||
		credential->number > SITE_NUMBER_MAX) {
		return IDENTITY_FULL;
	}
	struct credential *grown =
		registry_grow(registry->credentials, registry->n_credentials, sizeof(*credential));
	if (!grown) {
		return -ENOMEM;
	}
	registry->credentials = grown;
	struct credential *added = &grown[registry->n_credentials++];
	*added = *credential;
	TEXT_COPY(added->site, site);
	return 0;
}

int token_enrol(
	struct identity_registry *registry, const struct identity_site *site, struct stamp now)
{
	struct credential credential = {
		.role = site->number == 0 ? ROLE_RELAY : ROLE_SITE, .number = site->number};
	int r = add_credential(registry, site->id, &credential);
	if (r != 0) {
		return r;
	}
	r = make_token(registry, &registry->credentials[registry->n_credentials - 1], now);
	if (r != 0) {
		registry->n_credentials--;
	}
	return r;
}

/* ---- numbers ---- */

uint32_t identity_site_number(const struct identity_registry *registry, const char *site)
{
	const struct credential *credential = find(registry, site);
	return credential ? credential->number : 0;
}

static uint32_t next_number(const struct identity_registry *registry)
{
	uint32_t most = 0;
	for (size_t i = 0; i < registry->n_credentials; i++) {
		uint32_t number = registry->credentials[i].number;
		most = number > most ? number : most;
	}
	return most + 1;
}

/* A number without a token: the digest is that of a secret which nobody has. */
static int enter(struct identity_registry *registry, const char *site)
{
	struct credential credential = {
		.role = ROLE_SITE, .number = next_number(registry), .revoked = true};
	int r = add_credential(registry, site, &credential);
	if (r == 0) {
		char secret[SECRET_TEXT_SIZE];
		secret_make(secret);
		secret_digest(secret, registry->credentials[registry->n_credentials - 1].digest);
		memory_wipe(secret, sizeof(secret));
	}
	return r;
}

int identity_sites_enter(
	struct identity_registry *registry, const char *const *sites, size_t n, size_t *ret_entered)
{
	size_t before = registry->n_credentials;
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++) {
		r = find(registry, sites[i]) ? 0 : enter(registry, sites[i]);
	}
	if (r == 0 && registry->n_credentials > before) {
		r = registry_save(registry);
	}
	if (r != 0) {
		registry->n_credentials = before;
	}
	*ret_entered = registry->n_credentials - before;
	return r;
}

int identity_site_add(struct identity_registry *registry, const char *id, struct stamp now)
{
	const struct credential *found = find(registry, id);
	if (found && (!found->revoked || found->role != ROLE_SITE)) {
		return found->role == ROLE_SITE ? IDENTITY_EXISTS : IDENTITY_BAD_NAME;
	}
	if (found) {
		return identity_token_rotate(registry, id, now);
	}
	struct identity_site site = {id, next_number(registry)};
	int r = token_enrol(registry, &site, now);
	if (r != 0) {
		return r;
	}
	r = registry_save(registry);
	if (r < 0) {
		registry->n_credentials--;
	}
	return r;
}

/* ---- tokens ---- */

int identity_token_rotate(struct identity_registry *registry, const char *site, struct stamp now)
{
	struct credential *credential = find(registry, site);
	if (!credential) {
		return IDENTITY_UNKNOWN;
	}
	struct credential before = *credential;
	int r = make_token(registry, credential, now);
	if (r == 0) {
		r = registry_save(registry);
	}
	if (r < 0) {
		*credential = before;
	}
	return r;
}

int identity_token_revoke(struct identity_registry *registry, const char *site)
{
	struct credential *credential = find(registry, site);
	if (!credential) {
		return IDENTITY_UNKNOWN;
	}
	bool before = credential->revoked;
	credential->revoked = true;
	int r = registry_save(registry);
	if (r < 0) {
		credential->revoked = before;
		return r;
	}
	char path[ATOMIC_FILE_PATH_MAX];
	if (join_path(registry, site, path) == 0) {
		unlink(path); /* already invalid: leaving it is no fault */
	}
	return 0;
}

bool identity_verify_token(const struct identity_registry *registry, enum role role,
	const char *site, const char *token, struct credential *ret_credential)
{
	static const struct credential no_credential = {.digest = "0", .revoked = true};
	const struct credential *found = find(registry, site);
	const struct credential *credential = found ? found : &no_credential;
	char digest[SECRET_DIGEST_SIZE];
	secret_digest(token, digest);
	bool equal = secret_digest_equal(credential->digest, digest);
	if (!equal || credential->revoked || credential->role != role) {
		return false;
	}
	*ret_credential = *credential;
	return true;
}

const struct credential *identity_credential(const struct identity_registry *registry, size_t index)
{
	return index < registry->n_credentials ? &registry->credentials[index] : NULL;
}

void identity_mark(const struct credential *credential, char mark[CREDENTIAL_MARK_SIZE])
{
	char text[DIGEST_SIZE + 1];
	snprintf(text, sizeof(text), "%c%s", credential->revoked ? '-' : '+', credential->digest);
	char digest[SECRET_DIGEST_SIZE];
	secret_digest(text, digest);
	text_copy_part(mark, CREDENTIAL_MARK_SIZE, digest, CREDENTIAL_MARK_CHARS);
}

bool identity_holds(const struct identity_registry *registry, const struct credential *credential)
{
	const struct credential *found = find(registry, credential->site);
	return found && !found->revoked && found->role == credential->role &&
	       secret_digest_equal(found->digest, credential->digest);
}
