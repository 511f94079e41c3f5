#include "proto/client/login_request.h"

#include <errno.h>
#include <libwebsockets.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "proto/client/connect_error.h"
#include "proto/client/tls_trust.h"
#include "proto/codec/codec.h"
#include "proto/network/server_url.h"
#include "text_copy.h"

enum { ANSWER_MAX = 4096, READ_CHUNK = 2048 };

struct request {
	struct msg_text body; /* LWS_PRE bytes, then the JSON */
	bool over;
	unsigned int status;
	char answer[ANSWER_MAX];
	size_t answer_size;
	const char *host; /* of the server */
	struct connect_failure failure;
	char *fault;
};

static int add_headers(
	struct request *request, struct lws *wsi, unsigned char **at, unsigned char *end)
{
	static const char type[] = "application/json";
	char length[24];
	int digits = snprintf(length, sizeof(length), "%zu", request->body.len - LWS_PRE);
	if (lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE,
		    (const unsigned char *)type, (int)sizeof(type) - 1, at, end) ||
		lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH,
			(unsigned char *)length, digits, at, end)) {
		return -1;
	}
	lws_client_http_body_pending(wsi, 1);
	lws_callback_on_writable(wsi);
	return 0;
}

static int write_body(struct request *request, struct lws *wsi)
{
	size_t size = request->body.len - LWS_PRE;
	unsigned char *body = (unsigned char *)request->body.data + LWS_PRE;
	lws_client_http_body_pending(wsi, 0);
	return lws_write(wsi, body, size, LWS_WRITE_HTTP_FINAL) < (int)size ? -1 : 0;
}

static int read_some(struct lws *wsi)
{
	char buffer[LWS_PRE + READ_CHUNK];
	char *start = buffer + LWS_PRE;
	int room = READ_CHUNK;
	return lws_http_client_read(wsi, &start, &room);
}

static int keep(struct request *request, const char *bytes, size_t size)
{
	if (request->answer_size + size >= ANSWER_MAX) {
		return -1;
	}
	memcpy(request->answer + request->answer_size, bytes, size);
	request->answer_size += size;
	request->answer[request->answer_size] = '\0';
	return 0;
}

static void fail_request(struct request *request, const char *in, size_t size)
{
	char message[CONNECT_ERROR_TEXT], sentence[CONNECT_ERROR_TEXT];
	snprintf(message, sizeof(message), "%.*s", (int)(in ? size : 0), in ? in : "");
	if (request->failure.error == CONNECT_UNSET) {
		request->failure.error = connect_error_of_text(message);
	}
	connect_error_sentence(&request->failure, LANGUAGE_EN, sentence);
	snprintf(request->fault, LOGIN_FAULT_SIZE, "%.*s", LOGIN_FAULT_SIZE - 1, sentence);
	request->over = true;
}

static int on_event(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
	struct request *request = user;
	switch ((int)reason) {
	case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION: /* user is OpenSSL's here */
		request = lws_wsi_user(wsi);
		if (!size && request && !tls_trust_host_matches(user, request->host)) {
			connect_error_of_certificate(user, &request->failure);
		}
		return 0;
	case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
		fail_request(request, in, size);
		return 0;
	case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: {
		unsigned char **at = in;
		return add_headers(request, wsi, at, *at + size);
	}
	case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
		return write_body(request, wsi);
	case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
		request->status = lws_http_client_http_response(wsi);
		return 0;
	case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
		return read_some(wsi);
	case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
		return keep(request, in, size);
	case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
	case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
		request->over = true;
		return 0;
	default:
		return 0;
	}
}

static const struct lws_protocols protocols[] = {
	{.name = "login", .callback = on_event, .rx_buffer_size = READ_CHUNK},
	{0},
};

static struct lws_context *make_context(const char *ca)
{
	struct lws_context_creation_info info = {
		.port = CONTEXT_PORT_NO_LISTEN,
		.protocols = protocols,
		.gid = (gid_t)-1,
		.uid = (uid_t)-1,
		.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
			   LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS,
		.client_ssl_ca_mem = ca,
		.client_ssl_ca_mem_len = ca ? (unsigned int)strlen(ca) : 0,
		.connect_timeout_secs = LOGIN_SPAN_S,
		.timeout_secs = LOGIN_SPAN_S,
	};
	lws_set_log_level(0, NULL);
	return lws_create_context(&info);
}

static void run(
	struct lws_context *context, const struct server_url *address, struct request *request)
{
	char host[SERVER_URL_HOST_MAX + 16];
	bool colons = strchr(address->host, ':') != NULL;
	snprintf(host, sizeof(host), colons ? "[%s]:%u" : "%s:%u", address->host, address->port);
	TEXT_COPY(request->failure.address, host);
	request->host = address->host;
	struct lws_client_connect_info info = {
		.context = context,
		.address = address->host,
		.port = address->port,
		.path = "/api/v1/session",
		.host = host,
		.method = "POST",
		.protocol = protocols[0].name,
		.ssl_connection = address->tls ? LCCSCF_USE_SSL : 0,
		.alpn = "http/1.1",
		.userdata = request,
	};
	if (!lws_client_connect_via_info(&info)) {
		request->over = true;
	}
	while (!request->over && lws_service(context, 0) >= 0) {
	}
}

static int read_answer(struct request *request, struct wire_session *ret_session)
{
	if (request->status == 0) {
		return -ECONNREFUSED;
	}
	if (request->status / 100 != 2) {
		snprintf(request->fault, LOGIN_FAULT_SIZE, "the server answers %u: %.200s",
			request->status, request->answer);
		return -EACCES;
	}
	struct msg_error error;
	int r = msg_decode(&msg_wire_session, request->answer, request->answer_size, NULL,
		ret_session, &error);
	if (r != 0) {
		snprintf(request->fault, LOGIN_FAULT_SIZE, "the server's answer is malformed: %s",
			r > 0 ? error.text : "out of memory");
	}
	return r > 0 ? -EBADMSG : r;
}

int login_request(const char *url, const char *ca, const struct wire_login *login,
	struct wire_session *ret_session, char fault[LOGIN_FAULT_SIZE])
{
	struct request request = {.fault = fault};
	snprintf(fault, LOGIN_FAULT_SIZE, "%s is not a valid address, or the login is malformed",
		url);
	struct server_url address;
	int r = server_url_parse(url, &address);
	if (r == 0) {
		r = msg_text_reserve(&request.body, LWS_PRE);
	}
	if (r == 0) {
		r = msg_append(&msg_wire_login, login, &request.body);
	}
	if (r == 0) {
		snprintf(fault, LOGIN_FAULT_SIZE, "cannot start a connection to %s", url);
		struct lws_context *context = make_context(ca);
		if (context) {
			run(context, &address, &request);
			lws_context_destroy(context);
		}
		r = read_answer(&request, ret_session);
	}
	msg_text_finish(&request.body);
	return r;
}
