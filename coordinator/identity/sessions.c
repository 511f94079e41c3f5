#include "coordinator/identity/sessions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"

struct stored_session_slot {
	char digest[SECRET_DIGEST_SIZE]; /* "" : free */
	struct session session;
};

struct sessions {
	struct stored_session_slot entries[SESSIONS_MAX];
	uint64_t version;
	uint64_t last_number;
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

static bool is_live(const struct stored_session_slot *entry, struct instant now)
{
	return entry->digest[0] != '\0' && !instant_reached(entry->session.expires, now);
}

static struct stored_session_slot *find(struct sessions *sessions, const char *secret)
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

/* The sessions of an account: how many, and the oldest. */
struct share {
	size_t count;
	struct stored_session_slot *oldest;
};

static struct share share_of(struct sessions *sessions, const char *account, struct instant now)
{
	struct share share = {0};
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		struct stored_session_slot *entry = &sessions->entries[i];
		if (!is_live(entry, now) || strcmp(entry->session.account, account) != 0) {
			continue;
		}
		share.count++;
		if (!share.oldest || entry->session.expires.ms < share.oldest->session.expires.ms) {
			share.oldest = entry;
		}
	}
	return share;
}

static struct stored_session_slot *vacant(struct sessions *sessions, struct instant now)
{
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (!is_live(&sessions->entries[i], now)) {
			return &sessions->entries[i];
		}
	}
	return NULL;
}

static struct share largest_share(struct sessions *sessions, struct instant now)
{
	struct share largest = {0};
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		const char *account = sessions->entries[i].session.account;
		if (largest.oldest && strcmp(largest.oldest->session.account, account) == 0) {
			continue;
		}
		struct share share = share_of(sessions, account, now);
		largest = share.count > largest.count ? share : largest;
	}
	return largest;
}

/* The slot of a new session: a free one, or the oldest of the account that has the most. */
static struct stored_session_slot *place_for(
	struct sessions *sessions, const char *account, struct instant now)
{
	struct stored_session_slot *entry = vacant(sessions, now);
	if (entry) {
		return entry;
	}
	struct share own = share_of(sessions, account, now);
	struct share largest = largest_share(sessions, now);
	return largest.count > own.count ? largest.oldest : own.oldest;
}

void sessions_begin(struct sessions *sessions, const struct session *session, struct instant now,
	char secret[SECRET_TEXT_SIZE])
{
	struct stored_session_slot *entry = place_for(sessions, session->account, now);
	secret_make(secret);
	secret_digest(secret, entry->digest);
	entry->session = *session;
	entry->session.number = ++sessions->last_number;
	sessions->version++;
}

bool sessions_find(struct sessions *sessions, const char *secret, struct instant now,
	struct session *ret_session)
{
	const struct stored_session_slot *entry = find(sessions, secret);
	if (!entry || !is_live(entry, now)) {
		return false;
	}
	*ret_session = entry->session;
	return true;
}

static void end(struct sessions *sessions, struct stored_session_slot *entry)
{
	*entry = (struct stored_session_slot){0};
	sessions->version++;
}

void sessions_end(struct sessions *sessions, const char *secret)
{
	struct stored_session_slot *entry = find(sessions, secret);
	if (entry) {
		end(sessions, entry);
	}
}

void sessions_review(struct sessions *sessions, const struct identity_registry *registry)
{
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		struct stored_session_slot *entry = &sessions->entries[i];
		const struct session *session = &entry->session;
		if (entry->digest[0] != '\0' && !identity_account_holds(registry, session->account,
							session->role, session->changed)) {
			end(sessions, entry);
		}
	}
}

/* ---- over a restart ---- */

uint64_t sessions_version(const struct sessions *sessions)
{
	return sessions->version;
}

static void store(
	const struct stored_session_slot *entry, struct now now, struct stored_session *ret)
{
	const struct session *session = &entry->session;
	memcpy(ret->digest, entry->digest, sizeof(ret->digest));
	memcpy(ret->account, session->account, sizeof(ret->account));
	ret->role = session->role;
	ret->changed = session->changed;
	ret->expires.ms = now.wall.ms + span_between(now.at, session->expires).ms;
}

int sessions_list(const struct sessions *sessions, struct now now,
	struct stored_session **ret_stored, size_t *ret_n)
{
	struct stored_session *stored = calloc(SESSIONS_MAX, sizeof(*stored));
	size_t n = 0;
	if (!stored) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (is_live(&sessions->entries[i], now.at)) {
			store(&sessions->entries[i], now, &stored[n++]);
		}
	}
	*ret_stored = stored;
	*ret_n = n;
	return 0;
}

static void restore(struct stored_session_slot *entry, const struct stored_session *stored,
	uint64_t number, struct now now)
{
	int64_t left = stored->expires.ms - now.wall.ms;
	if (left <= 0) {
		return;
	}
	left = left < SESSION_SPAN_MS ? left : SESSION_SPAN_MS;
	memcpy(entry->digest, stored->digest, sizeof(entry->digest));
	memcpy(entry->session.account, stored->account, sizeof(entry->session.account));
	entry->session.role = stored->role;
	entry->session.changed = stored->changed;
	entry->session.expires = instant_after(now.at, (struct span){left});
	entry->session.number = number;
}

void sessions_restore(
	struct sessions *sessions, const struct stored_sessions *stored, struct now now)
{
	for (size_t i = 0; i < stored->n_sessions; i++) {
		restore(&sessions->entries[i], &stored->sessions[i], ++sessions->last_number, now);
	}
	sessions->version++;
}
