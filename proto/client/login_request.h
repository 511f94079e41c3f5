/*
 * How people's programs get a session: POST /api/v1/session. Blocks for the length of one request
 * (at most LOGIN_SPAN_S), on a libwebsockets context of its own; for programs that start, not for
 * loops.
 */
#ifndef DIEMCAU_PROTO_CLIENT_LOGIN_REQUEST_H
#define DIEMCAU_PROTO_CLIENT_LOGIN_REQUEST_H

#include "wire_msg.h"

enum { LOGIN_SPAN_S = 10, LOGIN_FAULT_SIZE = 300 };

/*
 * Log in at "https://host:port" (or wss://), trusting the authority `ca` (PEM) and nothing else.
 * 0; -EINVAL for a URL or login that is none; -EACCES where the server refuses; -EBADMSG for an
 * answer that is none; -ECONNREFUSED where there is no trusted server. A sentence for people
 * stands in fault then.
 */
int login_request(const char *url, const char *ca, const struct wire_login *login,
	struct wire_session *ret_session, char fault[LOGIN_FAULT_SIZE]);

#endif
