/*
 * A patch panel in place of the relay: takes the uplinks of a few sites, passes chosen sources on
 * as slots, loses packets on purpose and repairs them when asked. It switches at once, without
 * care for keyframes, timestamps or epochs, which are the relay's own business and tests.
 */
#ifndef DIEMCAU_TESTS_UNIT_ENDPOINT_FAKE_RELAY_H
#define DIEMCAU_TESTS_UNIT_ENDPOINT_FAKE_RELAY_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/srtp_key.h"
#include "proto/media/ssrc.h"

enum {
	FAKE_RELAY_SITES = 4,
	FAKE_RELAY_SLOTS = 8,
};

struct fake_relay;

struct fake_relay_figures {
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

struct fake_relay *fake_relay_create(void);
void fake_relay_destroy(struct fake_relay *fake_relay);
/* "127.0.0.1:PORT", and the key of its slots as text. Borrowed. */
const char *fake_relay_address(const struct fake_relay *fake_relay);
const char *fake_relay_group_key(const struct fake_relay *fake_relay);
void fake_relay_site(struct fake_relay *fake_relay, uint16_t number, const char *uplink_key);
/* Feed a slot from a source; number 0 for nothing. */
void fake_relay_route(
	struct fake_relay *fake_relay, unsigned slot, uint16_t number, enum media_source source);
/* Ask a source for one packet again, so many times. */
void fake_relay_ask_again(struct fake_relay *fake_relay, uint16_t number, enum media_source source,
	uint16_t sequence, unsigned times);
/* Lose this share of slot packets before they are sent. */
void fake_relay_lose(struct fake_relay *fake_relay, unsigned percent);
/* Answer neither NACKs nor PLIs. */
void fake_relay_deaf(struct fake_relay *fake_relay, bool deaf);
void fake_relay_figures(struct fake_relay *fake_relay, struct fake_relay_figures *ret_figures);

#endif
