/*
 * What sites and the relay report. Facts (a sign, the state of media) become commands of the system
 * when they change; keys and addresses go into memory for the desired states; figures are merged
 * and sent to people once a second; pictures are passed on, and the latest of each site kept.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_TELEMETRY_H
#define DIEMCAU_COORDINATOR_TELEMETRY_TELEMETRY_H

#include "coordinator/coordinator.h"
#include "coordinator/telemetry/link_quality.h"
#include "coordinator/telemetry/forgery_detector.h"
#include "coordinator/ws/token_bucket.h"

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

struct site_telemetry {
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
	struct token_bucket keys;
	bool warns; /* it says itself that its media do not authenticate */
	struct forgery_detector forgery_detector; /* by the relay's count */
	struct link_quality link_quality; /* by its own count */
	struct shared_buf *thumbnail;
};

struct telemetry {
	struct site_telemetry sites[SITES_MAX + 1];
	char relay[INSTANCE_ID_SIZE]; /* whose reports these are */
	struct instant relay_since; /* its first */
	uint64_t packets_sent; /* by the relay */
	uint64_t packets_received;
	uint64_t auth_failures;
	uint64_t keys_refused;
	uint64_t frames;
};

struct telemetry *telemetry_create(void);
void telemetry_destroy(struct telemetry *telemetry);

void telemetry_of_site(struct coordinator *coordinator, const struct client *client,
	const struct wire_site_report *report);
void telemetry_of_relay(struct coordinator *coordinator, const struct client *client,
	const struct wire_relay_report *report);
/*
 * One in THUMBNAIL_SPAN of a site is passed on, and those between are dropped unseen. False: it is
 * no thumbnail.
 */
bool telemetry_thumbnail(struct coordinator *coordinator, const struct client *client,
	const uint8_t *bytes, size_t size);

/* Once a second: what is fresh, to people. To one who has just come: everything. */
void telemetry_send(struct coordinator *coordinator);
void telemetry_send_to(struct coordinator *coordinator, struct client *client);

#endif
