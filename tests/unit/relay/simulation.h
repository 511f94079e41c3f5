/*
 * A conference in virtual time: sites with wrong clocks, the real relay (its core, real SRTP), and
 * receivers that know only RTP and the relay's sender reports. An hour takes seconds. Every picture
 * and sound carries its true capture time, so that playout can be measured by an observer who knows
 * all clocks.
 *
 * All times in microseconds; true time starts at 0.
 */
#ifndef DIEMCAU_TESTS_UNIT_RELAY_SIMULATION_H
#define DIEMCAU_TESTS_UNIT_RELAY_SIMULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/relay.h"

enum {
	SIMULATION_SITES = 4, /* 1..4; 1 is the main venue */
	SIMULATION_MINUTES_MAX = 64,
	SIMULATION_BUFFER_US = 300000, /* playout delay of receivers */
	SIMULATION_SETTLED_US = 5000000 /* the first seconds after a switch */
};

/* The errors of a site's clocks. */
struct simulation_clock {
	int64_t wall_ppm; /* NTP times it sends; also its playout clock */
	int64_t media_ppm; /* rate of its RTP timestamps */
	int64_t picture_late_us; /* from camera to network, beyond the delay of the sound */
	bool by_reports; /* its clock: in sender reports only, otherwise in the packets (RFC
			  * 6051) */
};

/* What one receiver would have played of the site on the floor, after the first seconds. */
struct simulation_heard {
	uint64_t pictures, sounds;
	uint64_t too_late; /* arrived after their playout time */
	int64_t worst_skew_us; /* sound against picture, in either direction */
	/* Mean delay from capture to playout, by minute; 0 if nothing was played. */
	int64_t picture_delay_us[SIMULATION_MINUTES_MAX];
	int64_t sound_delay_us[SIMULATION_MINUTES_MAX];
};

struct simulation;

/* clocks: of site 1.. in order. Asserts on failure. */
struct simulation *simulation_create(const struct simulation_clock clocks[SIMULATION_SITES]);
void simulation_destroy(struct simulation *simulation);

/* Makes this site's camera the program and its voice audible, from now on. */
void simulation_take(struct simulation *simulation, uint32_t site);

/* Advances time. */
void simulation_run(struct simulation *simulation, int64_t span_us);

/* Borrowed. site: the receiver. */
const struct simulation_heard *simulation_heard(const struct simulation *simulation, uint32_t site);

#endif
