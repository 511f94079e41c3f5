/*
 * A patch panel in place of the relay: takes the uplinks of a few sites, passes chosen sources on
 * as slots, loses packets on purpose and repairs them when asked. It switches at once, without
 * care for keyframes, timestamps or epochs, which are the relay's own business and tests.
 */
#ifndef DIEMCAU_TESTS_PATCH_H
#define DIEMCAU_TESTS_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/key.h"
#include "proto/media/ssrc.h"

enum {
	PATCH_SITES = 4,
	PATCH_SLOTS = 8,
};

struct patch;

struct patch_figures {
	uint64_t received; /* media packets of sites, authentic */
	uint64_t sent;
	uint64_t lost; /* on purpose */
	uint64_t repaired; /* NACKs answered */
	uint64_t plis;
	uint64_t with_ntp; /* packets that carried their capture time */
	int64_t captured_off_us; /* the most that such a time was from that of its coming */
	uint64_t blocks; /* what sites reported about slots, after a sender report */
	uint64_t challenges; /* of each site's way, one a report */
	uint64_t responses; /* to them, by whom they were for */
	uint64_t responses_amiss;
	int64_t round_trip_us; /* as the latest of them tells it */
};

struct patch *patch_create(void);
void patch_destroy(struct patch *patch);
/* "127.0.0.1:PORT", and the key of its slots as text. Borrowed. */
const char *patch_address(const struct patch *patch);
const char *patch_group_key(const struct patch *patch);
void patch_site(struct patch *patch, uint16_t number, const char *uplink_key);
/* Feed a slot from a source; number 0 for nothing. */
void patch_route(struct patch *patch, unsigned slot, uint16_t number, enum media_source source);
/* Ask a source for one packet again, so many times. */
void patch_ask_again(struct patch *patch, uint16_t number, enum media_source source,
	uint16_t sequence, unsigned times);
/* Lose this share of slot packets before they are sent. */
void patch_lose(struct patch *patch, unsigned percent);
/* Answer neither NACKs nor PLIs. */
void patch_deaf(struct patch *patch, bool deaf);
void patch_figures(struct patch *patch, struct patch_figures *ret_figures);

#endif
