/* Level-triggered epoll; each member is read until its TLS has no more. */
#include "tests/bench/ws_clients.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/ws_frame.h"

enum {
	OPENING_MAX = 32, /* handshakes at one time */
	EVENTS_MAX = 128,
	OTHERS_MAX = 16, /* before the prompt are looked at again */
	READ_MAX = 64 * 1024,
};

int64_t ws_clients_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

void ws_clients_fail(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	ERR_print_errors_fp(stderr);
	exit(EXIT_FAILURE);
}

void ws_clients_init(struct ws_clients *clients, uint16_t port, const char *ca, size_t n_members,
	size_t n_prompt, const struct ws_clients_events *events)
{
	*clients = (struct ws_clients){
		.port = port, .n_members = n_members, .n_prompt = n_prompt, .events = events};
	clients->epoll = epoll_create1(EPOLL_CLOEXEC);
	clients->others = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN};
	if (clients->others < 0 ||
		epoll_ctl(clients->epoll, EPOLL_CTL_ADD, clients->others, &event) < 0) {
		ws_clients_fail("epoll");
	}
	clients->tls = SSL_CTX_new(TLS_client_method());
	clients->members = calloc(n_members, sizeof(*clients->members));
	if (clients->epoll < 0 || !clients->tls || !clients->members ||
		SSL_CTX_load_verify_locations(clients->tls, ca, NULL) != 1) {
		ws_clients_fail(ca);
	}
	SSL_CTX_set_verify(clients->tls, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_mode(clients->tls, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_read_ahead(clients->tls, 1);
}

void ws_clients_finish(struct ws_clients *clients)
{
	for (size_t i = 0; i < clients->n_members; i++) {
		struct ws_client *client = &clients->members[i];
		if (client->state != WS_CLIENT_IDLE) {
			SSL_free(client->ssl);
			close(client->fd);
		}
		free(client->in);
		free(client->message);
	}
	free(clients->members);
	SSL_CTX_free(clients->tls);
	close(clients->others);
	close(clients->epoll);
}

/* ---- sending ---- */

static void write_all(struct ws_client *client, const void *bytes, size_t size)
{
	if (SSL_write(client->ssl, bytes, (int)size) != (int)size) {
		ws_clients_fail("a message could not be sent at once");
	}
}

static void send_frame(
	struct ws_client *client, enum ws_frame_opcode opcode, const void *payload, size_t size)
{
	uint8_t whole[WS_FRAME_HEADER_MAX + 4096];
	size_t header = ws_frame_header(opcode, size, whole);
	if (size > 4096) {
		ws_clients_fail("a message is too long");
	}
	memcpy(whole + header, payload, size);
	write_all(client, whole, header + size);
}

void ws_client_send(struct ws_client *client, const char *text)
{
	send_frame(client, WS_FRAME_TEXT, text, strlen(text));
}

/* ---- opening ---- */

static void watch(
	struct ws_clients *clients, struct ws_client *client, uint32_t events, int operation)
{
	struct epoll_event event = {.events = events, .data.ptr = client};
	bool prompt = (size_t)(client - clients->members) < clients->n_prompt;
	if (epoll_ctl(prompt ? clients->epoll : clients->others, operation, client->fd, &event) <
		0) {
		ws_clients_fail("epoll");
	}
}

static void open_member(struct ws_clients *clients, struct ws_client *client)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(clients->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int yes = 1;
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (client->fd < 0 ||
		connect(client->fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		fcntl(client->fd, F_SETFL, O_NONBLOCK) < 0) {
		ws_clients_fail("connect");
	}
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	client->ssl = SSL_new(clients->tls);
	if (!client->ssl || SSL_set_fd(client->ssl, client->fd) != 1) {
		ws_clients_fail("tls");
	}
	client->state = WS_CLIENT_CONNECTING;
	clients->opening++;
	watch(clients, client, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void upgrade(struct ws_clients *clients, struct ws_client *client)
{
	int done = SSL_connect(client->ssl);
	if (done != 1) {
		int why = SSL_get_error(client->ssl, done);
		if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
			ws_clients_fail("tls handshake");
		}
		watch(clients, client, why == SSL_ERROR_WANT_READ ? EPOLLIN : EPOLLOUT,
			EPOLL_CTL_MOD);
		return;
	}
	char request[512];
	int size = snprintf(request, sizeof(request),
		"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: diemcau.v1\r\n\r\n",
		(unsigned int)clients->port);
	client->state = WS_CLIENT_UPGRADING;
	watch(clients, client, EPOLLIN, EPOLL_CTL_MOD);
	write_all(client, request, (size_t)size);
}

/* The answer to the upgrade; how many bytes of it there were, 0 while it is not whole. */
static size_t take_upgrade(struct ws_clients *clients, struct ws_client *client, const char *bytes)
{
	const char *end = strstr(bytes, "\r\n\r\n");
	if (!end) {
		return 0;
	}
	if (strncmp(bytes, "HTTP/1.1 101", 12) != 0) {
		ws_clients_fail("the server does not upgrade");
	}
	client->state = WS_CLIENT_UP;
	clients->opening--;
	clients->events->on_up(client);
	return (size_t)(end - bytes) + 4;
}

/* ---- receiving ---- */

static char *append(char *to, size_t *size, const void *bytes, size_t more)
{
	char *longer = realloc(to, *size + more + 1);
	if (!longer) {
		ws_clients_fail("memory");
	}
	memcpy(longer + *size, bytes, more);
	*size += more;
	longer[*size] = '\0';
	return longer;
}

static void take_text(
	struct ws_clients *clients, struct ws_client *client, const struct ws_frame *frame)
{
	client->message = append(client->message, &client->n_message, frame->payload, frame->size);
	if (!frame->final) {
		return;
	}
	clients->events->on_text(client, client->message, client->n_message, ws_clients_now());
	free(client->message);
	client->message = NULL;
	client->n_message = 0;
}

static void take_frame(
	struct ws_clients *clients, struct ws_client *client, const struct ws_frame *frame)
{
	switch (frame->opcode) {
	case WS_FRAME_CONTINUATION:
	case WS_FRAME_TEXT:
		take_text(clients, client, frame);
		break;
	case WS_FRAME_PING:
		send_frame(client, WS_FRAME_PONG, frame->payload, frame->size);
		break;
	case WS_FRAME_CLOSE:
		ws_clients_fail("the server has closed a connection");
	case WS_FRAME_BINARY:
	case WS_FRAME_PONG:
		break;
	}
}

/* How many of these bytes were whole frames. */
static size_t take_bytes(
	struct ws_clients *clients, struct ws_client *client, const char *bytes, size_t size)
{
	size_t taken = 0, last = 1;
	struct ws_frame frame;
	if (client->state == WS_CLIENT_UPGRADING) {
		taken = take_upgrade(clients, client, bytes);
		last = taken;
	}
	while (last > 0 && taken < size) {
		last = ws_frame_read((const uint8_t *)bytes + taken, size - taken, &frame);
		if (last > 0) {
			take_frame(clients, client, &frame);
			taken += last;
		}
	}
	return taken;
}

/* What was left over before goes in front; what is left over now is kept. */
static void take(struct ws_clients *clients, struct ws_client *client, char *bytes, size_t size)
{
	if (!client->in) {
		size_t taken = take_bytes(clients, client, bytes, size);
		if (taken < size) {
			client->in = append(NULL, &client->n_in, bytes + taken, size - taken);
		}
		return;
	}
	char *whole = append(client->in, &client->n_in, bytes, size);
	size_t n = client->n_in, taken = take_bytes(clients, client, whole, n);
	client->in = NULL;
	client->n_in = 0;
	if (taken < n) {
		client->in = append(NULL, &client->n_in, whole + taken, n - taken);
	}
	free(whole);
}

static void receive(struct ws_clients *clients, struct ws_client *client)
{
	static char bytes[READ_MAX + 1];
	for (;;) {
		int size = SSL_read(client->ssl, bytes, READ_MAX);
		if (size <= 0) {
			if (SSL_get_error(client->ssl, size) != SSL_ERROR_WANT_READ) {
				ws_clients_fail("a connection is gone");
			}
			return;
		}
		bytes[size] = '\0';
		take(clients, client, bytes, (size_t)size);
	}
}

static void serve(struct ws_clients *clients, struct ws_client *client)
{
	if (client->state == WS_CLIENT_CONNECTING) {
		upgrade(clients, client);
	} else {
		receive(clients, client);
	}
}

static void serve_others(struct ws_clients *clients)
{
	struct epoll_event events[OTHERS_MAX];
	int n = epoll_wait(clients->others, events, OTHERS_MAX, 0);
	for (int i = 0; i < n; i++) {
		serve(clients, events[i].data.ptr);
	}
}

void ws_clients_step(struct ws_clients *clients, int64_t until_us)
{
	struct epoll_event events[EVENTS_MAX];
	bool others = false;
	while (clients->begun < clients->n_members && clients->opening < OPENING_MAX) {
		open_member(clients, &clients->members[clients->begun++]);
	}
	int64_t left = until_us - ws_clients_now();
	int ms = left > 0 ? (int)((left + 999) / 1000) : 0;
	int n = epoll_wait(clients->epoll, events, EVENTS_MAX, ms);
	for (int i = 0; i < n; i++) {
		if (events[i].data.ptr) {
			serve(clients, events[i].data.ptr);
		} else {
			others = true;
		}
	}
	if (others) {
		serve_others(clients);
	}
}

void ws_clients_run(struct ws_clients *clients, int64_t until_us)
{
	do {
		ws_clients_step(clients, until_us);
	} while (ws_clients_now() < until_us);
}
