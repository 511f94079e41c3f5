/*
 * Many TLS websockets in one thread, as light as can be: what they cost must not hide what the
 * server costs. Raw sockets, epoll and OpenSSL; pings are answered, texts are handed on.
 *
 * Loopback only. A fault of a connection that was up ends the program: a figure with a hole in it
 * is none.
 */
#ifndef DIEMCAU_BENCH_CROWD_H
#define DIEMCAU_BENCH_CROWD_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum member_state { MEMBER_IDLE, MEMBER_CONNECTING, MEMBER_UPGRADING, MEMBER_UP };

struct member {
	enum member_state state;
	int fd;
	SSL *ssl;
	char *in; /* bytes that are no whole frame yet */
	size_t n_in;
	char *message; /* fragments of a message that is no whole one yet */
	size_t n_message;
	void *user;
};

struct crowd_events {
	/* The websocket is there: say hello. */
	void (*on_up)(struct member *member);
	/* A whole text, NUL beyond its end; `us` is when it came. */
	void (*on_text)(struct member *member, const char *text, size_t size, int64_t us);
};

struct crowd {
	int epoll; /* of the first n_prompt members, and of `others` */
	int others; /* an epoll of all others: read a few at a time, so nobody waits for them */
	size_t n_prompt;
	SSL_CTX *tls;
	uint16_t port;
	const struct crowd_events *events;
	struct member *members;
	size_t n_members;
	size_t begun; /* members whose connection has been begun */
	size_t opening; /* of these, not up yet */
};

/* `ca` is a PEM file. Ends the program where that cannot be. */
void crowd_init(struct crowd *crowd, uint16_t port, const char *ca, size_t n_members,
	size_t n_prompt, const struct crowd_events *events);
void crowd_finish(struct crowd *crowd);

/* Serve all connections, and begin those that are not there, until this moment has come. */
void crowd_run(struct crowd *crowd, int64_t until_us);
/* The same, for one round of whatever is ready, at most until then. */
void crowd_step(struct crowd *crowd, int64_t until_us);

void member_say(struct member *member, const char *text);

/* Microseconds of the monotonic clock. */
int64_t crowd_now(void);

/* A sentence, and the end of the program. */
_Noreturn void crowd_fail(const char *what);

#endif
