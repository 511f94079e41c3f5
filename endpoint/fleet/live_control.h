/*
 * Simulated sites led by a test: steps of a script come as lines on standard input and are done at
 * once (`after` counts from the line), and every LIVE_US a line on standard output says what the
 * sites receive:
 *
 *	{"ms":81234,"online":61,"program":{"1":58,"5":2},"small":1,"return":1,"voice":{"5":60},
 *	 "delay_ms":1.2,"delay_max_ms":4.5,"apart_ms":0.3,"pictures":81,"sounds":270,"packets":123456,"unrecovered":0,
 *	 "auth_failures":0,"bad":0}
 *
 * ms is CLOCK_MONOTONIC. program counts sites by whose picture was whole in their program slot
 * (full or small) within LIVE_FRESH_US; small, how many of those in the small one; voice likewise
 * by whose voice. delay is that of the latest program picture since its capture, over all sites;
 * apart, how far sender reports would have picture and voice of one site be shown from one another
 * (the worst). bad sums all findings that should be 0.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_LIVE_CONTROL_H
#define DIEMCAU_ENDPOINT_FLEET_LIVE_CONTROL_H

#include "endpoint/fleet/fleet_site.h"

enum { LIVE_US = 100000, LIVE_FRESH_US = 450000 };

struct live_control;

/* Standard input becomes non-blocking. 0 or -ENOMEM, -errno. */
int live_control_create(struct live_control **ret_live);
void live_control_destroy(struct live_control *live); /* takes NULL */

/* Standard input has something: false at its end or at a line that is no step. */
bool live_control_readable(struct live_control *live, int64_t now_us);

/* Does what is due, tells what is due. */
void live_control_tick(
	struct live_control *live, struct fleet_site *sites, size_t n_sites, int64_t now_us);

#endif
