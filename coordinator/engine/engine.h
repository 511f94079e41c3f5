/*
 * The engine: commands in, answers and events out, with the journal between.
 *
 * - engine_submit decides a command against `pending`, queues its events to the journal and applies
 *   them to `pending` at once;
 * - engine_deliver applies the events that are on disk to `committed` and reports them, in journal
 *   order.
 *
 * Nothing of an accepted command leaves the process before it is on disk (docs/decisions/001). An
 * answer never overtakes an earlier one to the same peer: a refusal waits for the pending answers
 * of this peer. Only `storage` is answered at once, because the disk is what fails.
 *
 * After a failed commit the contents of the disk are unknown: engine_deliver returns the fault and
 * the process has to end. While the disk is full nothing is lost and people's commands are refused
 * (`storage`).
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_ENGINE_H
#define DIEMCAU_COORDINATOR_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/engine/clock.h"
#include "coordinator/engine/playback.h"
#include "coordinator/engine/reply_cache.h"
#include "coordinator/meeting/meeting.h"

struct engine;

enum {
	ENGINE_PENDING_MAX = 4096, /* events decided and not yet on disk; about 9 KB each */
	ENGINE_PENDING_RESERVED = 512, /* reserved for the system's own commands */
};

/* Who gave a command. Peer 0 is the system itself, which is not answered; then both texts are NULL.
 */
struct engine_source {
	uint64_t peer;
	const char *client; /* peer_client_key() */
	const char *command; /* its id for this command */
};

struct engine_reply {
	uint64_t peer;
	char command[COMMAND_ID_SIZE];
	enum refusal refusal; /* unset: accepted, and `answer` is set */
	struct reply reply;
};

struct engine_port {
	/*
	 * The fold `committed` has it now. `entry` is its journal entry, without client and
	 * command; both are valid during the call.
	 */
	void (*committed)(
		void *user, const struct mtg_record *record, const struct journal_entry *entry);
	void (*replied)(void *user, const struct engine_reply *reply);
	/* After one or more `committed`: desired states and views can be sent. */
	void (*settled)(void *user);
	/* Of a replay: the fold is of another time, without the events between. */
	void (*moved)(void *user);
	/* Of a replay: its clock was put elsewhere, goes at another rate, or stands. */
	void (*steered)(void *user);
};

struct engine_config {
	const char *path; /* of the journal */
	struct clock *clock; /* begun or resumed here */
	/* The journal has committed: arrange a call of engine_deliver. On the journal's thread. */
	void (*wake)(void *user);
	void *user; /* for wake */
};

/*
 * Open the journal and fold it. A running meeting gets the command clock.resume, queued like any
 * other. Refusals and faults are those of journal.h; an entry that cannot be read, or leaves the
 * meeting broken, is JOURNAL_DAMAGED.
 */
int engine_create(const struct engine_config *config, struct engine **ret_engine);
/*
 * The same of a closed meeting that is played: the file is read once and not written. No command is
 * taken (`replay`), whoever gives it; engine_tick delivers what was recorded as its time comes.
 */
int engine_create_replay(
	const struct engine_config *config, uint32_t speed, struct engine **ret_engine);
bool engine_is_replay(const struct engine *engine);
/* Of a replay. */
void engine_steer(struct engine *engine, const struct playback_steering *steering);
struct playback_state engine_replay_state(const struct engine *engine);

/* The receiver of answers and events from now on; before, there is none. */
void engine_connect(struct engine *engine, const struct engine_port *port, void *user);
/* Commits the queue without delivering it, closes. NULL is allowed. */
void engine_destroy(struct engine *engine);

/*
 * A plan is imported between these two; a journal whose process died in between, or refused a
 * command of the plan, is found unfinished, and holds no meeting. 0 or a fault.
 */
int engine_begin_plan(struct engine *engine);
int engine_end_plan(struct engine *engine);
bool engine_is_unfinished(const struct engine *engine);

/* Submit a command. port->answered gets the answer, perhaps within this call. */
void engine_submit(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source);
/*
 * Would engine_submit answer this now without an event: it was answered before, or is refused? For
 * a command that needs something prepared first.
 */
bool engine_adds_nothing(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source);
/* Answer a command that is not to be decided: it could not be prepared. */
void engine_refuse(struct engine *engine, const struct engine_source *source, enum refusal refusal);
/* A command of the system; returns the refusal, for a log. */
enum refusal engine_submit_system(struct engine *engine, const struct command *body);

/*
 * The same for what somebody brought by another way than a command: `by` says whose account or site
 * it was. *ret_seq is the last event's number, to wait for in engine_seq.
 */
enum refusal engine_submit_brought(struct engine *engine, const struct command *body,
	const struct actor *by, int64_t *ret_seq);

/* Deliver what has been committed. 0, or the fault after which the process must end. */
int engine_deliver(struct engine *engine);
/* Wait for the disk, then engine_deliver: for the start and the end, never within the loop. */
int engine_flush(struct engine *engine);

/* Submit `tick` while one is due; how long until the next, negative if there is none. */
int64_t engine_tick(struct engine *engine);

const struct meeting *engine_pending(const struct engine *engine);
const struct meeting *engine_committed(const struct engine *engine);
/* The last committed event: every refusal, pong and welcome carries its number. */
int64_t engine_seq(const struct engine *engine);

/*
 * Two clocks. The service's goes as this machine's, for all that is connected: sessions, pings,
 * limits, what waits. The meeting's is the one that its journal counts in: views, desired states,
 * what people are told the time is. They are one while a meeting is held; that of a replay goes at
 * its rate, stands, and is put elsewhere.
 */
struct now engine_service_now(struct engine *engine);
struct now engine_meeting_now(struct engine *engine);
/* Milliseconds of the meeting's clock in one of the service's; 0: it stands. */
uint32_t engine_meeting_rate(const struct engine *engine);

/* For health and metrics. */
struct engine_figures {
	int64_t committed;
	int64_t waiting; /* events decided, not yet on disk */
	bool stalled; /* the disk is full */
	uint64_t commands;
	uint64_t refusals;
	uint64_t repeated; /* commands answered from the reply cache */
};
struct engine_figures engine_figures(const struct engine *engine);

#endif
