/*
 * What sites and the relay report. Facts (a sign, the state of media) become commands of the system
 * when they change; keys and addresses go into memory for the desired states; figures are merged
 * and become a message to people once a second; of pictures the latest of each site is kept.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_TELEMETRY_H
#define DIEMCAU_COORDINATOR_TELEMETRY_TELEMETRY_H

#include "coordinator/engine/engine.h"
#include "coordinator/telemetry/flap_damping.h"
#include "coordinator/telemetry/forgery_detector.h"
#include "coordinator/telemetry/link_quality.h"
#include "coordinator/telemetry/thumbnails.h"
#include "coordinator/view/media_keys.h"
#include "coordinator/ws/shared_buf.h"
#include "coordinator/ws/token_bucket.h"

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
};

struct telemetry {
	struct engine *engine; /* not ours, like the next */
	struct media_keys *media_keys; /* what reports tell of keys goes there */
	struct flap_damping damping[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct site_telemetry sites[SITES_MAX + 1];
	char relay[INSTANCE_ID_SIZE]; /* whose reports these are */
	struct instant relay_since; /* its first */
	uint64_t packets_sent; /* by the relay */
	uint64_t packets_received;
	uint64_t auth_failures;
	uint64_t keys_refused;
	struct thumbnails thumbnails;
};

/* NULL without memory. */
struct telemetry *telemetry_create(struct engine *engine, struct media_keys *media_keys);
void telemetry_destroy(struct telemetry *telemetry);

/* `version` is the last desired state that this site was sent. */
void telemetry_of_site(struct telemetry *telemetry, uint32_t number, uint64_t version,
	const struct wire_site_report *report);
void telemetry_of_relay(
	struct telemetry *telemetry, const char *instance, const struct wire_relay_report *report);
/*
 * A binary message of a site. One in THUMBNAIL_SPAN is to be passed on to people, and is returned,
 * ours; those between are dropped unseen (NULL). False: it is no thumbnail.
 */
bool telemetry_of_thumbnail(struct telemetry *telemetry, uint32_t number, const uint8_t *bytes,
	size_t size, struct shared_buf **ret_thumbnail);

/* The message of all figures that are fresh, which then are so no more; of all there are. The
 * caller's; NULL: there are none. */
struct shared_buf *telemetry_fresh(struct telemetry *telemetry);
struct shared_buf *telemetry_all(struct telemetry *telemetry);
#endif
