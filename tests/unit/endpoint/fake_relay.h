/*
 * A patch panel in place of the relay: receives the uplinks of a few sites, forwards chosen sources
 * as slots, loses packets on purpose and retransmits on request. It switches at once, ignoring
 * keyframes, timestamps and epochs, which the relay's own tests cover.
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
	uint64_t with_ntp; /* packets with their capture time */
	int64_t captured_off_us; /* the largest difference between capture time and arrival */
	uint64_t blocks; /* reports of sites about slots, after a sender report */
	uint64_t challenges; /* of each site's path, one per report */
	uint64_t responses; /* to them, by addressee */
	uint64_t responses_amiss;
	int64_t round_trip_us; /* from the latest of them */
};

struct fake_relay *fake_relay_create(void);
void fake_relay_destroy(struct fake_relay *fake_relay);
/* "127.0.0.1:PORT", and the key of its slots as text. Borrowed. */
const char *fake_relay_address(const struct fake_relay *fake_relay);
const char *fake_relay_group_key(const struct fake_relay *fake_relay);
void fake_relay_site(struct fake_relay *fake_relay, uint16_t number, const char *uplink_key);
/* Feeds a slot from a source; number 0 for none. */
void fake_relay_route(
	struct fake_relay *fake_relay, unsigned slot, uint16_t number, enum media_source source);
/* Requests one packet of a source again, this many times. */
void fake_relay_ask_again(struct fake_relay *fake_relay, uint16_t number, enum media_source source,
	uint16_t sequence, unsigned times);
/* Loses this share of slot packets before they are sent. */
void fake_relay_lose(struct fake_relay *fake_relay, unsigned percent);
/* Ignores NACKs and PLIs. */
void fake_relay_ignore_feedback(struct fake_relay *fake_relay, bool ignores_feedback);
void fake_relay_figures(struct fake_relay *fake_relay, struct fake_relay_figures *ret_figures);

#endif
