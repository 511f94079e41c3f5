/*
 * Reports of sites and of the relay. Facts (a sign, the state of media) become commands of the
 * system when they change; keys and addresses are stored in memory for the desired states; figures
 * are merged into a message to people once a second; the latest thumbnail of each site is stored.
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
 * Rate of uplink keys from one site: each costs the relay a desired state about all sites. An
 * honest site makes a key when it starts and one for each relay; a key that is reported too soon is
 * taken from a later report.
 */
enum { SITE_KEYS_PER_SECOND = 1, SITE_KEYS_BURST = 4 };

/*
 * A new relay has received no media yet. For this long a site unknown to it keeps the state that
 * the relay before reported, because sites need a new key first. After that the site is silent.
 */
enum { MEDIA_RETURN_SPAN_MS = 3000 };

/* Between two group keys requested by sites. The relay takes 3 s to change over. */
enum { GROUP_KEY_SPAN_MS = 15000 };

struct site_telemetry {
	bool reported;
	bool fresh; /* not yet sent */
	bool converged;
	int32_t level_dbfs;
	bool has_round_trip;
	struct span round_trip;
	uint64_t bell; /* the last that sounded there; 0: none */
	bool measured; /* by the relay */
	uint32_t loss_permille;
	uint64_t bits_per_second;
	uint64_t auth_failures;
	bool rate_exceeded; /* as the relay found it */
	bool clock_refused;
	struct token_bucket keys;
	bool warns; /* the site reports that its media do not authenticate */
	struct forgery_detector forgery_detector; /* by the relay's count */
	struct link_quality link_quality; /* by its own count */
};

struct telemetry {
	struct engine *engine; /* borrowed, like the next */
	struct media_keys *media_keys; /* takes the keys of reports */
	struct flap_damping damping[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct site_telemetry sites[SITES_MAX + 1];
	char relay[INSTANCE_ID_SIZE]; /* the relay whose reports these are */
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

/* `version` is that of the last desired state sent to this site. */
void telemetry_of_site(struct telemetry *telemetry, uint32_t number, uint64_t version,
	const struct wire_site_report *report);
void telemetry_of_relay(
	struct telemetry *telemetry, const char *instance, const struct wire_relay_report *report);
/*
 * A binary message of a site. One in THUMBNAIL_SPAN is returned for people, and stays ours; those
 * between are dropped (NULL). False: not a thumbnail.
 */
bool telemetry_of_thumbnail(struct telemetry *telemetry, uint32_t number, const uint8_t *bytes,
	size_t size, struct shared_buf **ret_thumbnail);

/*
 * The message of all fresh figures, which are then no longer fresh; of all figures. The caller's;
 * NULL: there are none.
 */
struct shared_buf *telemetry_fresh(struct telemetry *telemetry);
struct shared_buf *telemetry_all(struct telemetry *telemetry);
#endif
