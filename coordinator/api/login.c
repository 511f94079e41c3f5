/*
 * Logging in. A request waits (login_queue.h) until its password may be checked, which the worker
 * does one at a time. The session is returned once it is on disk.
 */
#include "coordinator/api/login.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "proto/gen/words.h"
#include "proto/system/memory.h"
#include "wire_msg.h"

_Static_assert((int)HTTP_DEVICE_SIZE == (int)DEVICE_TEXT_SIZE, "what is set is read");

struct login {
	struct worker_job job;
	struct logins *logins;
	uint64_t exchange;
	struct http_request request; /* without its body */
	struct login_attempt attempt;
	struct wire_login given;
	struct account account;
	bool matches;
};

static void dispose(struct login *login)
{
	memory_wipe(login, sizeof(*login));
	free(login);
}

static void login_drop(struct worker_job *job)
{
	dispose((struct login *)job);
}

static struct login *login_of(struct login_attempt *attempt)
{
	return (struct login *)((char *)attempt - offsetof(struct login, attempt));
}

static void login_run(struct worker_job *job)
{
	struct login *login = (struct login *)job;
	login->matches = password_matches(login->account.password, login->given.password);
}

/* The password may change while one is being hashed: the account as it is now counts. */
static bool is_current(const struct login *login)
{
	struct account now;
	return identity_account_find(login->logins->registry, login->given.account, &now) == 0 &&
	       strcmp(now.password, login->account.password) == 0;
}

static void begin_session(const struct login *login, struct wire_session *ret)
{
	struct logins *logins = login->logins;
	struct now now = engine_service_now(logins->engine);
	struct session session;
	memset(&session, 0, sizeof(session));
	memcpy(session.account, login->account.name, sizeof(session.account));
	session.role = login->account.role;
	session.changed = login->account.changed;
	session.expires = instant_after(now.at, (struct span){SESSION_SPAN_MS});
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->account, login->account.name, sizeof(ret->account));
	ret->role = login->account.role;
	ret->expires.ms = now.wall.ms + SESSION_SPAN_MS;
	sessions_begin(logins->sessions, &session, now.at, ret->session);
}

/* Issues a device cookie, with every login for another year. */
static void set_cookies(
	const struct login *login, const char *session, struct http_response *answer)
{
	const struct logins *logins = login->logins;
	bool secure = login->request.caller.secure;
	char device[DEVICE_TEXT_SIZE];
	device_issue(&logins->device_key, &login->account, engine_service_now(logins->engine).wall,
		device);
	http_set_cookie(HTTP_COOKIE_SESSION, logins->mark, secure, session, SESSION_SPAN_MS / 1000,
		answer->cookies[HTTP_COOKIE_SESSION]);
	http_set_cookie(HTTP_COOKIE_DEVICE, logins->mark, secure, device, DEVICE_SPAN_MS / 1000,
		answer->cookies[HTTP_COOKIE_DEVICE]);
}

static void accept_login(struct login *login)
{
	struct logins *logins = login->logins;
	struct wire_session session;
	begin_session(login, &session);
	struct http_response answer = {.status = 200, .type = "application/json; charset=utf-8"};
	set_cookies(login, session.session, &answer);
	if (shared_buf_encode(&msg_wire_session, &session, &answer.body) < 0) {
		answer.status = 503;
	}
	if (!session_store_then_answer(logins->store, login->exchange, &answer)) {
		shared_buf_unref(answer.body);
		sessions_end(logins->sessions, session.session);
		respond_refused(logins->responder, login->exchange, &login->request, REFUSAL_BUSY);
		return;
	}
	log_line(LOG_LINE_INFO, "%s has logged in from %s", login->given.account,
		login->request.address);
}

static void turn_away(struct login *login)
{
	struct logins *logins = login->logins;
	logins->failed++;
	login_alerts_failed(logins->login_alerts, login->given.account,
		login->attempt.origin.networks[NETBLOCK_HOST]);
	/* An unknown name may be a password, typed one line too early. */
	log_line(LOG_LINE_NOTICE, "a login as %s from %s failed",
		login->account.name[0] ? login->account.name : "an unknown name",
		login->request.address);
	respond_refused(logins->responder, login->exchange, &login->request, REFUSAL_UNAUTHORISED);
}

static void login_done(struct worker_job *job)
{
	struct login *login = (struct login *)job;
	struct logins *logins = login->logins;
	struct instant now = engine_service_now(logins->engine).at;
	logins->checking = false;
	if (login->matches && is_current(login)) {
		login_queue_passed(&logins->queue, &login->attempt, now);
		accept_login(login);
	} else {
		login_queue_failed(&logins->queue, &login->attempt, now);
		turn_away(login);
	}
	dispose(login);
	logins_serve(logins);
}

/* ---- waiting ---- */

static void slow_down(struct login *login, struct span wait)
{
	struct logins *logins = login->logins;
	logins->slowed++;
	login_alerts_slowed(logins->login_alerts, login->given.account,
		login->attempt.origin.networks[NETBLOCK_HOST]);
	respond_refused_until(
		logins->responder, login->exchange, &login->request, REFUSAL_RATE_LIMITED, wait);
	dispose(login);
}

static void put_off(struct login *login)
{
	login->logins->put_off++;
	respond_refused_until(login->logins->responder, login->exchange, &login->request,
		REFUSAL_BUSY, (struct span){LOGIN_BACKOFF_SHORT_MOST_MS});
	dispose(login);
}

static void send_away_the_late(struct logins *logins, struct instant now)
{
	struct span wait;
	struct login_attempt *attempt;
	while ((attempt = login_queue_leave(&logins->queue, now, &wait))) {
		if (wait.ms > 0) {
			slow_down(login_of(attempt), wait);
		} else {
			put_off(login_of(attempt));
		}
	}
}

static void hand_over(struct login *login)
{
	struct logins *logins = login->logins;
	/* An unknown name has a hash too, so that checking it takes as long. */
	identity_account_find(logins->registry, login->given.account, &login->account);
	logins->checking = worker_give(logins->worker, &login->job);
	if (!logins->checking) {
		login_queue_unused(&logins->queue, &login->attempt);
		put_off(login);
	}
}

/* The next one whose client still waits. */
static struct login *next_login(struct logins *logins, struct instant now)
{
	struct login_attempt *attempt;
	while ((attempt = login_queue_next(&logins->queue, now))) {
		struct login *login = login_of(attempt);
		if (ws_exchange_is_open(logins->ws, login->exchange)) {
			return login;
		}
		login_queue_unused(&logins->queue, attempt);
		dispose(login);
	}
	return NULL;
}

void logins_serve(struct logins *logins)
{
	struct instant now = engine_service_now(logins->engine).at;
	send_away_the_late(logins, now);
	struct login *login = logins->checking ? NULL : next_login(logins, now);
	if (login) {
		hand_over(login);
	}
}

void logins_finish(struct logins *logins)
{
	struct login_queue *login_queue = &logins->queue;
	while (login_queue->count > 0) {
		dispose(login_of(login_queue->waiting[--login_queue->count]));
	}
}

static void enter(struct login *login)
{
	struct logins *logins = login->logins;
	struct instant now = engine_service_now(logins->engine).at;
	struct span wait = login_queue_wait(&logins->queue, &login->attempt, now);
	if (wait.ms > 0) {
		slow_down(login, wait);
		return;
	}
	struct login_attempt *displaced = login_queue_enter(&logins->queue, &login->attempt, now);
	if (displaced) {
		put_off(login_of(displaced));
	}
	logins_serve(logins);
}

static void describe(struct login *login, struct logins *logins, uint64_t exchange,
	const struct http_request *request)
{
	login->job = (struct worker_job){.run = login_run, .done = login_done, .drop = login_drop};
	login->logins = logins;
	login->exchange = exchange;
	login->request = *request;
	login->request.body = NULL;
	login->attempt.origin = netblocks_of_text(request->address);
	login->attempt.account = login_backoff_hash(login->given.account);
	struct account account;
	if (identity_account_find(logins->registry, login->given.account, &account) == 0) {
		login->attempt.device = device_verify(&logins->device_key, &account,
			request->device, engine_service_now(logins->engine).wall);
	}
}

void logins_ask(struct logins *logins, uint64_t exchange, const struct http_request *request)
{
	struct login *login = calloc(1, sizeof(*login));
	if (!login) {
		respond_refused(logins->responder, exchange, request, REFUSAL_BUSY);
		return;
	}
	struct msg_error error = {0};
	if (msg_decode(&msg_wire_login, request->body ? request->body : "", request->body_size,
		    NULL, &login->given, &error) != 0) {
		respond_refused_with(logins->responder, exchange, REFUSAL_BAD_MESSAGE, error.path,
			sentence_of_refusal(REFUSAL_BAD_MESSAGE, respond_language(request)));
		dispose(login);
		return;
	}
	describe(login, logins, exchange, request);
	enter(login);
}
