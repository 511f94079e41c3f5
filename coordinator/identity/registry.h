/* Private: the registry's fields, shared by identity.c, accounts.c, displays.c, tokens.c and
 * setup.c. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_REGISTRY_H
#define DIEMCAU_COORDINATOR_IDENTITY_REGISTRY_H

#include <sys/stat.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"

struct identity_registry {
	char dir[ATOMIC_FILE_PATH_MAX];
	int lock; /* descriptor of identity.lock, or -1 */
	struct stat read_from; /* to see whether the file has changed */
	char addresses[IDENTITY_ADDRESSES_MAX][sizeof(((struct identity *)0)->addresses[0])];
	size_t n_addresses;
	struct account *accounts; /* room for IDENTITY_ACCOUNTS_MAX is made as needed */
	size_t n_accounts;
	struct credential *credentials;
	size_t n_credentials;
	struct display *displays;
	size_t n_displays;
	char decoy[PASSWORD_HASH_SIZE];
};

/* An empty registry of a folder, its lock held if `locked`. */
int registry_create(const char *dir, bool locked, struct identity_registry **ret_registry);
/* Write identity.json. 0 or a negative errno. */
int registry_save(struct identity_registry *registry);
/* Room for one more element of `size` bytes. NULL: no memory, the array is unchanged. */
void *registry_grow(void *array, size_t count, size_t size);
/* Does the text have the form of a named string of the schema (its check and its length)? */
bool registry_is_name(const char *text, size_t max, bool (*check)(const char *text));

#endif
