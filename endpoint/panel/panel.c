/* The site page's server: a libwebsockets context in the program's GLib loop. */
#include "endpoint/panel/panel.h"

#include <errno.h>
#include <libwebsockets.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "endpoint/panel/connections.h"
#include "endpoint/panel/guard.h"
#include "endpoint/panel/incoming_paper.h"
#include "endpoint/panel/site_pages.h"
#include "proto/codec/codec.h"

enum {
	HEADER_ROOM = 1024,
	SEND_BUFFER = 256 * 1024, /* holds the largest file */
	REQUEST_S = 5, /* from the connection to the end of the headers */
	PATH_SIZE = 128,
	HOST_ROOM = 128,
	/* Cookies of other servers on this machine are sent along: cookies ignore the port. */
	HEADERS_ROOM = 32 * 1024,
	PIECE_MAX = 64 * 1024, /* of a file that a page brings */
	ANSWER_MAX = 256,
	SECRET_SIZE = 2 * PANEL_SECRET_BYTES + 1,
};

/* What a browser may do with the page: show it, connect to us, nothing else. */
static const char policy[] = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
			     "base-uri 'none'; form-action 'none'";

struct panel {
	struct lws_context *context;
	struct connections connections;
	unsigned port;
	char secret[SECRET_SIZE];
	char url[PANEL_URL_SIZE];
	const struct panel_events *events;
	void *user;
	unsigned viewers;
	struct msg_text text; /* LWS_PRE bytes, then the state as JSON */
	uint64_t version; /* version of the state */
};

/* One open page. lws owns it, zeroed. */
struct viewer {
	uint64_t sent_version; /* the version it was sent */
	bool counted;
	size_t size;
	char request[PANEL_REQUEST_MAX];
};

static struct panel *panel_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

static bool header_of(struct lws *wsi, enum lws_token_indexes token, char *value, int size)
{
	return lws_hdr_copy(wsi, value, size, token) > 0;
}

static bool is_host_allowed(const struct panel *panel, struct lws *wsi)
{
	char host[HOST_ROOM];
	return header_of(wsi, WSI_TOKEN_HOST, host, sizeof(host)) && guard_host(host, panel->port);
}

/* ---- requests ---- */

/*
 * The whole response in one write, and the connection closes after it (docs/decisions/015): the
 * library does not handle a second request, or a body, correctly.
 */
static int answer(struct lws *wsi, int status, const char *reason, const struct web_page *file)
{
	size_t size = file ? file->size : 0;
	int room = SEND_BUFFER, fd = lws_get_socket_fd(wsi);
	char head[HEADER_ROOM];
	int length = snprintf(head, sizeof(head),
		"HTTP/1.1 %d %s\r\ncontent-type: %s\r\ncontent-length: %zu\r\nconnection: close\r\n"
		"cache-control: no-store\r\ncontent-security-policy: %s\r\n"
		"x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n\r\n",
		status, reason, file ? file->type : "text/plain", size, policy);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	/* A response that cannot be sent at once, to a reader on this machine, is dropped. */
	if (send(fd, head, (size_t)length, MSG_NOSIGNAL | MSG_MORE) == length && file) {
		(void)!send(fd, file->bytes, size, MSG_NOSIGNAL);
	}
	shutdown(fd, SHUT_WR);
	return -1;
}

static bool has_body(struct lws *wsi)
{
	char length[4];
	return lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0 ||
	       (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0 &&
		       (!header_of(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, length, sizeof(length)) ||
			       strcmp(length, "0") != 0));
}

/*
 * A file of any size, sent by the library as the reader takes it; the connection closes after it.
 * The page says what it is called.
 */
static int serve_paper(struct lws *wsi, const char *digest)
{
	static const char attachment[] = "attachment", type[] = "application/octet-stream";
	const struct panel *panel = panel_of(wsi);
	char path[PANEL_PATH_SIZE], name[DISPLAY_NAME_SIZE];
	unsigned char headers[HEADER_ROOM], *end = headers;
	if (panel->events->on_open(panel->user, digest, path, name) != 0) {
		return answer(wsi, 404, "Not Found", NULL);
	}
	if (lws_add_http_header_by_name(wsi, (const unsigned char *)"content-disposition:",
		    (const unsigned char *)attachment, (int)sizeof(attachment) - 1, &end,
		    headers + sizeof(headers)) != 0) {
		return -1;
	}
	return lws_serve_http_file(wsi, path, type, (const char *)headers, (int)(end - headers)) < 0
		       ? -1
		       : 0;
}

/* "papers/DIGEST" names a file that the centre has handed out; NULL: something else. */
static const char *paper_of(const char *name)
{
	static const char papers[] = "papers/";
	return strncmp(name, papers, sizeof(papers) - 1) == 0 ? name + sizeof(papers) - 1 : NULL;
}

static int on_request(struct lws *wsi, const char *path)
{
	const struct panel *panel = panel_of(wsi);
	if (!is_host_allowed(panel, wsi)) {
		return answer(wsi, 403, "Forbidden", NULL);
	}
	const char *name = guard_path(path, panel->secret);
	const struct web_page *file = name ? web_page_find(site_pages, name) : NULL;
	const char *digest = name ? paper_of(name) : NULL;
	if (!file && !digest) {
		return answer(wsi, 404, "Not Found", NULL);
	}
	if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) == 0) {
		return answer(wsi, 405, "Method Not Allowed", NULL);
	}
	if (digest && !has_body(wsi)) {
		return serve_paper(wsi, digest);
	}
	return has_body(wsi) ? answer(wsi, 400, "Bad Request", NULL) : answer(wsi, 200, "OK", file);
}

/*
 * The library has answered an unknown upgrade already, and would do so again; h2c would bypass the
 * checks.
 */
static int on_confirm_upgrade(struct lws *wsi, const char *protocol)
{
	if (strcasecmp(protocol, "websocket") == 0) {
		return has_body(wsi) ? answer(wsi, 400, "Bad Request", NULL) : 0;
	}
	return strcasecmp(protocol, "h2c") == 0 ? answer(wsi, 501, "Not Implemented", NULL) : -1;
}

static int serve_page(
	struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in, size_t size)
{
	struct connections *connections = &panel_of(wsi)->connections;
	(void)session;
	(void)size;
	switch ((int)reason) {
	case LWS_CALLBACK_WSI_CREATE:
		connections_created(connections);
		return 0;
	case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
		return connections_accepted(connections, wsi);
	case LWS_CALLBACK_WSI_DESTROY:
		connections_closed(connections, wsi);
		return 0;
	case LWS_CALLBACK_HTTP:
		return on_request(wsi, in);
	case LWS_CALLBACK_HTTP_FILE_COMPLETION:
		return -1;
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return on_confirm_upgrade(wsi, in);
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: /* the subprotocol it requests is not ours */
		return answer(wsi, 403, "Forbidden", NULL);
	case LWS_CALLBACK_RAW_ADOPT: /* an unknown method, or CONNECT */
		return answer(wsi, 501, "Not Implemented", NULL);
	default:
		return 0;
	}
}

/* ---- websockets ---- */

/* Before the upgrade: secret, Host and Origin, and the limit. Non-zero refuses. */
static int check_upgrade(struct lws *wsi)
{
	const struct panel *panel = panel_of(wsi);
	char path[PATH_SIZE];
	const char *name = NULL;
	if (header_of(wsi, WSI_TOKEN_GET_URI, path, sizeof(path))) {
		name = guard_path(path, panel->secret);
	}
	char origin[HOST_ROOM];
	bool allowed = name && strcmp(name, "ws") == 0 && is_host_allowed(panel, wsi) &&
		       header_of(wsi, WSI_TOKEN_ORIGIN, origin, sizeof(origin)) &&
		       guard_origin(origin, panel->port) && panel->viewers < PANEL_VIEWERS_MAX;
	return allowed ? 0 : answer(wsi, 403, "Forbidden", NULL);
}

static int on_open(struct lws *wsi, struct viewer *viewer)
{
	memset(viewer, 0, sizeof(*viewer));
	viewer->counted = true;
	panel_of(wsi)->viewers++;
	connections_mark_open(wsi);
	lws_callback_on_writable(wsi);
	return 0;
}

static void on_close(struct lws *wsi, struct viewer *viewer)
{
	if (viewer->counted) {
		viewer->counted = false;
		panel_of(wsi)->viewers--;
	}
}

/* A message outside the schema is not from our page: the connection is closed. */
static int on_receive(struct lws *wsi, struct viewer *viewer, const char *in, size_t size)
{
	struct panel *panel = panel_of(wsi);
	struct panel_request request;
	if (size > sizeof(viewer->request) - viewer->size) {
		return -1;
	}
	memcpy(viewer->request + viewer->size, in, size);
	viewer->size += size;
	if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi) > 0) {
		return 0;
	}
	int r = msg_decode(&msg_panel_request, viewer->request, viewer->size, NULL, &request, NULL);
	viewer->size = 0;
	if (r != 0) {
		return -1;
	}
	panel->events->on_request(panel->user, &request);
	return 0;
}

static int send_state(struct lws *wsi, struct viewer *viewer)
{
	struct panel *panel = panel_of(wsi);
	if (panel->version == viewer->sent_version) {
		return 0;
	}
	viewer->sent_version = panel->version;
	unsigned char *json = (unsigned char *)panel->text.data + LWS_PRE;
	size_t size = panel->text.len - LWS_PRE;
	return lws_write(wsi, json, size, LWS_WRITE_TEXT) < (int)size ? -1 : 0;
}

static int serve_socket(
	struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in, size_t size)
{
	if (reason == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION) {
		return check_upgrade(wsi);
	}
	if (reason == LWS_CALLBACK_ESTABLISHED) {
		return on_open(wsi, session);
	}
	if (reason == LWS_CALLBACK_CLOSED) {
		on_close(wsi, session);
	}
	if (reason == LWS_CALLBACK_RECEIVE) {
		return on_receive(wsi, session, in, size);
	}
	if (reason == LWS_CALLBACK_SERVER_WRITEABLE) {
		return send_state(wsi, session);
	}
	return 0;
}

/* ---- files that pages bring ---- */

static int send_kept(struct lws *wsi, const struct incoming_paper *paper)
{
	cleanup(msg_free) char *json = NULL;
	unsigned char frame[LWS_PRE + ANSWER_MAX];
	size_t size;
	if (msg_encode(&msg_paper_kept, &paper->answer, &json, &size) != 0 || size > ANSWER_MAX) {
		return -1;
	}
	memcpy(frame + LWS_PRE, json, size);
	lws_write(wsi, frame + LWS_PRE, size, LWS_WRITE_TEXT);
	lws_close_reason(wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
	return -1;
}

static int on_part(struct lws *wsi, struct incoming_paper *paper, const char *in, size_t size)
{
	const struct panel *panel = panel_of(wsi);
	const struct incoming_part part = {.bytes = in,
		.size = size,
		.is_binary = lws_frame_is_binary(wsi) != 0,
		.is_last = lws_is_final_fragment(wsi) && lws_remaining_packet_payload(wsi) == 0};
	if (incoming_paper_take(paper, panel->events, panel->user, &part) != 0) {
		return -1;
	}
	if (paper->over) {
		lws_callback_on_writable(wsi);
	}
	return 0;
}

static int serve_bringing(
	struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in, size_t size)
{
	const struct panel *panel = panel_of(wsi);
	struct incoming_paper *paper = session;
	switch ((int)reason) {
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
		return check_upgrade(wsi);
	case LWS_CALLBACK_ESTABLISHED:
		memset(paper, 0, sizeof(*paper));
		connections_mark_open(wsi);
		return 0;
	case LWS_CALLBACK_RECEIVE:
		return on_part(wsi, paper, in, size);
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return paper->over ? send_kept(wsi, paper) : 0;
	case LWS_CALLBACK_CLOSED:
		incoming_paper_lost(paper, panel->events, panel->user);
		return 0;
	default:
		return 0;
	}
}

static const struct lws_protocols protocols[] = {
	{"http", serve_page, 0, 0, 0, NULL, 0},
	{"diemcau.panel", serve_socket, sizeof(struct viewer), PANEL_REQUEST_MAX, 0, NULL, 0},
	{"diemcau.bring", serve_bringing, sizeof(struct incoming_paper), PIECE_MAX, 0, NULL, 0},
	{NULL, NULL, 0, 0, 0, NULL, 0},
};

/*
 * Responses that the library generates itself (a malformed path) have these, in the library's
 * notation.
 */
static const struct lws_protocol_vhost_options library_headers[] = {
	{&library_headers[1], NULL, "x-content-type-options:", "nosniff"},
	{&library_headers[2], NULL, "referrer-policy:", "no-referrer"},
	{NULL, NULL, "content-security-policy:", "default-src 'none'"},
};

static int listen_on(struct panel *panel, unsigned port, void *loop)
{
	void *loops[] = {loop};
	int r = connections_listen(&panel->connections, (uint16_t)port);
	if (r < 0) {
		return r;
	}
	lws_set_log_level(0, NULL);
	struct lws_context_creation_info info = {0};
	info.port = CONTEXT_PORT_NO_LISTEN_SERVER; /* connections.c */
	info.protocols = protocols;
	info.headers = library_headers;
	info.server_string = "diemcau";
	info.timeout_secs = REQUEST_S;
	info.max_http_header_data = HEADERS_ROOM;
	info.options = LWS_SERVER_OPTION_GLIB | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
		       LWS_SERVER_OPTION_FALLBACK_TO_APPLY_LISTEN_ACCEPT_CONFIG; /* raw */
	info.foreign_loops = loops;
	info.user = panel;
	info.gid = (gid_t)-1;
	info.uid = (uid_t)-1;
	panel->context = lws_create_context(&info);
	struct lws_vhost *vhost = panel->context ? lws_create_vhost(panel->context, &info) : NULL;
	if (!vhost) {
		return -ENOMEM;
	}
	panel->port = panel->connections.sockets.port;
	connections_serve(&panel->connections, vhost);
	return 0;
}

static int draw_secret(struct panel *panel)
{
	FILE *random = fopen("/dev/urandom", "rb");
	if (!random) {
		return -errno;
	}
	unsigned char bytes[PANEL_SECRET_BYTES];
	size_t got = fread(bytes, 1, sizeof(bytes), random);
	fclose(random);
	for (size_t i = 0; i < got; i++) {
		snprintf(panel->secret + 2 * i, 3, "%02x", (unsigned)bytes[i]);
	}
	return got == sizeof(bytes) ? 0 : -EIO;
}

int panel_create(unsigned port, void *loop, const struct panel_events *events, void *user,
	struct panel **ret_panel)
{
	struct panel *panel = calloc(1, sizeof(*panel));
	if (!panel) {
		return -ENOMEM;
	}
	panel->events = events;
	panel->user = user;
	int r = draw_secret(panel);
	r = r == 0 ? msg_text_reserve(&panel->text, LWS_PRE) : r;
	r = r == 0 ? listen_on(panel, port, loop) : r;
	if (r != 0) {
		panel_destroy(panel);
		return r;
	}
	snprintf(panel->url, sizeof(panel->url), "http://127.0.0.1:%u/%s/", panel->port,
		panel->secret);
	*ret_panel = panel;
	return 0;
}

void panel_destroy(struct panel *panel)
{
	if (!panel) {
		return;
	}
	connections_finish(&panel->connections);
	if (panel->context) {
		lws_context_destroy(panel->context);
	}
	msg_text_finish(&panel->text);
	free(panel);
}

const char *panel_url(const struct panel *panel)
{
	return panel->url;
}

void panel_show(struct panel *panel, const struct panel_state *state)
{
	struct msg_text next = {0};
	bool made = msg_text_reserve(&next, LWS_PRE) == 0 &&
		    msg_append(&msg_panel_state, state, &next) == 0;
	bool same = made && next.len == panel->text.len &&
		    memcmp(next.data, panel->text.data, next.len) == 0;
	if (!made || same) {
		msg_text_finish(&next);
		return;
	}
	msg_text_finish(&panel->text);
	panel->text = next;
	panel->version++;
	lws_callback_on_writable_all_protocol(panel->context, &protocols[1]);
}
