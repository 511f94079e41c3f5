/*
 * The turn of the loop: orders in, answers and events out, with the journal between.
 *
 *	turn_order    decided against `ahead`; its events are queued to the journal and applied to
 *		      `ahead` at once
 *	turn_commit   what is on disk by now is applied to `told` and told, in journal order
 *
 * Nothing of an accepted order leaves the process before it is on disk (docs/decisions/001). An
 * answer never overtakes an earlier one to the same peer: a refusal waits for the answers that this
 * peer is still owed. But for `storage`, which is told at once: what it would wait for is the disk.
 *
 * When a commit fails nobody can say what is on disk: turn_commit returns the fault and the process
 * has to end. While the disk is full nothing is lost and people's orders are refused (`storage`).
 */
#ifndef DIEMCAU_COORDINATOR_TURN_H
#define DIEMCAU_COORDINATOR_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/answers.h"
#include "coordinator/clock.h"
#include "coordinator/meeting/meeting.h"

struct turn;

enum {
	TURN_PENDING_MAX = 4096, /* events decided and not yet on disk; about 9 KB each */
	TURN_PENDING_KEEP = 512, /* of these the last are for the system's own orders */
};

/* Who gave an order. Peer 0 is the system itself, which is not answered; then both texts are NULL.
 */
struct turn_source {
	uint64_t peer;
	const char *client; /* peer_client() */
	const char *command; /* its id for this command */
};

struct turn_answer {
	uint64_t peer;
	char command[COMMAND_ID_SIZE];
	enum refusal refusal; /* unset: accepted, and `answer` is set */
	struct answer answer;
};

struct turn_port {
	/* `told` holds it now. */
	void (*told)(void *user, const struct mtg_record *record);
	void (*answered)(void *user, const struct turn_answer *answer);
	/* After one or more `told`: peers can be brought to what they should be now. */
	void (*settled)(void *user);
	/* The journal has committed something: have turn_commit called. On the journal's thread. */
	void (*wake)(void *user);
};

struct turn_config {
	const char *path; /* of the journal */
	struct clock *clock; /* begun or resumed here */
	const struct turn_port *port;
	void *user;
};

/*
 * Open the journal and fold it. A running meeting is told by clock.resume that it goes on, with
 * the order queued like any other. Refusals and faults are those of journal.h; an entry
 * that cannot be read, or leaves the meeting broken, is JOURNAL_DAMAGED.
 */
int turn_create(const struct turn_config *config, struct turn **ret_turn);
/* Commits what is queued, tells nobody, closes. NULL is allowed. */
void turn_destroy(struct turn *turn);

/*
 * A plan is taken in between these two; a journal of which the process died in between, or in which
 * a command of the plan was refused, is found unfinished, and holds no meeting. 0 or a fault.
 */
int turn_begin_plan(struct turn *turn);
int turn_end_plan(struct turn *turn);
bool turn_is_unfinished(const struct turn *turn);

/* Give an order. The answer comes by port->answered, perhaps within this call. */
void turn_order(struct turn *turn, const struct mtg_order *order, const struct turn_source *source);
/* The system's own; returns the refusal, for a log. */
enum refusal turn_order_system(struct turn *turn, const struct command *command);

/* Tell what has been committed. 0, or the fault after which the process has to end. */
int turn_commit(struct turn *turn);
/* Wait for the disk, then turn_commit: for the start and the end, never within the loop. */
int turn_flush(struct turn *turn);

/* Give the order `tick` while one is due; how long until the next, negative if there is none. */
int64_t turn_tick(struct turn *turn);

const struct meeting *turn_ahead(const struct turn *turn);
const struct meeting *turn_told(const struct turn *turn);
struct now turn_now(struct turn *turn);

/* For health and metrics. */
struct turn_figures {
	int64_t committed;
	int64_t waiting; /* events decided, not yet on disk */
	bool stalled; /* the disk is full */
	uint64_t orders;
	uint64_t refusals;
	uint64_t repeated; /* commands answered from memory */
};
struct turn_figures turn_figures(const struct turn *turn);

#endif
