/*
 * The measured rounds: a command is given, and everybody is waited for.
 *
 * The command shows a site's picture to all and takes it away again, so that each round changes
 * something that every person, a viewer too, is shown and every site has to become. People are told
 * when the update of it has come, a site when its desired state has; it reports the version at
 * once, and its report counts as arrived when the ping behind it is answered.
 */
#ifndef DIEMCAU_TESTS_BENCH_ROUNDS_H
#define DIEMCAU_TESTS_BENCH_ROUNDS_H

#include "tests/bench/ws_clients.h"

enum bench_kind { KIND_SITE, KIND_BOARD, KIND_VIEWER, KIND_COUNT };

enum { SITE_NAME_SIZE = 64, TOKEN_TEXT_SIZE = 64 };

struct participant {
	enum bench_kind kind;
	char site[SITE_NAME_SIZE];
	char token[TOKEN_TEXT_SIZE]; /* of a site; else the session */
	bool in; /* welcomed */
	long version; /* of a site's desired state */
	int64_t told_us; /* 0: not yet, in this round */
	int64_t converged_us;
	char *heard; /* what it was told in this round, where that is kept */
	size_t n_heard;
};

/* Milliseconds after the command, of the last one each. */
struct round {
	double told[KIND_COUNT];
	double everybody;
	double converged;
	double accepted; /* 0: the server sends no answer */
};

struct rounds {
	struct ws_clients clients;
	struct participant *participants; /* sites, the first is the one shown; boards, the first
					 gives the commands; watchers */
	size_t n[KIND_COUNT];
	size_t missing; /* in this round: tellings and reports */
	long number; /* of this round */
	int64_t begun_us;
	int64_t accepted_us;
};

/* Let everybody in. The attendants are the caller's and stay where they are. */
void rounds_init(struct rounds *rounds, uint16_t port, const char *ca,
	struct participant *participants, const size_t n[KIND_COUNT]);
void rounds_finish(struct rounds *rounds);

/* Serve the connections for so long; sites report once a second meanwhile. */
void rounds_rest(struct rounds *rounds, int64_t us);

/* One round. Ends the program when somebody has not been told after ROUND_MAX. */
void rounds_play(struct rounds *rounds, struct round *ret_round);

/* Keep what this one is told, message behind message. */
void rounds_listen(struct rounds *rounds, size_t participant);

#endif
