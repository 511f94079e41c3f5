/*
 * A running site: link, session, media and page connected in the default GLib main loop. All
 * decisions are made in session.c; this file only passes messages and actions on.
 */
#ifndef DIEMCAU_ENDPOINT_ENDPOINT_H
#define DIEMCAU_ENDPOINT_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/endpoint_media.h"
#include "endpoint/session.h"
#include "proto/client/join_file.h"

enum {
	ENDPOINT_TEXT_SIZE = CONNECT_ERROR_TEXT,
	ENDPOINT_NO_PANEL = -1,
	ENDPOINT_CLOCK_OFF_MS = 3000, /* beyond it, times in our logs mislead people */
};

struct endpoint_config {
	const struct join *join; /* must outlive the endpoint, as must the texts */
	const char *camera;
	const char *content;
	const char *voice;
	const char *films; /* folder of a player of films; NULL: a site */
	const char *program;
	const char *size;
	const char *papers; /* folder for what is handed out and owed; NULL: neither is kept */
	int panel_port; /* 0: any; ENDPOINT_NO_PANEL: none */
	void *loop; /* the GMainLoop that will run */
	enum language language; /* of the sentences in the log and on the page */
	bool quiet; /* no log on standard error */
};

/* The results a check needs. */
struct endpoint_health {
	bool connected;
	bool spare;
	bool has_desired;
	bool has_relay;
	int64_t clock_off_ms; /* ours minus the server's; valid once connected */
	bool is_permanent; /* not connected, and retrying will not help: see reason */
	bool clock_wrong; /* a certificate shows it; clock_off_ms is not known then */
	/* By our clock: it is ahead, or that is so; nothing here can tell which. */
	bool certificate_ended;
	int64_t round_trip_ms; /* of control messages; -1: not measured yet */
	char relay[ENDPOINT_TEXT_SIZE]; /* its addresses, "host:port, ..."; "" without has_relay */
	char reason[ENDPOINT_TEXT_SIZE]; /* why the link is down, "" before the first attempt failed
					  */
	struct ep_media_state media;
	const char *fault; /* of the media, NULL for none */
};

struct endpoint;

/* 0; a negative errno with a sentence in fault. */
int endpoint_create(const struct endpoint_config *config, struct endpoint **ret_site,
	char fault[ENDPOINT_TEXT_SIZE]);
/* Takes NULL. */
void endpoint_destroy(struct endpoint *endpoint);

/* The URL of its page, NULL if it has none. Borrowed. */
const char *endpoint_panel_url(const struct endpoint *endpoint);

void endpoint_health(struct endpoint *endpoint, struct endpoint_health *ret_health);

/*
 * Sends the camera's full picture, as on air, without a request, to measure the uplink. Ends with
 * the centre's next desired state about it.
 */
void endpoint_send_full_picture(struct endpoint *endpoint);

#endif
