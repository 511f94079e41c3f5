/*
 * Camera, content and voice of a site, each captured and passed to the uplink; and a card in place
 * of a missing camera, so that a voice always has a picture.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_INPUTS_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_INPUTS_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/cards/card.h"
#include "endpoint/media/capture/film_player.h"
#include "endpoint/media/common/picture_format.h"
#include "endpoint/media/send/uplink.h"

struct ep_inputs_config {
	const char *camera; /* as in capture_source.h; must outlive the inputs, like the label */
	const char *content;
	const char *voice;
	const char *films; /* folder of a player, which has no camera and no voice; NULL: none */
	const struct ep_format *format;
	uint16_t number;
	const char *label; /* until the name is known */
};

enum {
	EP_INPUT_GONE_MS = 3000, /* a shorter gap is a reopened device or a busy machine: no
				  * alarm */
};

struct ep_inputs_state {
	bool camera; /* it delivers pictures now */
	bool content;
	bool voice;
	bool camera_gone; /* configured, and without samples for EP_INPUT_GONE_MS */
	bool voice_gone;
	bool camera_still; /* it shows a picture that never changes */
	bool camera_refused; /* it has refused the password */
	bool silent; /* the voice, for seconds */
	bool talking;
	int level_dbfs;
	struct ep_film_state film;
};

struct ep_inputs;

/* 0, or -EINVAL with *ret_wrong set to the malformed text (borrowed from config). */
int ep_inputs_create(const struct ep_inputs_config *config, struct ep_uplink *uplink,
	struct ep_inputs **ret_inputs, const char **ret_wrong);
/* Call before destroying the uplink. Takes NULL. */
void ep_inputs_destroy(struct ep_inputs *inputs);

/* The site's name, for test pictures and the card, which looks like this theme. */
void ep_inputs_label(struct ep_inputs *inputs, const char *label, enum card_theme theme);

/* Of a player; others ignore it. */
void ep_inputs_film(struct ep_inputs *inputs, const struct ep_film_wanted *wanted);

/* Every 100 ms: sends the card while there is no camera. */
void ep_inputs_check(struct ep_inputs *inputs);

void ep_inputs_state(const struct ep_inputs *inputs, struct ep_inputs_state *ret_state);

#endif
