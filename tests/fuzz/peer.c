/*
 * One connection from its first byte: lines of text messages, and between them
 *
 *	+N	N milliseconds pass
 *	#N	a binary frame of N bytes
 *	!	a message too long to keep
 *	^	the spare is promoted
 *
 * Whoever greets is let in as what its hello says; a spare where the instance ends in f.
 */
#include "coordinator/peers/peer.h"

#include "tests/fuzz/bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct talk {
	struct peer peer;
	struct instant now;
	struct msg_arena arena;
	struct wire_message *message;
};

static bool ends(const char *text, size_t room)
{
	return memchr(text, '\0', room) != NULL;
}

static bool answers(const struct peer_step *step)
{
	return step->kind == PEER_REFUSE || step->kind == PEER_BYE;
}

static void greeted(struct talk *talk)
{
	const struct wire_hello *hello = &talk->message->hello;
	struct peer_identity identity = {.role = hello->role};
	char client[PEER_CLIENT_KEY_SIZE];
	struct actor actor;

	demand(talk->message->type == WIRE_HELLO && talk->peer.state == PEER_AUTHENTICATING);
	demand(hello->role != ROLE_SYSTEM && hello->role != ROLE_UNSET);
	if (hello->role == ROLE_SITE) {
		demand(hello->has_site && hello->has_token);
		identity.number = 7;
		memcpy(identity.site, hello->site, sizeof(identity.site));
	} else if (hello->role != ROLE_RELAY) {
		strcpy(identity.account, "someone");
	}
	peer_admit(&talk->peer, &identity, hello->instance[INSTANCE_ID_CHARS - 1] == 'f');
	actor = peer_actor(&talk->peer);
	demand(actor.role == hello->role && actor.has_site == (hello->role == ROLE_SITE));
	peer_client_key(&talk->peer, client);
	demand(ends(client, sizeof(client)));
}

/* What the machine may say, by the state it was in. */
static void judge(struct talk *talk, enum peer_state before, const struct peer_step *step)
{
	demand(answers(step) == (step->code != REFUSAL_UNSET));
	demand(ends(step->id, sizeof(step->id)) && ends(step->field, sizeof(step->field)));
	demand(before != PEER_LEAVING || step->kind == PEER_IGNORE);
	demand((step->kind == PEER_HELLO) == (talk->peer.state == PEER_AUTHENTICATING));
	if (step->kind == PEER_HELLO) {
		demand(before == PEER_NEW);
		greeted(talk);
	} else if (step->kind == PEER_ACCEPT || step->kind == PEER_REPORT) {
		demand(before == PEER_ADMITTED);
	} else if (before == PEER_NEW) {
		demand(step->kind == PEER_BYE);
	}
	if (step->kind == PEER_REPORT) {
		demand(talk->message->type ==
			(talk->peer.role == ROLE_SITE ? WIRE_SITE_REPORT : WIRE_RELAY_REPORT));
	}
	if (step->kind == PEER_BYE) {
		peer_leave(&talk->peer);
	}
}

/* On the heap and no longer than it is, so that a sanitizer sees one byte too far. */
static struct peer_step receive(struct talk *talk, const char *line, size_t length)
{
	struct peer_step step;
	char *text = malloc(length + 1);

	demand(text != NULL);
	memcpy(text, line, length);
	msg_arena_reset(&talk->arena);
	step = peer_receive(&talk->peer, text, length, talk->now, &talk->arena, talk->message);
	free(text);
	return step;
}

/* At most six digits. */
static int64_t number_of(const char *line, size_t length)
{
	int64_t number = 0;

	for (size_t i = 1; i < length && i < 7 && line[i] >= '0' && line[i] <= '9'; i++) {
		number = 10 * number + (line[i] - '0');
	}
	return number;
}

static void pass(struct talk *talk, int64_t ms)
{
	talk->now.ms += ms;
	switch (peer_due(&talk->peer, talk->now)) {
	case PEER_DUE_LATE:
		demand(talk->peer.state == PEER_NEW);
		peer_leave(&talk->peer);
		break;
	case PEER_DUE_DEAD:
		peer_leave(&talk->peer);
		break;
	case PEER_DUE_PING:
		peer_was_pinged(&talk->peer, talk->now);
		peer_is_alive_again(&talk->peer, talk->now);
		demand(peer_due(&talk->peer, talk->now) == PEER_DUE_NOTHING ||
			talk->peer.state == PEER_NEW);
		break;
	case PEER_DUE_NOTHING:
		break;
	}
}

static void line(struct talk *talk, const char *text, size_t length)
{
	enum peer_state before = talk->peer.state;
	struct peer_step step;

	switch (length > 0 ? text[0] : '\0') {
	case '+':
		pass(talk, number_of(text, length));
		return;
	case '^':
		peer_promote(&talk->peer);
		return;
	case '#':
		step = peer_receive_binary(&talk->peer, (size_t)number_of(text, length), talk->now);
		demand(step.kind != PEER_ACCEPT || talk->peer.role == ROLE_SITE);
		break;
	case '!':
		step = peer_oversized(&talk->peer, talk->now);
		break;
	default:
		step = receive(talk, text, length);
		break;
	}
	judge(talk, before, &step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = {data, size};
	struct talk talk = {.now = {1000000}};
	const char *text;
	size_t length;

	talk.message = malloc(sizeof(*talk.message));
	demand(talk.message != NULL);
	peer_open(&talk.peer, talk.now);
	while (bytes_line(&bytes, &text, &length)) {
		line(&talk, text, length);
	}
	msg_arena_finish(&talk.arena);
	free(talk.message);
	return 0;
}
