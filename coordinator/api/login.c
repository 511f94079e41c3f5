/*
 * Logging in. The password is hashed on the worker; before that, an attempt counts as failed for
 * the account and for the address, so that many attempts at one time are slowed down as well. The
 * session is told once it is on disk.
 */
#include "coordinator/api/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "system/memory.h"

struct login {
	struct worker_job job;
	struct coordinator *coordinator;
	uint64_t exchange;
	struct http_request request; /* without its body */
	struct wire_login given;
	struct account account;
	bool matches;
};

static void login_drop(struct worker_job *job)
{
	struct login *login = (struct login *)job;
	memory_wipe(login, sizeof(*login));
	free(login);
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
	return identity_account_find(login->coordinator->book, login->given.account, &now) == 0 &&
	       strcmp(now.password, login->account.password) == 0;
}

static bool begin_session(const struct login *login, struct wire_session *ret)
{
	struct coordinator *coordinator = login->coordinator;
	struct now now = turn_now(coordinator->turn);
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
	return sessions_begin(coordinator->sessions, &session, now.at, ret->session);
}

static void welcome_in(struct login *login)
{
	struct coordinator *coordinator = login->coordinator;
	struct wire_session session;
	if (!begin_session(login, &session)) {
		api_refuse(coordinator, login->exchange, &login->request, REFUSAL_BUSY);
		return;
	}
	struct http_answer answer = {.status = 200, .type = "application/json; charset=utf-8"};
	http_set_cookie(session.session, SESSION_SPAN_MS / 1000, coordinator->tls, answer.cookie);
	if (payload_encode(&msg_wire_session, &session, &answer.body) < 0) {
		answer.status = 503;
	}
	throttle_passed(coordinator->throttle, login->given.account);
	throttle_passed(coordinator->throttle, login->request.address);
	if (!keeping_answer(coordinator, login->exchange, &answer)) {
		payload_drop(answer.body);
		sessions_end(coordinator->sessions, session.session);
		api_refuse(coordinator, login->exchange, &login->request, REFUSAL_BUSY);
		return;
	}
	log_line(LOG_LINE_INFO, "%s has logged in from %s", login->given.account,
		login->request.address);
}

static void login_done(struct worker_job *job)
{
	struct login *login = (struct login *)job;
	if (login->matches && is_current(login)) {
		welcome_in(login);
	} else {
		login->coordinator->logins_failed++;
		guessing_failed(login->coordinator, login->given.account, login->request.address);
		/* A name that nobody has may be a password, typed one line too early. */
		log_line(LOG_LINE_NOTICE, "a login as %s from %s failed",
			login->account.name[0] ? login->account.name : "nobody known",
			login->request.address);
		api_refuse(
			login->coordinator, login->exchange, &login->request, REFUSAL_UNAUTHORISED);
	}
	login_drop(job);
}

static struct span must_wait(struct coordinator *coordinator, const struct login *login)
{
	struct instant now = turn_now(coordinator->turn).at;
	struct span account = throttle_wait(
		coordinator->throttle, login->given.account, THROTTLE_ACCOUNT_MOST_MS, now);
	struct span address = throttle_wait(
		coordinator->throttle, login->request.address, THROTTLE_ADDRESS_MOST_MS, now);
	return account.ms > address.ms ? account : address;
}

static void slow_down(struct login *login, struct span wait)
{
	struct coordinator *coordinator = login->coordinator;
	coordinator->logins_slowed++;
	guessing_slowed(coordinator, login->given.account, login->request.address);
	api_slow_down(coordinator, login->exchange, &login->request, wait);
}

static enum refusal hand_over(struct coordinator *coordinator, struct login *login)
{
	struct instant now = turn_now(coordinator->turn).at;
	/* For an unknown name too there is a hash to be tried, which takes as long. */
	identity_account_find(coordinator->book, login->given.account, &login->account);
	if (!worker_give(coordinator->worker, &login->job)) {
		return REFUSAL_BUSY;
	}
	throttle_failed(coordinator->throttle, login->given.account, now);
	throttle_failed(coordinator->throttle, login->request.address, now);
	return REFUSAL_UNSET;
}

void api_login(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request)
{
	struct login *login = calloc(1, sizeof(*login));
	if (!login) {
		api_refuse(coordinator, exchange, request, REFUSAL_BUSY);
		return;
	}
	login->job = (struct worker_job){.run = login_run, .done = login_done, .drop = login_drop};
	login->coordinator = coordinator;
	login->exchange = exchange;
	login->request = *request;
	login->request.body = NULL;
	enum refusal refusal = REFUSAL_BAD_MESSAGE;
	struct span wait = {0};
	if (msg_decode(&msg_wire_login, request->body ? request->body : "", request->body_size,
		    NULL, &login->given, NULL) == 0) {
		wait = must_wait(coordinator, login);
		refusal = wait.ms > 0 ? REFUSAL_RATE_LIMITED : hand_over(coordinator, login);
	}
	if (refusal == REFUSAL_UNSET) {
		return;
	}
	if (refusal == REFUSAL_RATE_LIMITED) {
		slow_down(login, wait);
	} else {
		api_refuse(coordinator, exchange, request, refusal);
	}
	login_drop(&login->job);
}
