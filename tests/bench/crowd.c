/* Level-triggered epoll; each member is read until its TLS has no more. */
#include "tests/bench/crowd.h"

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

#include "tests/bench/frame.h"

enum {
	OPENING_MAX = 32, /* handshakes at one time */
	EVENTS_MAX = 128,
	OTHERS_MAX = 16, /* before the prompt are looked at again */
	READ_MAX = 64 * 1024,
};

int64_t crowd_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

void crowd_fail(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	ERR_print_errors_fp(stderr);
	exit(EXIT_FAILURE);
}

void crowd_init(struct crowd *crowd, uint16_t port, const char *ca, size_t n_members,
	size_t n_prompt, const struct crowd_events *events)
{
	*crowd = (struct crowd){
		.port = port, .n_members = n_members, .n_prompt = n_prompt, .events = events};
	crowd->epoll = epoll_create1(EPOLL_CLOEXEC);
	crowd->others = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN};
	if (crowd->others < 0 ||
		epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, crowd->others, &event) < 0) {
		crowd_fail("epoll");
	}
	crowd->tls = SSL_CTX_new(TLS_client_method());
	crowd->members = calloc(n_members, sizeof(*crowd->members));
	if (crowd->epoll < 0 || !crowd->tls || !crowd->members ||
		SSL_CTX_load_verify_locations(crowd->tls, ca, NULL) != 1) {
		crowd_fail(ca);
	}
	SSL_CTX_set_verify(crowd->tls, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_mode(crowd->tls, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_read_ahead(crowd->tls, 1);
}

void crowd_finish(struct crowd *crowd)
{
	for (size_t i = 0; i < crowd->n_members; i++) {
		struct member *member = &crowd->members[i];
		if (member->state != MEMBER_IDLE) {
			SSL_free(member->ssl);
			close(member->fd);
		}
		free(member->in);
		free(member->message);
	}
	free(crowd->members);
	SSL_CTX_free(crowd->tls);
	close(crowd->others);
	close(crowd->epoll);
}

/* ---- sending ---- */

static void write_all(struct member *member, const void *bytes, size_t size)
{
	if (SSL_write(member->ssl, bytes, (int)size) != (int)size) {
		crowd_fail("a message could not be sent at once");
	}
}

static void send_frame(
	struct member *member, enum frame_opcode opcode, const void *payload, size_t size)
{
	uint8_t whole[FRAME_HEADER_MAX + 4096];
	size_t header = frame_header(opcode, size, whole);
	if (size > 4096) {
		crowd_fail("a message is too long");
	}
	memcpy(whole + header, payload, size);
	write_all(member, whole, header + size);
}

void member_say(struct member *member, const char *text)
{
	send_frame(member, FRAME_TEXT, text, strlen(text));
}

/* ---- opening ---- */

static void watch(struct crowd *crowd, struct member *member, uint32_t events, int operation)
{
	struct epoll_event event = {.events = events, .data.ptr = member};
	bool prompt = (size_t)(member - crowd->members) < crowd->n_prompt;
	if (epoll_ctl(prompt ? crowd->epoll : crowd->others, operation, member->fd, &event) < 0) {
		crowd_fail("epoll");
	}
}

static void open_member(struct crowd *crowd, struct member *member)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(crowd->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int yes = 1;
	member->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (member->fd < 0 ||
		connect(member->fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		fcntl(member->fd, F_SETFL, O_NONBLOCK) < 0) {
		crowd_fail("connect");
	}
	setsockopt(member->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	member->ssl = SSL_new(crowd->tls);
	if (!member->ssl || SSL_set_fd(member->ssl, member->fd) != 1) {
		crowd_fail("tls");
	}
	member->state = MEMBER_CONNECTING;
	crowd->opening++;
	watch(crowd, member, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void upgrade(struct crowd *crowd, struct member *member)
{
	int done = SSL_connect(member->ssl);
	if (done != 1) {
		int why = SSL_get_error(member->ssl, done);
		if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
			crowd_fail("tls handshake");
		}
		watch(crowd, member, why == SSL_ERROR_WANT_READ ? EPOLLIN : EPOLLOUT,
			EPOLL_CTL_MOD);
		return;
	}
	char request[512];
	int size = snprintf(request, sizeof(request),
		"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: diemcau.v1\r\n\r\n",
		(unsigned int)crowd->port);
	member->state = MEMBER_UPGRADING;
	watch(crowd, member, EPOLLIN, EPOLL_CTL_MOD);
	write_all(member, request, (size_t)size);
}

/* The answer to the upgrade; how many bytes of it there were, 0 while it is not whole. */
static size_t take_upgrade(struct crowd *crowd, struct member *member, const char *bytes)
{
	const char *end = strstr(bytes, "\r\n\r\n");
	if (!end) {
		return 0;
	}
	if (strncmp(bytes, "HTTP/1.1 101", 12) != 0) {
		crowd_fail("the server does not upgrade");
	}
	member->state = MEMBER_UP;
	crowd->opening--;
	crowd->events->on_up(member);
	return (size_t)(end - bytes) + 4;
}

/* ---- receiving ---- */

static char *append(char *to, size_t *size, const void *bytes, size_t more)
{
	char *longer = realloc(to, *size + more + 1);
	if (!longer) {
		crowd_fail("memory");
	}
	memcpy(longer + *size, bytes, more);
	*size += more;
	longer[*size] = '\0';
	return longer;
}

static void take_text(struct crowd *crowd, struct member *member, const struct frame *frame)
{
	member->message = append(member->message, &member->n_message, frame->payload, frame->size);
	if (!frame->final) {
		return;
	}
	crowd->events->on_text(member, member->message, member->n_message, crowd_now());
	free(member->message);
	member->message = NULL;
	member->n_message = 0;
}

static void take_frame(struct crowd *crowd, struct member *member, const struct frame *frame)
{
	switch (frame->opcode) {
	case FRAME_CONTINUATION:
	case FRAME_TEXT:
		take_text(crowd, member, frame);
		break;
	case FRAME_PING:
		send_frame(member, FRAME_PONG, frame->payload, frame->size);
		break;
	case FRAME_CLOSE:
		crowd_fail("the server has closed a connection");
	case FRAME_BINARY:
	case FRAME_PONG:
		break;
	}
}

/* How many of these bytes were whole frames. */
static size_t take_bytes(struct crowd *crowd, struct member *member, const char *bytes, size_t size)
{
	size_t taken = 0, last = 1;
	struct frame frame;
	if (member->state == MEMBER_UPGRADING) {
		taken = take_upgrade(crowd, member, bytes);
		last = taken;
	}
	while (last > 0 && taken < size) {
		last = frame_read((const uint8_t *)bytes + taken, size - taken, &frame);
		if (last > 0) {
			take_frame(crowd, member, &frame);
			taken += last;
		}
	}
	return taken;
}

/* What was left over before goes in front; what is left over now is kept. */
static void take(struct crowd *crowd, struct member *member, char *bytes, size_t size)
{
	if (!member->in) {
		size_t taken = take_bytes(crowd, member, bytes, size);
		if (taken < size) {
			member->in = append(NULL, &member->n_in, bytes + taken, size - taken);
		}
		return;
	}
	char *whole = append(member->in, &member->n_in, bytes, size);
	size_t n = member->n_in, taken = take_bytes(crowd, member, whole, n);
	member->in = NULL;
	member->n_in = 0;
	if (taken < n) {
		member->in = append(NULL, &member->n_in, whole + taken, n - taken);
	}
	free(whole);
}

static void receive(struct crowd *crowd, struct member *member)
{
	static char bytes[READ_MAX + 1];
	for (;;) {
		int size = SSL_read(member->ssl, bytes, READ_MAX);
		if (size <= 0) {
			if (SSL_get_error(member->ssl, size) != SSL_ERROR_WANT_READ) {
				crowd_fail("a connection is gone");
			}
			return;
		}
		bytes[size] = '\0';
		take(crowd, member, bytes, (size_t)size);
	}
}

static void serve(struct crowd *crowd, struct member *member)
{
	if (member->state == MEMBER_CONNECTING) {
		upgrade(crowd, member);
	} else {
		receive(crowd, member);
	}
}

static void serve_others(struct crowd *crowd)
{
	struct epoll_event events[OTHERS_MAX];
	int n = epoll_wait(crowd->others, events, OTHERS_MAX, 0);
	for (int i = 0; i < n; i++) {
		serve(crowd, events[i].data.ptr);
	}
}

void crowd_step(struct crowd *crowd, int64_t until_us)
{
	struct epoll_event events[EVENTS_MAX];
	bool others = false;
	while (crowd->begun < crowd->n_members && crowd->opening < OPENING_MAX) {
		open_member(crowd, &crowd->members[crowd->begun++]);
	}
	int64_t left = until_us - crowd_now();
	int ms = left > 0 ? (int)((left + 999) / 1000) : 0;
	int n = epoll_wait(crowd->epoll, events, EVENTS_MAX, ms);
	for (int i = 0; i < n; i++) {
		if (events[i].data.ptr) {
			serve(crowd, events[i].data.ptr);
		} else {
			others = true;
		}
	}
	if (others) {
		serve_others(crowd);
	}
}

void crowd_run(struct crowd *crowd, int64_t until_us)
{
	do {
		crowd_step(crowd, until_us);
	} while (crowd_now() < until_us);
}
