/* Connections before hello: our data beside each in the library. */
#include <stdlib.h>

#include "coordinator/ws/ws_private.h"
#include "proto/network/netblock.h"

struct preauth_entry {
	struct preauth_connection in_preauth; /* first: preauth_evict passes it to evict */
	struct lws *wsi;
};

/*
 * Time counts in ticks of the loop: after a delay of the loop, input of the connections is still
 * unread.
 */
static struct instant now(const struct ws *ws)
{
	return (struct instant){ws->ticks * WS_TICK_MS};
}

static uint64_t origin_of(struct lws *wsi)
{
	struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
	socklen_t size = sizeof(address);
	getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&address, &size);
	return netblocks_of_socket(&address).networks[NETBLOCK_HOST];
}

bool ws_preauth_has_room(const struct ws *ws)
{
	return !preauth_is_full(&ws->preauth);
}

static void evict(struct preauth_connection *in_preauth)
{
	struct preauth_entry *preauth_entry = (struct preauth_entry *)in_preauth;
	lws_set_timeout(preauth_entry->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
}

void ws_preauth_add(struct lws *wsi)
{
	struct ws *ws = ws_of(wsi);
	struct preauth_entry *preauth_entry = calloc(1, sizeof(*preauth_entry));
	if (!preauth_entry ||
		!preauth_add(&ws->preauth, &preauth_entry->in_preauth, origin_of(wsi), now(ws))) {
		free(preauth_entry);
		lws_set_timeout(wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
		return;
	}
	preauth_entry->wsi = wsi;
	lws_set_opaque_user_data(wsi, preauth_entry);
}

void ws_preauth_remove(struct lws *wsi)
{
	struct preauth_entry *preauth_entry = lws_get_opaque_user_data(wsi);
	if (preauth_entry) {
		lws_set_opaque_user_data(wsi, NULL);
		preauth_remove(&ws_of(wsi)->preauth, &preauth_entry->in_preauth);
		free(preauth_entry);
	}
}

void ws_preauth_restart(struct lws *wsi)
{
	struct preauth_entry *preauth_entry = lws_get_opaque_user_data(wsi);
	if (preauth_entry) {
		struct ws *ws = ws_of(wsi);
		uint64_t origin = preauth_entry->in_preauth.origin;
		preauth_remove(&ws->preauth, &preauth_entry->in_preauth);
		preauth_add(&ws->preauth, &preauth_entry->in_preauth, origin, now(ws));
	}
}

void ws_preauth_set_serving(struct lws *wsi)
{
	struct preauth_entry *preauth_entry = lws_get_opaque_user_data(wsi);
	if (preauth_entry) {
		preauth_entry->in_preauth.served = true;
	}
}

void ws_preauth_evict(struct ws *ws)
{
	preauth_evict(&ws->preauth, now(ws), evict);
}
