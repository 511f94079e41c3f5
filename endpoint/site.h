/*
 * A running site: link, session, media and page wired together in the default GLib main loop.
 * Everything that is decided is decided in session.c; here things are only carried to and fro.
 */
#ifndef DIEMCAU_ENDPOINT_SITE_H
#define DIEMCAU_ENDPOINT_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/media.h"
#include "endpoint/session.h"
#include "proto/link/join.h"

enum {
	SITE_TEXT_SIZE = LINK_TROUBLE_TEXT,
	SITE_NO_PANEL = -1,
	SITE_CLOCK_OFF_MS = 3000, /* beyond it, times in our logs mislead people */
};

struct site_config {
	const struct join *join; /* must outlive the site, as must the texts */
	const char *camera;
	const char *content;
	const char *voice;
	const char *program;
	const char *size;
	int panel_port; /* 0: any; SITE_NO_PANEL: none */
	void *loop; /* the GMainLoop that will run */
	enum language language; /* of the sentences in the log and on the page */
	bool quiet; /* keep no log on standard error */
};

/* What a check wants to know. */
struct site_health {
	bool connected;
	bool spare;
	bool has_desired;
	bool has_relay;
	int64_t clock_off_ms; /* ours minus the server's; good once connected */
	bool hopeless; /* not connected, and trying again will not help: see reason */
	bool clock_wrong; /* a certificate says so; clock_off_ms is not known then */
	int64_t round_trip_ms; /* of control messages; -1: not measured yet */
	char relay[SITE_TEXT_SIZE]; /* its addresses, "host:port, ..."; "" without has_relay */
	char reason[SITE_TEXT_SIZE]; /* why the link is down, "" before the first attempt failed */
	struct ep_media_state media;
	const char *fault; /* of the media, NULL for none */
};

struct site;

/* 0; a negative errno with a sentence in fault. */
int site_create(
	const struct site_config *config, struct site **ret_site, char fault[SITE_TEXT_SIZE]);
/* Takes NULL. */
void site_destroy(struct site *site);

/* The address of its page, NULL where it has none. Borrowed. */
const char *site_panel_url(const struct site *site);

void site_health(struct site *site, struct site_health *ret_health);

/*
 * Send the camera's whole picture, as on air, though nobody has asked for it: to see what the line
 * carries. Until the centre's next order about it.
 */
void site_send_full_picture(struct site *site);

#endif
