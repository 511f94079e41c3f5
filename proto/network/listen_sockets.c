/* accept4 needs _GNU_SOURCE. */
#define _GNU_SOURCE

#include "proto/network/listen_sockets.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proto/system/language.h"
#include "proto/words/text_fill.h"

/* Port 0 with several addresses: the port given to the first may be in use on another. */
enum { PORT_ATTEMPTS = 16 };

/* ---- one socket ---- */

/* IPv4 has sockets of its own, whatever the system's default is. */
static int limit_family(int fd, const struct sockaddr_storage *address)
{
	int only = 1;
	if (address->ss_family != AF_INET6) {
		return 0;
	}
	return setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof(only)) < 0 ? -errno : 0;
}

static int bind_and_listen(int fd, const struct sockaddr_storage *address, socklen_t size)
{
	int yes = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, (const struct sockaddr *)address, size) < 0 || listen(fd, SOMAXCONN) < 0) {
		return -errno;
	}
	return 0;
}

static int open_socket(const struct sockaddr_storage *address, socklen_t size)
{
	int fd = socket(address->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	int r = limit_family(fd, address);
	r = r == 0 ? bind_and_listen(fd, address, size) : r;
	if (r < 0) {
		close(fd);
		return r;
	}
	return fd;
}

/* ---- all addresses of a place ---- */

static void set_port(struct sockaddr_storage *address, uint16_t port)
{
	if (address->ss_family == AF_INET6) {
		((struct sockaddr_in6 *)address)->sin6_port = htons(port);
	} else {
		((struct sockaddr_in *)address)->sin_port = htons(port);
	}
}

static uint16_t port_of(const struct sockaddr_storage *address)
{
	return ntohs(address->ss_family == AF_INET6
			     ? ((const struct sockaddr_in6 *)address)->sin6_port
			     : ((const struct sockaddr_in *)address)->sin_port);
}

static bool is_listed(
	const struct listen_sockets *listening, const struct sockaddr_storage *address)
{
	char text[SOCKADDR_TEXT_SIZE], other[SOCKADDR_TEXT_SIZE];
	sockaddr_text(address, text);
	for (size_t i = 0; i < listening->n; i++) {
		sockaddr_text(&listening->addresses[i], other);
		if (strcmp(text, other) == 0) {
			return true;
		}
	}
	return false;
}

static int add(struct listen_sockets *listening, const struct addrinfo *found)
{
	struct sockaddr_storage address = {0};
	memcpy(&address, found->ai_addr, found->ai_addrlen);
	socklen_t size = sockaddr_unmap(&address);
	set_port(&address, listening->port);
	if (listening->n == LISTEN_SOCKETS_MAX || is_listed(listening, &address)) {
		return 0;
	}
	int fd = open_socket(&address, size);
	if (fd < 0) {
		return fd;
	}
	getsockname(fd, (struct sockaddr *)&address, &size);
	listening->port = port_of(&address);
	listening->loopback = listening->loopback && sockaddr_is_loopback(&address);
	listening->fds[listening->n] = fd;
	listening->addresses[listening->n++] = address;
	return 0;
}

/* The error of a machine without that family, or without one of a name's addresses. */
static bool is_unsupported(int error)
{
	return error == -EAFNOSUPPORT || error == -EADDRNOTAVAIL || error == -EPROTONOSUPPORT;
}

static int add_all(struct listen_sockets *listening, const struct addrinfo *found, uint16_t port)
{
	int missing = -EADDRNOTAVAIL;
	*listening = (struct listen_sockets){.port = port, .loopback = true};
	for (; found; found = found->ai_next) {
		int r = add(listening, found);
		if (r < 0 && !is_unsupported(r)) {
			listen_sockets_close(listening);
			return r;
		}
		missing = r < 0 ? r : missing;
	}
	return listening->n > 0 ? 0 : missing;
}

static int add_by_one_port(struct listen_sockets *listening, const struct bind_address *place,
	const struct addrinfo *found)
{
	int r = -EADDRINUSE;
	for (int i = 0; i < PORT_ATTEMPTS && r == -EADDRINUSE; i++) {
		r = add_all(listening, found, place->port);
		if (place->port != 0) {
			break;
		}
	}
	return r;
}

/* ---- sentences ---- */

static enum text_id advice_of(int error)
{
	switch (-error) {
	case EADDRINUSE:
		return TEXT_LISTEN_TAKEN;
	case EADDRNOTAVAIL:
		return TEXT_LISTEN_NO_ADDRESS;
	case EAFNOSUPPORT:
	case EPROTONOSUPPORT:
		return TEXT_LISTEN_NO_FAMILY;
	case EACCES:
		return TEXT_LISTEN_LOW_PORT;
	case EINVAL:
		return TEXT_LISTEN_MALFORMED;
	default:
		return TEXT_LISTEN_OTHER;
	}
}

static void fill(const char *place, enum text_id text, const char *reason, char *fault)
{
	text_fill(fault, LISTEN_FAULT_SIZE, text, language_now(),
		(const struct text_value[]){
			{.name = "place", .text = place}, {.name = "reason", .text = reason}, {0}});
}

void listen_sockets_advice(const char *place, int error, char fault[LISTEN_FAULT_SIZE])
{
	fill(place, advice_of(error), strerror(-error), fault);
}

static int explain(const struct bind_address *place, enum text_id text, const char *reason,
	int error, char *fault)
{
	char shown[SOCKADDR_TEXT_SIZE + sizeof("[]:65535")];
	snprintf(shown, sizeof(shown), place->bracketed ? "[%.*s]:%u" : "%.*s:%u",
		SOCKADDR_TEXT_SIZE, place->host, (unsigned)place->port);
	fill(shown, text, reason, fault);
	return error;
}

/* "[::]" equals "": every address, each family by itself. */
static bool is_every_address(const struct bind_address *place)
{
	return place->host[0] == '\0' || (place->bracketed && strcmp(place->host, "::") == 0);
}

int listen_sockets_open(
	const struct bind_address *place, struct listen_sockets *ret, char fault[LISTEN_FAULT_SIZE])
{
	bool every = is_every_address(place), six = place->bracketed && !every;
	struct addrinfo hints = {.ai_family = six ? AF_INET6 : AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV | (six ? AI_NUMERICHOST : 0)};
	struct addrinfo *found = NULL;
	*ret = (struct listen_sockets){0};
	int unknown = getaddrinfo(every ? NULL : place->host, "0", &hints, &found);
	if (unknown != 0) {
		return explain(place, TEXT_LISTEN_UNKNOWN, gai_strerror(unknown), -EINVAL, fault);
	}
	int r = add_by_one_port(ret, place, found);
	freeaddrinfo(found);
	return r == 0 ? 0 : explain(place, advice_of(r), strerror(-r), r, fault);
}

void listen_sockets_close(struct listen_sockets *listening)
{
	for (size_t i = 0; i < listening->n; i++) {
		close(listening->fds[i]);
	}
	listening->n = 0;
}

void listen_sockets_text(const struct listen_sockets *listening, char ret[LISTEN_TEXT_SIZE])
{
	size_t used = 0;
	ret[0] = '\0';
	for (size_t i = 0; i < listening->n; i++) {
		char text[SOCKADDR_TEXT_SIZE];
		sockaddr_text(&listening->addresses[i], text);
		if (used + strlen(text) + 3 > LISTEN_TEXT_SIZE) {
			return;
		}
		used += (size_t)sprintf(ret + used, i > 0 ? ", %s" : "%s", text);
	}
}

/* ---- connections ---- */

int listen_sockets_accept(int fd)
{
	int connection = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	int yes = 1;
	if (connection >= 0) {
		setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
		return connection;
	}
	switch (errno) {
	case EMFILE:
	case ENFILE:
	case ENOBUFS:
	case ENOMEM:
		return -EMFILE;
	case EBADF:
	case EINVAL:
	case ENOTSOCK:
		return -errno;
	default:
		return -EAGAIN; /* none, or one that was closed before it was accepted */
	}
}
