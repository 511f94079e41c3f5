/*
 * Many TLS websockets in one thread, as light as can be: what they cost must not hide what the
 * server costs. Raw sockets, epoll and OpenSSL; pings are answered, texts are handed on.
 *
 * Loopback only. A fault of a connection that was up ends the program: a figure with a hole in it
 * is none.
 */
#ifndef DIEMCAU_TESTS_BENCH_WS_CLIENTS_H
#define DIEMCAU_TESTS_BENCH_WS_CLIENTS_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ws_client_state { WS_CLIENT_IDLE, WS_CLIENT_CONNECTING, WS_CLIENT_UPGRADING, WS_CLIENT_UP };

struct ws_client {
	enum ws_client_state state;
	int fd;
	SSL *ssl;
	char *in; /* bytes that are no whole frame yet */
	size_t n_in;
	char *message; /* fragments of a message that is no whole one yet */
	size_t n_message;
	void *user;
};

struct ws_clients_events {
	/* The websocket is there: say hello. */
	void (*on_up)(struct ws_client *client);
	/* A whole text, NUL beyond its end; `us` is when it came. */
	void (*on_text)(struct ws_client *client, const char *text, size_t size, int64_t us);
};

struct ws_clients {
	int epoll; /* of the first n_prompt members, and of `others` */
	int others; /* an epoll of all others: read a few at a time, so nobody waits for them */
	size_t n_prompt;
	SSL_CTX *tls;
	uint16_t port;
	const struct ws_clients_events *events;
	struct ws_client *members;
	size_t n_members;
	size_t begun; /* members whose connection has been begun */
	size_t opening; /* of these, not up yet */
};

/* `ca` is a PEM file. Ends the program where that cannot be. */
void ws_clients_init(struct ws_clients *clients, uint16_t port, const char *ca, size_t n_members,
	size_t n_prompt, const struct ws_clients_events *events);
void ws_clients_finish(struct ws_clients *clients);

/* Serve all connections, and begin those that are not there, until this moment has come. */
void ws_clients_run(struct ws_clients *clients, int64_t until_us);
/* The same, for one round of whatever is ready, at most until then. */
void ws_clients_step(struct ws_clients *clients, int64_t until_us);

void ws_client_send(struct ws_client *client, const char *text);

/* Microseconds of the monotonic clock. */
int64_t ws_clients_now(void);

/* A sentence, and the end of the program. */
_Noreturn void ws_clients_fail(const char *what);

#endif
