/*
 * A small real coordinator for the link's tests: TLS, hello, welcome, pong, and faults on request.
 * Its own thread; every function may be called from the test's.
 */
#ifndef DIEMCAU_TESTS_UNIT_CLIENT_SERVER_H
#define DIEMCAU_TESTS_UNIT_CLIENT_SERVER_H

#include <stdbool.h>
#include <stddef.h>

enum server_mood {
	SERVER_WELCOMES,
	SERVER_REFUSES, /* hello: refused unauthorised, then closes */
	SERVER_SAYS_BYE, /* after its welcome */
	SERVER_GARBLES, /* after its welcome */
	SERVER_MUTE, /* never answers hello */
	SERVER_OVERFLOWS, /* after its welcome: many messages at once */
	SERVER_PINGS, /* after its welcome: as many pings as the socket takes */
};

struct server;

/* port 0: any. certificate NULL: plain. */
struct server *server_start(
	int port, const char *certificate, const char *key, enum server_mood mood);
void server_stop(struct server *server);
int server_port(const struct server *server);

unsigned int server_texts(
	const struct server *server); /* messages after hello, pings not counted */
/* Pongs that returned their ping unchanged, and all others. */
unsigned int server_good_pongs(const struct server *server);
unsigned int server_bad_pongs(const struct server *server);
size_t server_frame_bytes(const struct server *server);
/* Stops serving without closing anything (a hung machine), and resumes. */
void server_freeze(struct server *server, bool frozen);
/* Sends this text on every connection. */
void server_say(struct server *server, const char *text);
/* Closes every connection. */
void server_drop_all(struct server *server);

#endif
