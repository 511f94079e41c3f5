/* The local page's server: a libwebsockets context in the program's GLib loop. */
#include "endpoint/panel/panel.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libwebsockets.h>

#include "endpoint/panel/guard.h"
#include "endpoint/panel/pages.h"
#include "proto/codec.h"

enum {
	HEADER_ROOM = 1024,
	PATH_SIZE = 128,
	HOST_ROOM = 128,
	SECRET_SIZE = 2 * PANEL_SECRET_BYTES + 1,
};

/* What a browser may do with the page: show it, talk to us, nothing else. */
static const char policy[] = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
			     "base-uri 'none'; form-action 'none'";

struct panel {
	struct lws_context *context;
	unsigned port;
	char secret[SECRET_SIZE];
	char url[PANEL_URL_SIZE];
	panel_ordered *on_order;
	void *user;
	unsigned viewers;
	struct msg_text text; /* LWS_PRE bytes, then the state as JSON */
	uint64_t shown; /* counts states */
};

/* One open page. lws owns it, zeroed. */
struct viewer {
	uint64_t seen; /* the state it was sent */
	bool counted;
	size_t size;
	char order[PANEL_ORDER_MAX];
};

/* One HTTP request: what is still to be sent. */
struct errand {
	const struct page *page;
};

static struct panel *panel_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

static bool header_of(struct lws *wsi, enum lws_token_indexes token, char *value, int size)
{
	return lws_hdr_copy(wsi, value, size, token) > 0;
}

static bool host_allowed(const struct panel *panel, struct lws *wsi)
{
	char host[HOST_ROOM];
	return header_of(wsi, WSI_TOKEN_HOST, host, sizeof(host)) && guard_host(host, panel->port);
}

static bool add(struct lws *wsi, const char *name, const char *value, unsigned char **at,
	unsigned char *end)
{
	const void *header = name;
	const void *content = value;
	return lws_add_http_header_by_name(wsi, header, content, (int)strlen(value), at, end) == 0;
}

static int send_headers(struct lws *wsi, const struct page *page)
{
	unsigned char room[LWS_PRE + HEADER_ROOM];
	unsigned char *start = room + LWS_PRE;
	unsigned char *at = start;
	unsigned char *end = room + sizeof(room) - 1;
	if (lws_add_http_common_headers(wsi, HTTP_STATUS_OK, page->type, *page->size, &at, end) ||
		!add(wsi, "content-security-policy:", policy, &at, end) ||
		!add(wsi, "x-content-type-options:", "nosniff", &at, end) ||
		!add(wsi, "referrer-policy:", "no-referrer", &at, end) ||
		!add(wsi, "cache-control:", "no-store", &at, end) ||
		lws_finalize_write_http_header(wsi, start, &at, end)) {
		return 1;
	}
	return 0;
}

static int on_request(struct lws *wsi, struct errand *errand, const char *path)
{
	const struct panel *panel = panel_of(wsi);
	if (!host_allowed(panel, wsi)) {
		lws_return_http_status(wsi, HTTP_STATUS_FORBIDDEN, NULL);
		return -1;
	}
	const char *name = guard_path(path, panel->secret);
	const struct page *page = name ? page_find(name) : NULL;
	if (!page) {
		lws_return_http_status(wsi, HTTP_STATUS_NOT_FOUND, NULL);
		return -1;
	}
	if (send_headers(wsi, page) != 0) {
		return -1;
	}
	errand->page = page;
	lws_callback_on_writable(wsi);
	return 0;
}

static int on_body(struct lws *wsi, struct errand *errand)
{
	const struct page *page = errand->page;
	if (!page) {
		return 0;
	}
	unsigned char *copy = malloc(LWS_PRE + *page->size);
	if (!copy) {
		return -1;
	}
	memcpy(copy + LWS_PRE, page->bytes, *page->size);
	int sent = lws_write(wsi, copy + LWS_PRE, *page->size, LWS_WRITE_HTTP_FINAL);
	free(copy);
	errand->page = NULL;
	return sent < 0 || lws_http_transaction_completed(wsi) ? -1 : 0;
}

static int serve_page(
	struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in, size_t size)
{
	if (reason == LWS_CALLBACK_HTTP) {
		return on_request(wsi, session, in);
	}
	if (reason == LWS_CALLBACK_HTTP_WRITEABLE) {
		return on_body(wsi, session);
	}
	return lws_callback_http_dummy(wsi, reason, session, in, size);
}

/* Before the upgrade: secret, Host and Origin, and a limit. Non-zero refuses. */
static int vet(struct lws *wsi)
{
	const struct panel *panel = panel_of(wsi);
	char path[PATH_SIZE];
	char origin[HOST_ROOM];
	const char *name = NULL;
	if (header_of(wsi, WSI_TOKEN_GET_URI, path, sizeof(path))) {
		name = guard_path(path, panel->secret);
	}
	bool welcome = name && strcmp(name, "ws") == 0 && host_allowed(panel, wsi) &&
		       header_of(wsi, WSI_TOKEN_ORIGIN, origin, sizeof(origin)) &&
		       guard_origin(origin, panel->port) && panel->viewers < PANEL_VIEWERS_MAX;
	return welcome ? 0 : 1;
}

static int greet(struct lws *wsi, struct viewer *viewer)
{
	memset(viewer, 0, sizeof(*viewer));
	viewer->counted = true;
	panel_of(wsi)->viewers++;
	lws_callback_on_writable(wsi);
	return 0;
}

static void leave(struct lws *wsi, struct viewer *viewer)
{
	if (viewer->counted) {
		viewer->counted = false;
		panel_of(wsi)->viewers--;
	}
}

/* A page that says what the schema does not know is not ours: closed. */
static int take(struct lws *wsi, struct viewer *viewer, const char *in, size_t size)
{
	struct panel *panel = panel_of(wsi);
	struct panel_order order;
	if (size > sizeof(viewer->order) - viewer->size) {
		return -1;
	}
	memcpy(viewer->order + viewer->size, in, size);
	viewer->size += size;
	if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi) > 0) {
		return 0;
	}
	int r = msg_decode(&msg_panel_order, viewer->order, viewer->size, NULL, &order, NULL);
	viewer->size = 0;
	if (r != 0) {
		return -1;
	}
	panel->on_order(panel->user, &order);
	return 0;
}

static int show(struct lws *wsi, struct viewer *viewer)
{
	struct panel *panel = panel_of(wsi);
	if (panel->shown == viewer->seen) {
		return 0;
	}
	viewer->seen = panel->shown;
	unsigned char *json = (unsigned char *)panel->text.data + LWS_PRE;
	size_t size = panel->text.len - LWS_PRE;
	return lws_write(wsi, json, size, LWS_WRITE_TEXT) < (int)size ? -1 : 0;
}

static int serve_socket(
	struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in, size_t size)
{
	if (reason == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION) {
		return vet(wsi);
	}
	if (reason == LWS_CALLBACK_ESTABLISHED) {
		return greet(wsi, session);
	}
	if (reason == LWS_CALLBACK_CLOSED) {
		leave(wsi, session);
	}
	if (reason == LWS_CALLBACK_RECEIVE) {
		return take(wsi, session, in, size);
	}
	if (reason == LWS_CALLBACK_SERVER_WRITEABLE) {
		return show(wsi, session);
	}
	return 0;
}

static const struct lws_protocols protocols[] = {
	{"http", serve_page, sizeof(struct errand), 0, 0, NULL, 0},
	{"diemcau.panel", serve_socket, sizeof(struct viewer), PANEL_ORDER_MAX, 0, NULL, 0},
	{NULL, NULL, 0, 0, 0, NULL, 0},
};

static int listen_on(struct panel *panel, unsigned port, void *loop)
{
	void *loops[] = {loop};
	struct lws_context_creation_info info = {0};
	lws_set_log_level(0, NULL);
	info.port = (int)port;
	info.iface = "127.0.0.1";
	info.protocols = protocols;
	info.options = LWS_SERVER_OPTION_GLIB | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
	info.foreign_loops = loops;
	info.user = panel;
	info.gid = (gid_t)-1;
	info.uid = (uid_t)-1;
	panel->context = lws_create_context(&info);
	if (!panel->context) {
		return -EADDRINUSE;
	}
	struct lws_vhost *vhost = lws_get_vhost_by_name(panel->context, "default");
	panel->port = vhost ? (unsigned)lws_get_vhost_listen_port(vhost) : port;
	return 0;
}

static int draw_secret(struct panel *panel)
{
	unsigned char bytes[PANEL_SECRET_BYTES];
	FILE *random = fopen("/dev/urandom", "rb");
	if (!random) {
		return -errno;
	}
	size_t got = fread(bytes, 1, sizeof(bytes), random);
	fclose(random);
	for (size_t i = 0; i < got; i++) {
		snprintf(panel->secret + 2 * i, 3, "%02x", (unsigned)bytes[i]);
	}
	return got == sizeof(bytes) ? 0 : -EIO;
}

int panel_create(
	unsigned port, void *loop, panel_ordered *on_order, void *user, struct panel **ret_panel)
{
	struct panel *panel = calloc(1, sizeof(*panel));
	if (!panel) {
		return -ENOMEM;
	}
	panel->on_order = on_order;
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
	panel->shown++;
	lws_callback_on_writable_all_protocol(panel->context, &protocols[1]);
}
