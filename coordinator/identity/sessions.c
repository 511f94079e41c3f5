#include "coordinator/identity/sessions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	char digest[SECRET_DIGEST_SIZE]; /* "" : free */
	struct session session;
};

struct sessions {
	struct entry entries[SESSIONS_MAX];
};

int sessions_create(struct sessions **ret_sessions)
{
	struct sessions *sessions = calloc(1, sizeof(*sessions));
	if (!sessions) {
		return -ENOMEM;
	}
	*ret_sessions = sessions;
	return 0;
}

void sessions_destroy(struct sessions *sessions)
{
	free(sessions);
}

static bool is_live(const struct entry *entry, struct instant now)
{
	return entry->digest[0] != '\0' && !instant_reached(entry->session.expires, now);
}

static struct entry *find(struct sessions *sessions, const char *secret)
{
	char digest[SECRET_DIGEST_SIZE];
	secret_digest(secret, digest);
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (secret_digest_equal(sessions->entries[i].digest, digest)) {
			return &sessions->entries[i];
		}
	}
	return NULL;
}

/* The place of a new session: a free one, or the account's oldest if it has its fill. */
static struct entry *place_for(struct sessions *sessions, const char *account, struct instant now)
{
	struct entry *vacant = NULL;
	struct entry *oldest = NULL;
	size_t own = 0;
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		struct entry *entry = &sessions->entries[i];
		if (!is_live(entry, now)) {
			vacant = vacant ? vacant : entry;
		} else if (strcmp(entry->session.account, account) == 0) {
			own++;
			if (!oldest || entry->session.expires.ms < oldest->session.expires.ms) {
				oldest = entry;
			}
		}
	}
	return own >= SESSIONS_PER_ACCOUNT_MAX ? oldest : vacant;
}

bool sessions_begin(struct sessions *sessions, const struct session *session, struct instant now,
	char secret[SECRET_TEXT_SIZE])
{
	struct entry *entry = place_for(sessions, session->account, now);
	if (!entry) {
		return false;
	}
	secret_make(secret);
	secret_digest(secret, entry->digest);
	entry->session = *session;
	return true;
}

bool sessions_find(struct sessions *sessions, const char *secret, struct instant now,
	struct session *ret_session)
{
	const struct entry *entry = find(sessions, secret);
	if (!entry || !is_live(entry, now)) {
		return false;
	}
	*ret_session = entry->session;
	return true;
}

void sessions_end(struct sessions *sessions, const char *secret)
{
	struct entry *entry = find(sessions, secret);
	if (entry) {
		*entry = (struct entry){0};
	}
}

void sessions_end_account(struct sessions *sessions, const char *account)
{
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (strcmp(sessions->entries[i].session.account, account) == 0) {
			sessions->entries[i] = (struct entry){0};
		}
	}
}
