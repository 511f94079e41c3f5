/* The guests of the lobby: what the library keeps for us beside a connection. */
#include <stdlib.h>

#include "proto/network/origin.h"
#include "coordinator/ws/inside.h"

struct guest {
	struct lobby_guest in_lobby; /* first: lobby_make_room hands it out */
	struct lws *wsi;
};

/* In beats of the loop: where it was held up, what they have said meanwhile is still to be read. */
static struct instant now(const struct ws *ws)
{
	return (struct instant){ws->beats * WS_BEAT_MS};
}

static uint64_t origin_of(struct lws *wsi)
{
	struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
	socklen_t size = sizeof(address);
	getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&address, &size);
	return origin_of_socket(&address).networks[ORIGIN_HOST];
}

bool door_is_open(const struct ws *ws)
{
	return !lobby_is_full(&ws->lobby);
}

static void show_out(struct lobby_guest *in_lobby)
{
	struct guest *guest = (struct guest *)in_lobby;
	lws_set_timeout(guest->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
}

void door_enter(struct lws *wsi)
{
	struct ws *ws = ws_of(wsi);
	struct guest *guest = calloc(1, sizeof(*guest));
	if (!guest || !lobby_enter(&ws->lobby, &guest->in_lobby, origin_of(wsi), now(ws))) {
		free(guest);
		lws_set_timeout(wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
		return;
	}
	guest->wsi = wsi;
	lws_set_opaque_user_data(wsi, guest);
}

void door_leave(struct lws *wsi)
{
	struct guest *guest = lws_get_opaque_user_data(wsi);
	if (guest) {
		lws_set_opaque_user_data(wsi, NULL);
		lobby_leave(&ws_of(wsi)->lobby, &guest->in_lobby);
		free(guest);
	}
}

void door_come_anew(struct lws *wsi)
{
	struct guest *guest = lws_get_opaque_user_data(wsi);
	if (guest) {
		struct ws *ws = ws_of(wsi);
		uint64_t origin = guest->in_lobby.origin;
		lobby_leave(&ws->lobby, &guest->in_lobby);
		lobby_enter(&ws->lobby, &guest->in_lobby, origin, now(ws));
	}
}

void door_serve(struct lws *wsi)
{
	struct guest *guest = lws_get_opaque_user_data(wsi);
	if (guest) {
		guest->in_lobby.served = true;
	}
}

void door_make_room(struct ws *ws)
{
	lobby_make_room(&ws->lobby, now(ws), show_out);
}
