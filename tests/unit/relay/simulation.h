/*
 * A conference in virtual time: sites whose clocks run wrong, the real relay (its core, real SRTP),
 * and receivers that know no more than what RTP and the relay's sender reports tell them. An hour
 * takes seconds. Every picture and sound carries the true instant at which it was taken, so that
 * what a receiver would play can be judged by somebody who knows all clocks.
 *
 * All times in microseconds; true time begins at 0.
 */
#ifndef DIEMCAU_TESTS_UNIT_RELAY_SIMULATION_H
#define DIEMCAU_TESTS_UNIT_RELAY_SIMULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/relay.h"

enum {
	SIMULATION_SITES = 4, /* 1..4; 1 is the main venue */
	SIMULATION_MINUTES_MAX = 64,
	SIMULATION_BUFFER_US = 300000, /* what receivers wait before they play */
	SIMULATION_SETTLED_US = 5000000 /* the first seconds after a switch */
};

/* How a site's clocks are wrong. */
struct simulation_clock {
	int64_t wall_ppm; /* NTP times it sends; also the clock it plays by */
	int64_t media_ppm; /* what its RTP timestamps count */
	int64_t picture_late_us; /* from camera to network, more than the sound takes */
	bool by_reports; /* its clock: by sender reports only, else in the packets (RFC 6051) */
};

/* What one receiver would have played of the site on the floor, after the first seconds. */
struct simulation_heard {
	uint64_t pictures, sounds;
	uint64_t too_late; /* came when it should have been played already */
	int64_t worst_skew_us; /* sound against picture, either way */
	/* Mean delay from being taken to being played, by minute; 0 where nothing was. */
	int64_t picture_delay_us[SIMULATION_MINUTES_MAX];
	int64_t sound_delay_us[SIMULATION_MINUTES_MAX];
};

struct simulation;

/* clocks: of site 1.. in order. Asserts on failure. */
struct simulation *simulation_create(const struct simulation_clock clocks[SIMULATION_SITES]);
void simulation_destroy(struct simulation *simulation);

/* Whose camera is the program and whose voice is heard, from now on. */
void simulation_take(struct simulation *simulation, uint32_t site);

/* Lets time pass. */
void simulation_run(struct simulation *simulation, int64_t span_us);

/* Borrowed. site: who receives. */
const struct simulation_heard *simulation_heard(const struct simulation *simulation, uint32_t site);

#endif
