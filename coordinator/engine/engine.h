/*
 * The engine of the loop: commands in, answers and events out, with the journal between.
 *
 *	engine_submit    decided against `pending`; its events are queued to the journal and applied
 *to `pending` at once engine_deliver   what is on disk by now is applied to `committed` and told,
 *in journal order
 *
 * Nothing of an accepted command leaves the process before it is on disk (docs/decisions/001). An
 * answer never overtakes an earlier one to the same peer: a refusal waits for the answers that this
 * peer is still owed. But for `storage`, which is told at once: what it would wait for is the disk.
 *
 * When a commit fails nobody can say what is on disk: engine_deliver returns the fault and the
 *process has to end. While the disk is full nothing is lost and people's commands are refused
 *(`storage`).
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_ENGINE_H
#define DIEMCAU_COORDINATOR_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/engine/clock.h"
#include "coordinator/engine/reply_cache.h"
#include "coordinator/meeting/meeting.h"

struct engine;

enum {
	ENGINE_PENDING_MAX = 4096, /* events decided and not yet on disk; about 9 KB each */
	ENGINE_PENDING_RESERVED = 512, /* of these the last are for the system's own commands */
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
	 * `committed` holds it now. `entry` is what the journal has of it, without client and
	 * command; both are good during the call.
	 */
	void (*committed)(
		void *user, const struct mtg_record *record, const struct journal_entry *entry);
	void (*replied)(void *user, const struct engine_reply *reply);
	/* After one or more `committed`: peers can be brought to what they should be now. */
	void (*settled)(void *user);
};

struct engine_config {
	const char *path; /* of the journal */
	struct clock *clock; /* begun or resumed here */
	/* The journal has committed something: have engine_deliver called. On the journal's thread.
	 */
	void (*wake)(void *user);
	void *user; /* for wake */
};

/*
 * Open the journal and fold it. A running meeting is told by clock.resume that it goes on, with
 * the command queued like any other. Refusals and faults are those of journal.h; an entry
 * that cannot be read, or leaves the meeting broken, is JOURNAL_DAMAGED.
 */
int engine_create(const struct engine_config *config, struct engine **ret_engine);
/* Whom to tell from now on; until then nobody is. */
void engine_connect(struct engine *engine, const struct engine_port *port, void *user);
/* Commits what is queued, tells nobody, closes. NULL is allowed. */
void engine_destroy(struct engine *engine);

/*
 * A plan is taken in between these two; a journal of which the process died in between, or in which
 * a command of the plan was refused, is found unfinished, and holds no meeting. 0 or a fault.
 */
int engine_begin_plan(struct engine *engine);
int engine_end_plan(struct engine *engine);
bool engine_is_unfinished(const struct engine *engine);

/* Submit a command. The answer comes by port->answered, perhaps within this call. */
void engine_submit(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source);
/* The system's own; returns the refusal, for a log. */
enum refusal engine_submit_system(struct engine *engine, const struct command *body);

/* Tell what has been committed. 0, or the fault after which the process has to end. */
int engine_deliver(struct engine *engine);
/* Wait for the disk, then engine_deliver: for the start and the end, never within the loop. */
int engine_flush(struct engine *engine);

/* Submit `tick` while one is due; how long until the next, negative if there is none. */
int64_t engine_tick(struct engine *engine);

const struct meeting *engine_pending(const struct engine *engine);
const struct meeting *engine_committed(const struct engine *engine);
/* The last event committed: what every refusal, pong and welcome carries. */
int64_t engine_seq(const struct engine *engine);
struct now engine_now(struct engine *engine);

/* For health and metrics. */
struct engine_figures {
	int64_t committed;
	int64_t waiting; /* events decided, not yet on disk */
	bool stalled; /* the disk is full */
	uint64_t commands;
	uint64_t refusals;
	uint64_t repeated; /* commands answered from memory */
};
struct engine_figures engine_figures(const struct engine *engine);

#endif
