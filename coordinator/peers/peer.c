/* See the header for the picture; each function below is one arrow of it or one question. */
#include "coordinator/peers/peer.h"

#include <stdio.h>
#include <string.h>

#include "bounds.h"

void peer_open(struct peer *peer, struct instant now)
{
	*peer = (struct peer){
		.state = PEER_NEW,
		.language = LANGUAGE_VI,
		.opened = now,
		.last_alive = now,
		.pinged = now,
	};
}

static struct peer_step step(enum peer_step_kind kind, enum refusal code)
{
	return (struct peer_step){.kind = kind, .code = code};
}

/* Another offence within the span: refused, or closed. */
static struct peer_step offence(struct peer *peer, enum refusal code, struct instant now)
{
	if (peer->state == PEER_NEW || peer->state == PEER_AUTHENTICATING) {
		return step(PEER_BYE, code);
	}
	if (span_between(peer->offended, now).ms > PEER_OFFENCE_SPAN_MS) {
		peer->offences = 0;
	}
	if (peer->offences == 0) {
		peer->offended = now;
	}
	peer->offences++;
	return step(peer->offences < PEER_OFFENCES_MAX ? PEER_REFUSE : PEER_BYE, code);
}

static bool speaks_our_version(const struct wire_hello *hello)
{
	for (size_t i = 0; i < hello->n_versions; i++) {
		if (hello->versions[i] == PEER_VERSION) {
			return true;
		}
	}
	return false;
}

static enum refusal check_hello(const struct wire_hello *hello)
{
	if (!speaks_our_version(hello)) {
		return REFUSAL_UNSUPPORTED_VERSION;
	}
	switch (hello->role) {
	case ROLE_SITE:
		return hello->has_site && hello->has_token ? REFUSAL_UNSET : REFUSAL_UNAUTHORISED;
	case ROLE_RELAY:
		return hello->has_token ? REFUSAL_UNSET : REFUSAL_UNAUTHORISED;
	case ROLE_OPERATOR:
	case ROLE_TECHNICIAN:
	case ROLE_CHAIR:
	case ROLE_VIEWER:
		return REFUSAL_UNSET;
	case ROLE_DISPLAY:
	case ROLE_LECTERN:
		return hello->has_token ? REFUSAL_UNSET : REFUSAL_UNAUTHORISED;
	case ROLE_SYSTEM:
	case ROLE_UNSET:
		break;
	}
	return REFUSAL_FORBIDDEN;
}

static struct peer_step greet(struct peer *peer, const struct wire_hello *hello)
{
	enum refusal refusal = check_hello(hello);
	if (refusal != REFUSAL_UNSET) {
		return step(PEER_BYE, refusal);
	}
	peer->state = PEER_AUTHENTICATING;
	memcpy(peer->instance, hello->instance, sizeof(peer->instance));
	peer->language = hello->has_language ? hello->language : LANGUAGE_VI;
	return step(PEER_HELLO, REFUSAL_UNSET);
}

static enum peer_step_kind kind_of(const struct peer *peer, enum wire_message_type type)
{
	if (type == WIRE_PING) {
		return PEER_TIME_REQUEST;
	}
	if (type == WIRE_COMMAND) {
		return PEER_ACCEPT;
	}
	if ((type == WIRE_SITE_REPORT && peer->role == ROLE_SITE) ||
		(type == WIRE_RELAY_REPORT && peer->role == ROLE_RELAY)) {
		return PEER_REPORT;
	}
	if (type == WIRE_STEER && peer_is_person(peer)) {
		return PEER_STEER;
	}
	return PEER_REFUSE;
}

/* A spare may only ask the time. */
static struct peer_step speak_as_spare(enum peer_step_kind kind, const struct wire_message *message)
{
	if (kind == PEER_REPORT) {
		return step(PEER_IGNORE, REFUSAL_UNSET);
	}
	struct peer_step result = step(PEER_REFUSE, REFUSAL_SPARE);
	if (kind == PEER_ACCEPT) {
		memcpy(result.id, message->command.id, sizeof(result.id));
	}
	return kind == PEER_TIME_REQUEST ? step(kind, REFUSAL_UNSET) : result;
}

static struct peer_step speak(
	struct peer *peer, const struct wire_message *message, struct instant now)
{
	enum peer_step_kind kind = kind_of(peer, message->type);
	if (kind == PEER_REFUSE) {
		return offence(peer, REFUSAL_BAD_MESSAGE, now);
	}
	if (peer->state == PEER_STANDBY) {
		return speak_as_spare(kind, message);
	}
	return step(kind, REFUSAL_UNSET);
}

/* The peer that waits for the answer to this command gets it. */
static struct peer_step named(struct peer_step step, const struct wire_message *message)
{
	if (message->type == WIRE_COMMAND) {
		memcpy(step.id, message->command.id, sizeof(step.id));
	}
	return step;
}

static struct peer_step refuse_undecoded(
	struct peer *peer, int status, const struct msg_error *error, struct instant now)
{
	if (status < 0) {
		return step(PEER_BYE, REFUSAL_BUSY);
	}
	bool large = status == MSG_TOO_LARGE || status == MSG_TOO_DEEP;
	struct peer_step result =
		offence(peer, large ? REFUSAL_TOO_LARGE : REFUSAL_BAD_MESSAGE, now);
	memcpy(result.field, error->path, sizeof(result.field));
	return result;
}

static void pass_over(void *user, const struct msg_error *error)
{
	(void)user;
	(void)error;
}

/* Reads as much as possible of a malformed message. */
static void read_what_is_sound(
	const char *text, size_t size, struct msg_arena *arena, struct wire_message *message)
{
	if (msg_survey(&msg_wire_message, text, size, arena, message, pass_over, NULL) != 0) {
		memset(message, 0, sizeof(*message));
	}
}

static bool directs(const struct peer *peer)
{
	return peer->state == PEER_ADMITTED &&
	       (peer->role == ROLE_OPERATOR || peer->role == ROLE_TECHNICIAN ||
		       peer->role == ROLE_CHAIR);
}

static struct token_bucket *rate_of_commands(struct peer *peer)
{
	return directs(peer) ? &peer->commands : &peer->rate;
}

static bool may_speak(struct peer *peer, enum wire_message_type type, struct instant now)
{
	if (type == WIRE_COMMAND && directs(peer)) {
		return token_bucket_take(
			&peer->commands, COMMANDS_PER_SECOND_MAX, COMMANDS_BURST, now);
	}
	return token_bucket_take(
		&peer->rate, MESSAGES_PER_SECOND_MAX, 2 * MESSAGES_PER_SECOND_MAX, now);
}

void peer_command_begins(struct peer *peer)
{
	peer->unanswered++;
	peer->handling = true;
}

void peer_command_handled(struct peer *peer)
{
	peer->handling = false;
}

void peer_command_answered(struct peer *peer)
{
	if (!peer->handling && peer->unanswered == 1) {
		token_bucket_refund(rate_of_commands(peer));
	}
	peer->unanswered -= peer->unanswered > 0;
}

struct peer_step peer_receive(struct peer *peer, const char *text, size_t size, struct instant now,
	struct msg_arena *arena, struct wire_message *message)
{
	if (peer->state == PEER_LEAVING || peer->state == PEER_UNSET) {
		return step(PEER_IGNORE, REFUSAL_UNSET);
	}
	if (size > peer_message_max(peer)) {
		bool slow = may_speak(peer, WIRE_UNSET, now);
		return offence(peer, slow ? REFUSAL_TOO_LARGE : REFUSAL_RATE_LIMITED, now);
	}
	struct msg_error error;
	int r = msg_decode(&msg_wire_message, text, size, arena, message, &error);
	if (r > 0) {
		read_what_is_sound(text, size, arena, message);
	}
	if (!may_speak(peer, message->type, now)) {
		return named(offence(peer, REFUSAL_RATE_LIMITED, now), message);
	}
	if (r != 0) {
		return named(refuse_undecoded(peer, r, &error, now), message);
	}
	if (peer->state == PEER_NEW) {
		return message->type == WIRE_HELLO ? greet(peer, &message->hello)
						   : step(PEER_BYE, REFUSAL_UNAUTHORISED);
	}
	if (peer->state == PEER_AUTHENTICATING) {
		return step(PEER_BYE, REFUSAL_BAD_MESSAGE);
	}
	return speak(peer, message, now);
}

struct peer_step peer_receive_binary(struct peer *peer, size_t size, struct instant now)
{
	if (peer->state == PEER_LEAVING || peer->state == PEER_STANDBY) {
		return step(PEER_IGNORE, REFUSAL_UNSET);
	}
	if (peer->state != PEER_ADMITTED) {
		return step(PEER_BYE, REFUSAL_UNAUTHORISED);
	}
	if (!token_bucket_take(
		    &peer->rate, MESSAGES_PER_SECOND_MAX, 2 * MESSAGES_PER_SECOND_MAX, now)) {
		return offence(peer, REFUSAL_RATE_LIMITED, now);
	}
	if (peer->role != ROLE_SITE) {
		return offence(peer, REFUSAL_FORBIDDEN, now);
	}
	return size > FRAME_MAX ? offence(peer, REFUSAL_TOO_LARGE, now)
				: step(PEER_ACCEPT, REFUSAL_UNSET);
}

struct peer_step peer_bad_thumbnail(struct peer *peer, struct instant now)
{
	return offence(peer, REFUSAL_BAD_MESSAGE, now);
}

struct peer_step peer_oversized(struct peer *peer, struct instant now)
{
	bool listens = peer->state != PEER_LEAVING && peer->state != PEER_UNSET;
	return listens ? offence(peer, REFUSAL_TOO_LARGE, now) : step(PEER_IGNORE, REFUSAL_UNSET);
}

void peer_admit(struct peer *peer, const struct peer_identity *identity, bool spare)
{
	peer->state = spare ? PEER_STANDBY : PEER_ADMITTED;
	peer->role = identity->role;
	peer->number = identity->number;
	memcpy(peer->site, identity->site, sizeof(peer->site));
	memcpy(peer->account, identity->account, sizeof(peer->account));
}

void peer_promote(struct peer *peer)
{
	if (peer->state == PEER_STANDBY) {
		peer->state = PEER_ADMITTED;
	}
}

void peer_leave(struct peer *peer)
{
	peer->state = PEER_LEAVING;
}

size_t peer_message_max(const struct peer *peer)
{
	return peer->state == PEER_ADMITTED && peer->role == ROLE_RELAY ? MESSAGE_FROM_RELAY_MAX
									: MESSAGE_FROM_PEER_MAX;
}

size_t peer_bytes_max(const struct peer *peer)
{
	size_t text = peer_message_max(peer);
	return text > FRAME_MAX ? text : (size_t)FRAME_MAX;
}

void peer_is_alive_again(struct peer *peer, struct instant now)
{
	peer->last_alive = now;
}

void peer_was_pinged(struct peer *peer, struct instant now)
{
	peer->pinged = now;
}

enum peer_due peer_due(const struct peer *peer, struct instant now)
{
	bool greeted = peer->state != PEER_NEW;
	if (!greeted && span_between(peer->opened, now).ms >= HELLO_SPAN_MS) {
		return PEER_DUE_LATE;
	}
	bool viewer = peer->role == ROLE_VIEWER;
	int64_t hangup = viewer ? VIEWER_HANGUP_SPAN_MS : HANGUP_SPAN_MS;
	if (span_between(peer->last_alive, now).ms >= hangup) {
		return PEER_DUE_DEAD;
	}
	int64_t ping = viewer ? VIEWER_PING_SPAN_MS : PING_SPAN_MS;
	return span_between(peer->pinged, now).ms >= ping ? PEER_DUE_PING : PEER_DUE_NOTHING;
}

bool peer_role_is_screen(enum role role)
{
	return role == ROLE_DISPLAY || role == ROLE_LECTERN;
}

bool peer_is_screen(const struct peer *peer)
{
	return peer->state == PEER_ADMITTED && peer_role_is_screen(peer->role);
}

bool peer_is_shown_meeting(const struct peer *peer)
{
	return peer->state == PEER_ADMITTED && peer->role != ROLE_SITE && peer->role != ROLE_RELAY;
}

bool peer_is_person(const struct peer *peer)
{
	return peer_is_shown_meeting(peer) && !peer_is_screen(peer);
}

bool peer_is_staff(const struct peer *peer)
{
	return peer_is_person(peer) && peer->role != ROLE_VIEWER;
}

struct actor peer_actor(const struct peer *peer)
{
	struct actor actor;
	memset(&actor, 0, sizeof(actor));
	actor.role = peer->role;
	actor.has_account = peer->account[0] != '\0';
	memcpy(actor.account, peer->account, sizeof(actor.account));
	actor.has_site = peer->site[0] != '\0';
	memcpy(actor.site, peer->site, sizeof(actor.site));
	return actor;
}

void peer_client_key(const struct peer *peer, char ret[PEER_CLIENT_KEY_SIZE])
{
	const char *name = peer->account[0] != '\0' ? peer->account : peer->site;
	snprintf(ret, PEER_CLIENT_KEY_SIZE, "%s:%s/%s", msg_enum_name(&msg_role, (int)peer->role),
		name, peer->instance);
}
