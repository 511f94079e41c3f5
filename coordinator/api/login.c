/*
 * Logging in. Who asks waits (login_queue.h) until the password may be looked at, which the worker
 * does for one at a time. The session is told once it is on disk.
 */
#include "coordinator/api/api.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "proto/gen/words.h"
#include "proto/system/memory.h"

_Static_assert((int)HTTP_DEVICE_SIZE == (int)DEVICE_TEXT_SIZE, "what is set is read");

struct login {
	struct worker_job job;
	struct coordinator *coordinator;
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

/* Passwords change while one is being hashed: what counts is the account as it is now. */
static bool is_current(const struct login *login)
{
	struct account now;
	return identity_account_find(login->coordinator->registry, login->given.account, &now) ==
		       0 &&
	       strcmp(now.password, login->account.password) == 0;
}

static void begin_session(const struct login *login, struct wire_session *ret)
{
	struct coordinator *coordinator = login->coordinator;
	struct now now = engine_now(coordinator->engine);
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
	sessions_begin(coordinator->sessions, &session, now.at, ret->session);
}

/* The browser is known from now on: with every login for another year. */
static void set_cookies(
	const struct login *login, const char *session, struct http_response *answer)
{
	const struct coordinator *coordinator = login->coordinator;
	bool secure = login->request.caller.secure;
	char device[DEVICE_TEXT_SIZE];
	device_issue(&coordinator->device_key, &login->account,
		engine_now(coordinator->engine).wall, device);
	http_set_cookie(HTTP_COOKIE_SESSION, coordinator->mark, secure, session,
		SESSION_SPAN_MS / 1000, answer->cookies[HTTP_COOKIE_SESSION]);
	http_set_cookie(HTTP_COOKIE_DEVICE, coordinator->mark, secure, device,
		DEVICE_SPAN_MS / 1000, answer->cookies[HTTP_COOKIE_DEVICE]);
}

static void welcome_in(struct login *login)
{
	struct coordinator *coordinator = login->coordinator;
	struct wire_session session;
	begin_session(login, &session);
	struct http_response answer = {.status = 200, .type = "application/json; charset=utf-8"};
	set_cookies(login, session.session, &answer);
	if (shared_buf_encode(&msg_wire_session, &session, &answer.body) < 0) {
		answer.status = 503;
	}
	if (!session_store_then_answer(coordinator, login->exchange, &answer)) {
		shared_buf_unref(answer.body);
		sessions_end(coordinator->sessions, session.session);
		api_refuse(coordinator, login->exchange, &login->request, REFUSAL_BUSY);
		return;
	}
	log_line(LOG_LINE_INFO, "%s has logged in from %s", login->given.account,
		login->request.address);
}

static void turn_away(struct login *login)
{
	struct coordinator *coordinator = login->coordinator;
	coordinator->logins_failed++;
	login_alerts_failed(
		coordinator, login->given.account, login->attempt.origin.networks[NETBLOCK_HOST]);
	/* A name that nobody has may be a password, typed one line too early. */
	log_line(LOG_LINE_NOTICE, "a login as %s from %s failed",
		login->account.name[0] ? login->account.name : "nobody known",
		login->request.address);
	api_refuse(coordinator, login->exchange, &login->request, REFUSAL_UNAUTHORISED);
}

static void login_done(struct worker_job *job)
{
	struct login *login = (struct login *)job;
	struct coordinator *coordinator = login->coordinator;
	struct instant now = engine_now(coordinator->engine).at;
	coordinator->logging_in = false;
	if (login->matches && is_current(login)) {
		login_queue_passed(&coordinator->login_queue, &login->attempt, now);
		welcome_in(login);
	} else {
		login_queue_failed(&coordinator->login_queue, &login->attempt, now);
		turn_away(login);
	}
	dispose(login);
	api_logins_serve(coordinator);
}

/* ---- waiting ---- */

static void slow_down(struct login *login, struct span wait)
{
	struct coordinator *coordinator = login->coordinator;
	coordinator->logins_slowed++;
	login_alerts_slowed(
		coordinator, login->given.account, login->attempt.origin.networks[NETBLOCK_HOST]);
	api_refuse_until(coordinator, login->exchange, &login->request, REFUSAL_RATE_LIMITED, wait);
	dispose(login);
}

static void put_off(struct login *login)
{
	login->coordinator->logins_put_off++;
	api_refuse_until(login->coordinator, login->exchange, &login->request, REFUSAL_BUSY,
		(struct span){LOGIN_BACKOFF_SHORT_MOST_MS});
	dispose(login);
}

static void send_away_the_late(struct coordinator *coordinator, struct instant now)
{
	struct span wait;
	struct login_attempt *attempt;
	while ((attempt = login_queue_leave(&coordinator->login_queue, now, &wait))) {
		if (wait.ms > 0) {
			slow_down(login_of(attempt), wait);
		} else {
			put_off(login_of(attempt));
		}
	}
}

static void hand_over(struct login *login)
{
	struct coordinator *coordinator = login->coordinator;
	/* For an unknown name too there is a hash to be tried, which takes as long. */
	identity_account_find(coordinator->registry, login->given.account, &login->account);
	coordinator->logging_in = worker_give(coordinator->worker, &login->job);
	if (!coordinator->logging_in) {
		login_queue_unused(&coordinator->login_queue, &login->attempt);
		put_off(login);
	}
}

/* The next one that anybody still waits for. */
static struct login *next_login(struct coordinator *coordinator, struct instant now)
{
	struct login_attempt *attempt;
	while ((attempt = login_queue_next(&coordinator->login_queue, now))) {
		struct login *login = login_of(attempt);
		if (ws_exchange_is_open(atomic_load(&coordinator->ws), login->exchange)) {
			return login;
		}
		login_queue_unused(&coordinator->login_queue, attempt);
		dispose(login);
	}
	return NULL;
}

void api_logins_serve(struct coordinator *coordinator)
{
	struct instant now = engine_now(coordinator->engine).at;
	send_away_the_late(coordinator, now);
	struct login *login = coordinator->logging_in ? NULL : next_login(coordinator, now);
	if (login) {
		hand_over(login);
	}
}

void api_logins_finish(struct coordinator *coordinator)
{
	struct login_queue *login_queue = &coordinator->login_queue;
	while (login_queue->count > 0) {
		dispose(login_of(login_queue->waiting[--login_queue->count]));
	}
}

static void enter(struct login *login)
{
	struct coordinator *coordinator = login->coordinator;
	struct instant now = engine_now(coordinator->engine).at;
	struct span wait = login_queue_wait(&coordinator->login_queue, &login->attempt, now);
	if (wait.ms > 0) {
		slow_down(login, wait);
		return;
	}
	struct login_attempt *displaced =
		login_queue_enter(&coordinator->login_queue, &login->attempt, now);
	if (displaced) {
		put_off(login_of(displaced));
	}
	api_logins_serve(coordinator);
}

static void describe(struct login *login, struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request)
{
	login->job = (struct worker_job){.run = login_run, .done = login_done, .drop = login_drop};
	login->coordinator = coordinator;
	login->exchange = exchange;
	login->request = *request;
	login->request.body = NULL;
	login->attempt.origin = netblocks_of_text(request->address);
	login->attempt.account = login_backoff_hash(login->given.account);
	struct account account;
	if (identity_account_find(coordinator->registry, login->given.account, &account) == 0) {
		login->attempt.device = device_verify(&coordinator->device_key, &account,
			request->device, engine_now(coordinator->engine).wall);
	}
}

void api_login(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request)
{
	struct login *login = calloc(1, sizeof(*login));
	if (!login) {
		api_refuse(coordinator, exchange, request, REFUSAL_BUSY);
		return;
	}
	struct msg_error error = {0};
	if (msg_decode(&msg_wire_login, request->body ? request->body : "", request->body_size,
		    NULL, &login->given, &error) != 0) {
		api_refuse_with(coordinator, exchange, REFUSAL_BAD_MESSAGE, error.path,
			sentence_of_refusal(REFUSAL_BAD_MESSAGE, api_language(request)));
		dispose(login);
		return;
	}
	describe(login, coordinator, exchange, request);
	enter(login);
}
