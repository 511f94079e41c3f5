/*
 * One peer of the websocket: handshake, limits and liveness as a pure state machine. It holds no
 * descriptor and reads no clock: bytes and times go in, actions come out.
 *
 *	new ──hello──► authenticating ──peer_admit──► admitted | standby
 *	any state ──(offence, silence)──► leaving
 *
 * A peer has HELLO_SPAN for its hello. Anything malformed before that ends the connection; later it
 * is refused with a stable code, and PEER_OFFENCES_MAX within PEER_OFFENCE_SPAN_MS end it too.
 *
 * A peer is alive while it answers our pings; viewers are pinged less often. Messages of a peer do
 * not count: a peer that has stopped reading may go on sending. While a long message is being sent,
 * progress of the send counts instead.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PEER_H
#define DIEMCAU_COORDINATOR_PEERS_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/token_bucket.h"
#include "proto/codec/codec.h"
#include "units.h"
#include "wire_msg.h"

enum {
	PEER_VERSION = 1, /* of subprotocol diemcau.v1 */
	PEER_OFFENCES_MAX = 20,
	PEER_OFFENCE_SPAN_MS = 30000,
	PEER_CLIENT_KEY_SIZE = 96,
};

enum peer_state {
	PEER_UNSET,
	PEER_NEW,
	PEER_AUTHENTICATING, /* its hello is valid; it is being authenticated */
	PEER_ADMITTED,
	PEER_STANDBY,
	PEER_LEAVING,
};

struct peer {
	enum peer_state state;
	enum role role;
	enum language language;
	uint32_t number; /* of a site */
	char site[SITE_ID_SIZE];
	char account[ACCOUNT_NAME_SIZE];
	char instance[INSTANCE_ID_SIZE];
	struct instant opened;
	struct instant last_alive; /* last sign of life */
	struct instant pinged;
	struct token_bucket rate; /* of messages */
	struct token_bucket commands; /* of staff: of commands */
	uint32_t unanswered; /* commands without an answer yet */
	bool handling; /* the last of them is being handled now */
	uint32_t offences;
	struct instant offended; /* the first of these offences */
};

/* The identity of a peer. Role site: site and number; people: account. */
struct peer_identity {
	enum role role;
	uint32_t number;
	char site[SITE_ID_SIZE];
	char account[ACCOUNT_NAME_SIZE];
};

enum peer_step_kind {
	PEER_IGNORE,
	PEER_HELLO, /* authenticate it, then peer_admit, or say bye */
	PEER_ACCEPT, /* handle the command, or the binary frame */
	PEER_REPORT, /* site or relay, by message->type */
	PEER_TIME_REQUEST,
	PEER_STEER, /* of a replay */
	PEER_REFUSE, /* answer `refused` */
	PEER_BYE, /* answer `bye` and close */
};

/*
 * code, id and field are set with PEER_REFUSE, code with PEER_BYE. id is that of the command, ""
 * where it is none or its id cannot be read.
 */
struct peer_step {
	enum peer_step_kind kind;
	enum refusal code;
	char id[COMMAND_ID_SIZE];
	char field[MSG_PATH_SIZE];
};

enum peer_due {
	PEER_DUE_NOTHING,
	PEER_DUE_PING,
	PEER_DUE_LATE, /* no hello */
	PEER_DUE_DEAD, /* not alive */
};

void peer_open(struct peer *peer, struct instant now);

/*
 * Handles a text message. *message is set with PEER_HELLO, PEER_ACCEPT, PEER_REPORT,
 * PEER_TIME_REQUEST and PEER_STEER.
 */
struct peer_step peer_receive(struct peer *peer, const char *text, size_t size, struct instant now,
	struct msg_arena *arena, struct wire_message *message);

/*
 * Called before and after a command is handled; its answer may be sent in between. A client that
 * waits for each answer is never limited: a command that alone waited for the disk does not count.
 */
void peer_command_begins(struct peer *peer);
void peer_command_handled(struct peer *peer);
void peer_command_answered(struct peer *peer);

/* Handles a binary frame; PEER_ACCEPT means that it may be used. */
struct peer_step peer_receive_binary(struct peer *peer, size_t size, struct instant now);

/* An accepted frame turned out to be malformed. */
struct peer_step peer_bad_thumbnail(struct peer *peer, struct instant now);

/* A message was longer than peer_message_max, and was dropped. */
struct peer_step peer_oversized(struct peer *peer, struct instant now);

/* After PEER_HELLO: admits it with this identity, perhaps as spare. */
void peer_admit(struct peer *peer, const struct peer_identity *identity, bool spare);
void peer_promote(struct peer *peer);
void peer_leave(struct peer *peer);

/* The longest text it may send now. */
size_t peer_message_max(const struct peer *peer);
/* The longest message of either kind; changes with peer_admit and peer_promote. */
size_t peer_bytes_max(const struct peer *peer);

void peer_is_alive_again(struct peer *peer, struct instant now);
void peer_was_pinged(struct peer *peer, struct instant now);
enum peer_due peer_due(const struct peer *peer, struct instant now);

/* An admitted person: operator, technician, chair or viewer. */
bool peer_is_person(const struct peer *peer);
/* The roles that a display link gives. */
bool peer_role_is_screen(enum role role);
/* Admitted by a display link. */
bool peer_is_screen(const struct peer *peer);
/* A person or a screen: it gets views. */
bool peer_is_shown_meeting(const struct peer *peer);
/* All people but viewers: they operate sites, and get their telemetry and thumbnails. */
bool peer_is_staff(const struct peer *peer);

/* The actor of its commands. Never taken from a message. */
struct actor peer_actor(const struct peer *peer);

/*
 * The key of its answers in the reply cache: identity and instance. Another peer that learns an
 * instance id does not share it.
 */
void peer_client_key(const struct peer *peer, char ret[PEER_CLIENT_KEY_SIZE]);

#endif
