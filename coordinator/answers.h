/*
 * Answers to commands, remembered so that a command repeated after a lost answer gets the same one
 * and is not done twice. Filled as commands are decided, and from the journal after a start: what
 * made nothing happen is in no journal, and is then decided anew for whoever never got its answer.
 *
 * Holds the latest COMMANDS_REMEMBERED_MAX, and of one owner (a client's name up to its "/", that
 * is without the instance) the latest COMMANDS_REMEMBERED_OF_ONE_MAX: nobody makes others' answers
 * be forgotten. A client waits for its answers and does not come back with one that is ten thousand
 * commands old.
 */
#ifndef DIEMCAU_COORDINATOR_ANSWERS_H
#define DIEMCAU_COORDINATOR_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

struct answers;

/* What `accepted` says. turn is "" and take 0 where the command made none. */
struct answer {
	int64_t seq;
	uint64_t take;
	char turn[TURN_ID_SIZE];
};

struct answers *answers_create(void);
void answers_destroy(struct answers *answers);

/* NULL: this client never gave a command of this id, or it was refused. */
const struct answer *answers_find(
	const struct answers *answers, const char *client, const char *command);

/*
 * Room for an answer under these names, before anything is promised: the next answers_keep of them
 * cannot fail. 0 or -ENOMEM.
 */
int answers_prepare(struct answers *answers, const char *client, const char *command);

/* Copied; a second one under the same names replaces the first. 0 or -ENOMEM. */
int answers_keep(struct answers *answers, const char *client, const char *command,
	const struct answer *answer);

/* What one event adds to the answer of the command that caused it. */
void answer_learn(struct answer *answer, int64_t seq, const struct event *event);

#endif
