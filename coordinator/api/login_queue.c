#include "coordinator/api/login_queue.h"

#include <string.h>

static const enum login_backoff_kind kinds[NETBLOCK_SIZES] = {
	[NETBLOCK_HOST] = LOGIN_BACKOFF_HOST,
	[NETBLOCK_NETWORK] = LOGIN_BACKOFF_NETWORK,
	[NETBLOCK_REGION] = LOGIN_BACKOFF_REGION,
};

static struct span wait_of(const struct login_queue *login_queue,
	const struct login_attempt *attempt, enum netblock_size rung, struct instant now)
{
	return login_backoff_wait(
		login_queue->backoff, kinds[rung], attempt->origin.networks[rung], now);
}

static size_t waiting_of_device(const struct login_queue *login_queue, uint64_t device)
{
	size_t count = 0;
	for (size_t i = 0; i < login_queue->count; i++) {
		count += login_queue->waiting[i]->device == device;
	}
	return count;
}

/* Known browsers of an account: each login makes one, so an account may have many. */
static size_t known_waiting_of(const struct login_queue *login_queue, uint64_t account)
{
	size_t count = 0;
	for (size_t i = 0; i < login_queue->count; i++) {
		const struct login_attempt *attempt = login_queue->waiting[i];
		count += attempt->known && attempt->account == account;
	}
	return count;
}

static bool is_known(const struct login_queue *login_queue, const struct login_attempt *attempt,
	struct instant now)
{
	return attempt->device != 0 &&
	       login_backoff_wait(login_queue->backoff, LOGIN_BACKOFF_DEVICE, attempt->device, now)
			       .ms <= 0 &&
	       waiting_of_device(login_queue, attempt->device) < LOGIN_QUEUE_PER_DEVICE_MAX &&
	       known_waiting_of(login_queue, attempt->account) < LOGIN_QUEUE_KNOWN_PER_ACCOUNT_MAX;
}

struct span login_queue_wait(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now)
{
	attempt->known = is_known(login_queue, attempt, now);
	if (attempt->known) {
		return (struct span){0};
	}
	struct span wait = wait_of(login_queue, attempt, NETBLOCK_HOST, now);
	if (wait.ms <= 0) {
		return (struct span){0};
	}
	uint64_t host = attempt->origin.networks[NETBLOCK_HOST];
	login_backoff_hurried(login_queue->backoff, LOGIN_BACKOFF_HOST, host, now);
	return wait_of(login_queue, attempt, NETBLOCK_HOST, now);
}

/* ---- ranking ---- */

/* The logarithm of a count: ten times as many failures do not rank ten times as low. */
static uint32_t log2_of(uint32_t count)
{
	uint32_t bits = 0;
	for (; count > 0; count >>= 1) {
		bits++;
	}
	return bits;
}

/* Failures of the host weigh most, those of the region least. */
static uint32_t failure_rank(const struct login_queue *login_queue,
	const struct login_attempt *attempt, struct instant now)
{
	static const uint32_t weights[NETBLOCK_SIZES] = {4, 2, 1};
	uint32_t sum = 0;
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		uint64_t network = attempt->origin.networks[rung];
		uint32_t failures =
			login_backoff_failures(login_queue->backoff, kinds[rung], network, now);
		sum += weights[rung] * log2_of(failures + attempt->ahead[rung]);
	}
	return sum;
}

/* ---- adding and removing ---- */

static struct login_attempt *take_out(struct login_queue *login_queue, size_t at)
{
	struct login_attempt *taken = login_queue->waiting[at];
	login_queue->count--;
	memmove(&login_queue->waiting[at], &login_queue->waiting[at + 1],
		(login_queue->count - at) * sizeof(taken));
	return taken;
}

static void count_ahead(const struct login_queue *login_queue, struct login_attempt *attempt)
{
	memset(attempt->ahead, 0, sizeof(attempt->ahead));
	for (size_t i = 0; i < login_queue->count; i++) {
		const struct netblocks *other = &login_queue->waiting[i]->origin;
		for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
			attempt->ahead[rung] +=
				other->networks[rung] == attempt->origin.networks[rung];
		}
	}
}

static size_t unknown_of(const struct login_queue *login_queue)
{
	size_t count = 0;
	for (size_t i = 0; i < login_queue->count; i++) {
		count += !login_queue->waiting[i]->known;
	}
	return count;
}

/* The unknown browser to evict: the one with the most failures, and of several the latest. */
static size_t most_failures(const struct login_queue *login_queue, struct instant now)
{
	size_t found = login_queue->count - 1;
	uint32_t most = 0;
	for (size_t i = 0; i < login_queue->count; i++) {
		const struct login_attempt *attempt = login_queue->waiting[i];
		uint32_t loud = attempt->known ? 0 : failure_rank(login_queue, attempt, now);
		if (!attempt->known && loud >= most) {
			most = loud;
			found = i;
		}
	}
	return found;
}

struct login_attempt *login_queue_enter(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now)
{
	attempt->came = now;
	count_ahead(login_queue, attempt);
	if (login_queue->count == LOGIN_QUEUE_WAITING_MAX) {
		return attempt; /* full of known browsers */
	}
	login_queue->waiting[login_queue->count++] = attempt;
	bool full = !attempt->known && unknown_of(login_queue) > LOGIN_QUEUE_UNKNOWN_MAX;
	return full ? take_out(login_queue, most_failures(login_queue, now)) : NULL;
}

struct login_attempt *login_queue_leave(
	struct login_queue *login_queue, struct instant now, struct span *ret_wait)
{
	for (size_t i = 0; i < login_queue->count; i++) {
		const struct login_attempt *attempt = login_queue->waiting[i];
		struct span wait = {0};
		if (!attempt->known) {
			wait = wait_of(login_queue, attempt, NETBLOCK_HOST, now);
		}
		if (wait.ms > 0 || span_between(attempt->came, now).ms >= LOGIN_QUEUE_PATIENCE_MS) {
			*ret_wait = (struct span){wait.ms > 0 ? wait.ms : 0};
			return take_out(login_queue, i);
		}
	}
	return NULL;
}

/* ---- choosing the next ---- */

static bool is_due(const struct login_queue *login_queue, const struct login_attempt *attempt,
	struct instant now)
{
	const struct login_backoff *backoff = login_queue->backoff;
	uint64_t host = attempt->origin.networks[NETBLOCK_HOST];
	bool due = login_backoff_wait(backoff, LOGIN_BACKOFF_PASSES, host, now).ms <= 0;
	if (attempt->known) {
		return due &&
		       login_backoff_wait(backoff, LOGIN_BACKOFF_KNOWN, attempt->account, now).ms <=
			       0;
	}
	due = due &&
	      login_backoff_wait(backoff, LOGIN_BACKOFF_ACCOUNT, attempt->account, now).ms <= 0;
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		due = due && wait_of(login_queue, attempt, (enum netblock_size)rung, now).ms <= 0;
	}
	return due;
}

/*
 * The one with the fewest failures among those due, of several the earliest; `count` where none is.
 */
static size_t fewest_failures(const struct login_queue *login_queue, bool known, struct instant now)
{
	size_t found = login_queue->count;
	uint32_t least = UINT32_MAX;
	for (size_t i = 0; i < login_queue->count; i++) {
		const struct login_attempt *attempt = login_queue->waiting[i];
		if (attempt->known != known || !is_due(login_queue, attempt, now)) {
			continue;
		}
		uint32_t loud = failure_rank(login_queue, attempt, now);
		if (loud < least) {
			least = loud;
			found = i;
		}
	}
	return found;
}

static struct login_attempt *next_known(struct login_queue *login_queue, struct instant now)
{
	size_t at = fewest_failures(login_queue, true, now);
	return at < login_queue->count ? take_out(login_queue, at) : NULL;
}

static struct login_attempt *next_unknown(struct login_queue *login_queue, struct instant now)
{
	if (!token_bucket_take(&login_queue->unknown, LOGIN_QUEUE_UNKNOWN_PER_SECOND,
		    LOGIN_QUEUE_STRANGERS_BURST, now)) {
		return NULL;
	}
	size_t at = fewest_failures(login_queue, false, now);
	if (at == login_queue->count) {
		token_bucket_refund(&login_queue->unknown);
		return NULL;
	}
	return take_out(login_queue, at);
}

struct login_attempt *login_queue_next(struct login_queue *login_queue, struct instant now)
{
	bool known_first = !login_queue->known_was_last;
	struct login_attempt *next =
		known_first ? next_known(login_queue, now) : next_unknown(login_queue, now);
	if (!next) {
		next = known_first ? next_unknown(login_queue, now) : next_known(login_queue, now);
	}
	login_queue->known_was_last = next && next->known;
	return next;
}

/* ---- results ---- */

void login_queue_unused(struct login_queue *login_queue, const struct login_attempt *attempt)
{
	if (!attempt->known) {
		token_bucket_refund(&login_queue->unknown);
	}
}

void login_queue_passed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now)
{
	struct login_backoff *backoff = login_queue->backoff;
	uint64_t host = attempt->origin.networks[NETBLOCK_HOST];
	login_backoff_failed(backoff, LOGIN_BACKOFF_PASSES, host, 0, now);
	if (attempt->known) {
		login_backoff_failed(backoff, LOGIN_BACKOFF_KNOWN, attempt->account, 0, now);
		login_backoff_passed(
			backoff, LOGIN_BACKOFF_DEVICE, attempt->device, attempt->account);
		return;
	}
	login_backoff_passed(backoff, LOGIN_BACKOFF_HOST, host, attempt->account);
	token_bucket_refund(&login_queue->unknown);
}

void login_queue_failed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now)
{
	struct login_backoff *backoff = login_queue->backoff;
	if (attempt->known) {
		login_backoff_failed(backoff, LOGIN_BACKOFF_KNOWN, attempt->account, 0, now);
		login_backoff_failed(
			backoff, LOGIN_BACKOFF_DEVICE, attempt->device, attempt->account, now);
		return;
	}
	login_backoff_failed(backoff, LOGIN_BACKOFF_ACCOUNT, attempt->account, 0, now);
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		login_backoff_failed(backoff, kinds[rung], attempt->origin.networks[rung],
			attempt->account, now);
	}
}
