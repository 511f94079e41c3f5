/*
 * Camera, content and voice of a site, each captured and handed to the uplink; and a card in place
 * of a camera that is not there, so that a voice is never left without a picture.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_INPUTS_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_INPUTS_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/common/format.h"
#include "endpoint/media/send/uplink.h"

struct ep_inputs_config {
	const char *camera; /* as in capture_source.h; must outlive the inputs, like the label */
	const char *content;
	const char *voice;
	const struct ep_format *format;
	uint16_t number;
	const char *label; /* until the name is known */
};

enum {
	EP_INPUT_GONE_MS = 3000, /* shorter is a device reopened or a busy machine: no alarm */
};

struct ep_inputs_state {
	bool camera; /* it gives pictures at present */
	bool content;
	bool voice;
	bool camera_gone; /* asked for on the command line, and nothing came for EP_INPUT_GONE_MS */
	bool voice_gone;
	bool silent; /* the voice, for seconds */
	bool talking;
	int level_dbfs;
};

struct ep_inputs;

/* 0, or -EINVAL with *ret_wrong naming the text that is no source (borrowed from config). */
int ep_inputs_create(const struct ep_inputs_config *config, struct ep_uplink *uplink,
	struct ep_inputs **ret_inputs, const char **ret_wrong);
/* Before the uplink. Takes NULL. */
void ep_inputs_destroy(struct ep_inputs *inputs);

/* The site's name, for test pictures and the card. */
void ep_inputs_label(struct ep_inputs *inputs, const char *label);

/* Every 100 ms: keeps the card coming while there is no camera. */
void ep_inputs_check(struct ep_inputs *inputs);

void ep_inputs_state(const struct ep_inputs *inputs, struct ep_inputs_state *ret_state);

#endif
