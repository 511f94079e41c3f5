/*
 * Simulated sites controlled by a test: lines on standard input are script steps, run at once
 * (`after` counts from the line), and every LIVE_US a line on standard output has the sites'
 * reception:
 *
 *	{"ms":81234,"online":61,"program":{"1":58,"5":2},"small":1,"return":1,"voice":{"5":60},
 *	 "delay_ms":1.2,"delay_max_ms":4.5,"apart_ms":0.3,"pictures":81,"sounds":270,"packets":123456,"unrecovered":0,
 *	 "auth_failures":0,"bad":0}
 *
 * ms is CLOCK_MONOTONIC. program counts, per source site, the sites whose program slot (full or
 * small) had a whole picture of it within LIVE_FRESH_US; small, how many of those used the small
 * slot; voice likewise. delay is the age of the latest program picture, over all sites; apart, the
 * largest skew of picture and voice of one site by its sender reports. bad sums all findings that
 * should be 0.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_LIVE_CONTROL_H
#define DIEMCAU_ENDPOINT_FLEET_LIVE_CONTROL_H

#include "endpoint/fleet/fleet_site.h"

enum { LIVE_US = 100000, LIVE_FRESH_US = 450000 };

struct live_control;

/* Standard input becomes non-blocking. 0 or -ENOMEM, -errno. */
int live_control_create(struct live_control **ret_live);
void live_control_destroy(struct live_control *live); /* takes NULL */

/* Reads available input: false at its end or at a line that is not a step. */
bool live_control_readable(struct live_control *live, int64_t now_us);

/* Runs due steps and prints due figures. */
void live_control_tick(
	struct live_control *live, struct fleet_site *sites, size_t n_sites, int64_t now_us);

#endif
