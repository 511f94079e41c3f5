/*
 * What sites and the relay report. Facts (a sign, the state of media) become orders of the system
 * when they change; keys and addresses go into memory for the desired states; figures are merged
 * and sent to people once a second; pictures are passed on, and the latest of each site kept.
 */
#ifndef DIEMCAU_COORDINATOR_REPORTS_H
#define DIEMCAU_COORDINATOR_REPORTS_H

#include "coordinator/coordinator.h"
#include "coordinator/peers/reception.h"
#include "coordinator/peers/suspicion.h"
#include "coordinator/ws/rate.h"

enum { FRAME_THUMBNAIL = 1 }; /* first byte of a binary message */

/*
 * Uplink keys taken from one site: each costs the relay an order about all sites. An honest one
 * makes a key when it starts and one for each relay; what comes too soon is taken from a later
 * report.
 */
enum { SITE_KEYS_PER_SECOND = 1, SITE_KEYS_BURST = 4 };

/*
 * A relay that has just come has had media of nobody yet. So long a site it knows none of is taken
 * for what the relay before it found: sites need a new key first. After that it is silent.
 */
enum { MEDIA_RETURN_SPAN_MS = 3000 };

/* From one group key that a site has asked for to the next. The relay takes 3 s to change over. */
enum { GROUP_KEY_SPAN_MS = 15000 };

struct figures_site {
	bool reported;
	bool fresh; /* not yet told */
	bool converged;
	int32_t level_dbfs;
	bool has_round_trip;
	struct span round_trip;
	bool measured; /* by the relay */
	uint32_t loss_permille;
	uint64_t bits_per_second;
	uint64_t auth_failures;
	bool rate_exceeded; /* as the relay found it */
	bool clock_refused;
	struct rate keys;
	bool warns; /* it says itself that its media do not authenticate */
	struct suspicion suspicion; /* by the relay's count */
	struct reception reception; /* by its own count */
	struct payload *thumbnail;
};

struct figures {
	struct figures_site sites[SITES_MAX + 1];
	char relay[INSTANCE_ID_SIZE]; /* whose reports these are */
	struct instant relay_since; /* its first */
	uint64_t packets_sent; /* by the relay */
	uint64_t packets_received;
	uint64_t auth_failures;
	uint64_t keys_refused;
	uint64_t frames;
};

struct figures *figures_create(void);
void figures_destroy(struct figures *figures);

void report_of_site(struct coordinator *coordinator, const struct client *client,
	const struct wire_site_report *report);
void report_of_relay(struct coordinator *coordinator, const struct client *client,
	const struct wire_relay_report *report);
/*
 * One in THUMBNAIL_SPAN of a site is passed on, and those between are dropped unseen. False: it is
 * no thumbnail.
 */
bool report_frame(struct coordinator *coordinator, const struct client *client,
	const uint8_t *bytes, size_t size);

/* Once a second: what is fresh, to people. To one who has just come: everything. */
void report_telemetry(struct coordinator *coordinator);
void report_all_to(struct coordinator *coordinator, struct client *client);

#endif
