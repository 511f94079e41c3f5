/*
 * The lower third on its pad of the compositor: drawn once when it changes, and then moved in and
 * out softly, by a timer that runs only while it moves.
 *
 * A solid bar on a pad of its own costs a copy of its lines for each picture; what it covers is
 * moved aside by whoever lays out the pictures (ep_layout_aside).
 * Main thread.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_LOWER_THIRD_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_LOWER_THIRD_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint/cards/card.h"
#include "endpoint/media/common/picture_format.h"

struct ep_lower_third;

/*
 * moved is told after each step. pad: its name in the compositor "mix"; source: of the appsrc. All
 * borrowed.
 */
struct ep_lower_third_place {
	const struct ep_picture *canvas;
	const char *source;
	const char *pad;
	int latency_ms; /* from a pushed picture to the screen */
	void (*moved)(void *user);
	void *user;
};

struct ep_lower_third *ep_lower_third_create(const struct ep_lower_third_place *place);
void ep_lower_third_destroy(struct ep_lower_third *third);

/* The pipeline it is shown in from now on; NULL: none. */
void ep_lower_third_attach(struct ep_lower_third *third, GstElement *pipeline);

/* Takes the card and its fields; NULL: goes away. The same card again changes nothing. */
void ep_lower_third_show(struct ep_lower_third *third, struct card *card);

/* How far it has come: 0 away, 1 here. */
double ep_lower_third_share(const struct ep_lower_third *third);

#endif
