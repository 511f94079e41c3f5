#include "coordinator/api/admission.h"

#include <string.h>

static const enum throttle_kind kinds[ORIGIN_RUNGS] = {
	[ORIGIN_HOST] = THROTTLE_HOST,
	[ORIGIN_NETWORK] = THROTTLE_NETWORK,
	[ORIGIN_REGION] = THROTTLE_REGION,
};

static struct span wait_of(const struct admission *admission, const struct admission_try *attempt,
	enum origin_rung rung, struct instant now)
{
	return throttle_wait(admission->throttle, kinds[rung], attempt->origin.networks[rung], now);
}

static size_t waiting_of_device(const struct admission *admission, uint64_t device)
{
	size_t count = 0;
	for (size_t i = 0; i < admission->count; i++) {
		count += admission->waiting[i]->device == device;
	}
	return count;
}

/* Known browsers of an account: each login makes one, so whoever has an account has many. */
static size_t known_waiting_of(const struct admission *admission, uint64_t account)
{
	size_t count = 0;
	for (size_t i = 0; i < admission->count; i++) {
		const struct admission_try *attempt = admission->waiting[i];
		count += attempt->known && attempt->account == account;
	}
	return count;
}

static bool is_known(
	const struct admission *admission, const struct admission_try *attempt, struct instant now)
{
	return attempt->device != 0 &&
	       throttle_wait(admission->throttle, THROTTLE_DEVICE, attempt->device, now).ms <= 0 &&
	       waiting_of_device(admission, attempt->device) < ADMISSION_PER_DEVICE_MAX &&
	       known_waiting_of(admission, attempt->account) < ADMISSION_KNOWN_PER_ACCOUNT_MAX;
}

struct span admission_wait(
	struct admission *admission, struct admission_try *attempt, struct instant now)
{
	attempt->known = is_known(admission, attempt, now);
	if (attempt->known) {
		return (struct span){0};
	}
	struct span wait = wait_of(admission, attempt, ORIGIN_HOST, now);
	if (wait.ms <= 0) {
		return (struct span){0};
	}
	uint64_t host = attempt->origin.networks[ORIGIN_HOST];
	throttle_hurried(admission->throttle, THROTTLE_HOST, host, now);
	return wait_of(admission, attempt, ORIGIN_HOST, now);
}

/* ---- who is quieter ---- */

/* Doublings of a count: what is ten times as loud is not ten times as far behind. */
static uint32_t doublings(uint32_t count)
{
	uint32_t bits = 0;
	for (; count > 0; count >>= 1) {
		bits++;
	}
	return bits;
}

/* What it has done itself weighs most, what its region has done least. */
static uint32_t loudness(
	const struct admission *admission, const struct admission_try *attempt, struct instant now)
{
	static const uint32_t weights[ORIGIN_RUNGS] = {4, 2, 1};
	uint32_t sum = 0;
	for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
		uint64_t network = attempt->origin.networks[rung];
		uint32_t failures =
			throttle_failures(admission->throttle, kinds[rung], network, now);
		sum += weights[rung] * doublings(failures + attempt->ahead[rung]);
	}
	return sum;
}

/* ---- coming and going ---- */

static struct admission_try *take_out(struct admission *admission, size_t at)
{
	struct admission_try *taken = admission->waiting[at];
	admission->count--;
	memmove(&admission->waiting[at], &admission->waiting[at + 1],
		(admission->count - at) * sizeof(taken));
	return taken;
}

static void count_ahead(const struct admission *admission, struct admission_try *attempt)
{
	memset(attempt->ahead, 0, sizeof(attempt->ahead));
	for (size_t i = 0; i < admission->count; i++) {
		const struct origin *other = &admission->waiting[i]->origin;
		for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
			attempt->ahead[rung] +=
				other->networks[rung] == attempt->origin.networks[rung];
		}
	}
}

static size_t strangers_of(const struct admission *admission)
{
	size_t count = 0;
	for (size_t i = 0; i < admission->count; i++) {
		count += !admission->waiting[i]->known;
	}
	return count;
}

/* The stranger who has to go: the loudest, and of several the last to come. */
static size_t loudest(const struct admission *admission, struct instant now)
{
	size_t found = admission->count - 1;
	uint32_t most = 0;
	for (size_t i = 0; i < admission->count; i++) {
		const struct admission_try *attempt = admission->waiting[i];
		uint32_t loud = attempt->known ? 0 : loudness(admission, attempt, now);
		if (!attempt->known && loud >= most) {
			most = loud;
			found = i;
		}
	}
	return found;
}

struct admission_try *admission_enter(
	struct admission *admission, struct admission_try *attempt, struct instant now)
{
	attempt->came = now;
	count_ahead(admission, attempt);
	if (admission->count == ADMISSION_WAITING_MAX) {
		return attempt; /* full of known browsers */
	}
	admission->waiting[admission->count++] = attempt;
	bool full = !attempt->known && strangers_of(admission) > ADMISSION_STRANGERS_MAX;
	return full ? take_out(admission, loudest(admission, now)) : NULL;
}

struct admission_try *admission_leave(
	struct admission *admission, struct instant now, struct span *ret_wait)
{
	for (size_t i = 0; i < admission->count; i++) {
		const struct admission_try *attempt = admission->waiting[i];
		struct span wait = {0};
		if (!attempt->known) {
			wait = wait_of(admission, attempt, ORIGIN_HOST, now);
		}
		if (wait.ms > 0 || span_between(attempt->came, now).ms >= ADMISSION_PATIENCE_MS) {
			*ret_wait = (struct span){wait.ms > 0 ? wait.ms : 0};
			return take_out(admission, i);
		}
	}
	return NULL;
}

/* ---- whose turn it is ---- */

static bool is_due(
	const struct admission *admission, const struct admission_try *attempt, struct instant now)
{
	const struct throttle *throttle = admission->throttle;
	uint64_t host = attempt->origin.networks[ORIGIN_HOST];
	bool due = throttle_wait(throttle, THROTTLE_PASSES, host, now).ms <= 0;
	if (attempt->known) {
		return due &&
		       throttle_wait(throttle, THROTTLE_KNOWN, attempt->account, now).ms <= 0;
	}
	due = due && throttle_wait(throttle, THROTTLE_ACCOUNT, attempt->account, now).ms <= 0;
	for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
		due = due && wait_of(admission, attempt, (enum origin_rung)rung, now).ms <= 0;
	}
	return due;
}

/* The quietest of those that are due, of several the first to come; `count` where none is. */
static size_t quietest(const struct admission *admission, bool known, struct instant now)
{
	size_t found = admission->count;
	uint32_t least = UINT32_MAX;
	for (size_t i = 0; i < admission->count; i++) {
		const struct admission_try *attempt = admission->waiting[i];
		if (attempt->known != known || !is_due(admission, attempt, now)) {
			continue;
		}
		uint32_t loud = loudness(admission, attempt, now);
		if (loud < least) {
			least = loud;
			found = i;
		}
	}
	return found;
}

static struct admission_try *next_known(struct admission *admission, struct instant now)
{
	size_t at = quietest(admission, true, now);
	return at < admission->count ? take_out(admission, at) : NULL;
}

static struct admission_try *next_stranger(struct admission *admission, struct instant now)
{
	if (!rate_take(&admission->strangers, ADMISSION_STRANGERS_PER_SECOND,
		    ADMISSION_STRANGERS_BURST, now)) {
		return NULL;
	}
	size_t at = quietest(admission, false, now);
	if (at == admission->count) {
		rate_give_back(&admission->strangers);
		return NULL;
	}
	return take_out(admission, at);
}

struct admission_try *admission_next(struct admission *admission, struct instant now)
{
	bool known_first = !admission->known_was_last;
	struct admission_try *next =
		known_first ? next_known(admission, now) : next_stranger(admission, now);
	if (!next) {
		next = known_first ? next_stranger(admission, now) : next_known(admission, now);
	}
	admission->known_was_last = next && next->known;
	return next;
}

/* ---- what came of it ---- */

void admission_unused(struct admission *admission, const struct admission_try *attempt)
{
	if (!attempt->known) {
		rate_give_back(&admission->strangers);
	}
}

void admission_passed(
	struct admission *admission, const struct admission_try *attempt, struct instant now)
{
	struct throttle *throttle = admission->throttle;
	uint64_t host = attempt->origin.networks[ORIGIN_HOST];
	throttle_failed(throttle, THROTTLE_PASSES, host, 0, now);
	if (attempt->known) {
		throttle_failed(throttle, THROTTLE_KNOWN, attempt->account, 0, now);
		throttle_passed(throttle, THROTTLE_DEVICE, attempt->device, attempt->account);
		return;
	}
	throttle_passed(throttle, THROTTLE_HOST, host, attempt->account);
	rate_give_back(&admission->strangers);
}

void admission_failed(
	struct admission *admission, const struct admission_try *attempt, struct instant now)
{
	struct throttle *throttle = admission->throttle;
	if (attempt->known) {
		throttle_failed(throttle, THROTTLE_KNOWN, attempt->account, 0, now);
		throttle_failed(throttle, THROTTLE_DEVICE, attempt->device, attempt->account, now);
		return;
	}
	throttle_failed(throttle, THROTTLE_ACCOUNT, attempt->account, 0, now);
	for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
		throttle_failed(throttle, kinds[rung], attempt->origin.networks[rung],
			attempt->account, now);
	}
}
