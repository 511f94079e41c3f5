/*
 * Login of programs that act for a person: POST /api/v1/session. Blocks for one request (at most
 * LOGIN_SPAN_S), on a libwebsockets context of its own; for startup, not for event loops.
 */
#ifndef DIEMCAU_PROTO_CLIENT_LOGIN_REQUEST_H
#define DIEMCAU_PROTO_CLIENT_LOGIN_REQUEST_H

#include "wire_msg.h"

enum { LOGIN_SPAN_S = 10, LOGIN_FAULT_SIZE = 300 };

/*
 * Logs in at "https://host:port" (or wss://), trusting only the CA `ca` (PEM). 0; -EINVAL for a
 * malformed URL or login; -EACCES if the server refuses; -EBADMSG for a malformed answer;
 * -ECONNREFUSED if there is no trusted server. On failure fault holds a sentence for people.
 */
int login_request(const char *url, const char *ca, const struct wire_login *login,
	struct wire_session *ret_session, char fault[LOGIN_FAULT_SIZE]);

#endif
