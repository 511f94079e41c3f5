/*
 * The book: identity.json in memory and back. What changes it is in accounts.c and tokens.c.
 */
#include "coordinator/identity/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/book.h"
#include "proto/codec.h"

enum { OWNER_ONLY = 0600 };

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct identity_book *, identity_destroy)

static int take_lock(struct identity_book *book)
{
	char path[STORE_PATH_MAX];
	int fault = store_path(path, book->dir, "identity.lock");
	if (fault < 0) {
		return fault;
	}
	book->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (book->lock < 0 || fcntl(book->lock, F_SETLKW, &whole) < 0) {
		return -errno;
	}
	return 0;
}

int book_create(const char *dir, bool locked, struct identity_book **ret_book)
{
	struct identity_book *book cleanup(identity_destroy) = calloc(1, sizeof(*book));
	if (!book) {
		return -ENOMEM;
	}
	book->lock = -1;
	int length = snprintf(book->dir, sizeof(book->dir), "%s", dir);
	if (length < 0 || (size_t)length >= sizeof(book->dir)) {
		return -ENAMETOOLONG;
	}
	int fault = secret_start();
	if (fault == 0 && locked) {
		fault = take_lock(book);
	}
	if (fault < 0) {
		return fault;
	}
	*ret_book = book;
	book = NULL;
	return 0;
}

void identity_destroy(struct identity_book *book)
{
	if (!book) {
		return;
	}
	if (book->lock >= 0) {
		close(book->lock);
	}
	free(book->accounts);
	free(book->credentials);
	free(book);
}

void *book_grow(void *array, size_t count, size_t size)
{
	return realloc(array, (count + 1) * size);
}

bool book_is_name(const char *text, size_t max, bool (*check)(const char *text))
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

/* Take over what was decoded; the book is as it was on failure. */
static int adopt(struct identity_book *book, const struct identity *read)
{
	struct account *accounts = copy_array(read->accounts, read->n_accounts, sizeof(*accounts));
	struct credential *credentials =
		copy_array(read->credentials, read->n_credentials, sizeof(*credentials));
	if (!accounts || !credentials) {
		free(accounts);
		free(credentials);
		return -ENOMEM;
	}
	free(book->accounts);
	free(book->credentials);
	book->accounts = accounts;
	book->n_accounts = read->n_accounts;
	book->credentials = credentials;
	book->n_credentials = read->n_credentials;
	memcpy(book->addresses, read->addresses, sizeof(book->addresses));
	book->n_addresses = read->n_addresses;
	return 0;
}

static int decode(struct identity_book *book, const char *json, size_t size)
{
	struct msg_arena arena = {0};
	struct identity read;
	int result = msg_decode(&msg_identity, json, size, &arena, &read, NULL);
	if (result == 0) {
		result = adopt(book, &read);
	}
	msg_arena_finish(&arena);
	return result > 0 ? -EBADMSG : result;
}

static int look_at_file(
	const struct identity_book *book, char path[STORE_PATH_MAX], struct stat *ret_facts)
{
	int fault = store_path(path, book->dir, "identity.json");
	if (fault == 0 && stat(path, ret_facts) < 0) {
		fault = -errno;
	}
	return fault;
}

static int read_file(struct identity_book *book)
{
	char path[STORE_PATH_MAX];
	char *json cleanup(free) = NULL;
	size_t size = 0;
	struct stat facts;
	int fault = look_at_file(book, path, &facts);
	if (fault == 0) {
		fault = store_read(path, &json, &size);
	}
	if (fault == 0) {
		fault = decode(book, json, size);
	}
	if (fault == 0) {
		book->read_from = facts;
	}
	return fault;
}

static int load(const char *dir, bool locked, struct identity_book **ret_book)
{
	struct identity_book *book cleanup(identity_destroy) = NULL;
	char unmatched[GENERATED_PASSWORD_SIZE];
	int fault = book_create(dir, locked, &book);
	if (fault == 0) {
		fault = read_file(book);
	}
	if (fault == 0) {
		password_make(unmatched);
		fault = password_hash(unmatched, book->decoy);
	}
	if (fault < 0) {
		return fault;
	}
	*ret_book = book;
	book = NULL;
	return 0;
}

int identity_load(const char *dir, struct identity_book **ret_book)
{
	return load(dir, false, ret_book);
}

int identity_edit(const char *dir, struct identity_book **ret_book)
{
	return load(dir, true, ret_book);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

int identity_refresh(struct identity_book *book, bool *ret_changed)
{
	char path[STORE_PATH_MAX];
	struct stat facts;
	int fault = look_at_file(book, path, &facts);
	if (fault < 0) {
		return fault;
	}
	if (same_file(&facts, &book->read_from)) {
		*ret_changed = false;
		return 0;
	}
	fault = read_file(book);
	if (fault == 0) {
		*ret_changed = true;
	}
	return fault;
}

int book_save(struct identity_book *book)
{
	char path[STORE_PATH_MAX];
	char *json = NULL;
	size_t size = 0;
	struct identity written = {.version = JOIN_VERSION_MAX,
		.n_addresses = book->n_addresses,
		.accounts = book->accounts,
		.n_accounts = book->n_accounts,
		.credentials = book->credentials,
		.n_credentials = book->n_credentials};
	memcpy(written.addresses, book->addresses, sizeof(written.addresses));
	int fault = store_path(path, book->dir, "identity.json");
	if (fault == 0) {
		fault = msg_encode(&msg_identity, &written, &json, &size);
	}
	if (fault < 0) {
		return fault;
	}
	fault = store_replace(path, json, size);
	msg_free(json);
	if (fault == 0 && stat(path, &book->read_from) < 0) {
		fault = -errno;
	}
	return fault;
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
		[IDENTITY_BAD_ADDRESS] = "bad_address",
	};
	return refusal >= 0 && refusal < IDENTITY_REFUSAL_COUNT ? names[refusal] : "fault";
}
