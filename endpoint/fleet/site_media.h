/*
 * The media of one simulated site: a socket of its own, keys, sending and receiving. Level-driven
 * like a real site: it converges to the desired state. One thread.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_SITE_MEDIA_H
#define DIEMCAU_ENDPOINT_FLEET_SITE_MEDIA_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint/fleet/av_sync_meter.h"
#include "endpoint/fleet/clip_sender.h"
#include "endpoint/fleet/distribution.h"
#include "endpoint/fleet/nonce_audit.h"
#include "endpoint/fleet/slot_receiver.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "wire_msg.h"

enum {
	SITE_MEDIA_KEEPALIVE_US = 1000000,
	SITE_MEDIA_PROBE_US = 200000, /* keepalive until the relay has answered */
	SITE_MEDIA_PLI_US = 500000,
	SITE_MEDIA_TRY_NEXT_US = 3000000, /* after this silence the next address of the relay is
					   * tried */
	SITE_MEDIA_PLAIN_SOURCES = MEDIA_VOICE + 1,
};

/* Totals of all sites, owned by the caller. */
struct fleet_media_stats {
	struct media_totals totals;
	struct fleet_slot_stats slots;
	struct distribution lip_sync, delay, moved; /* lip_sync_ms etc.; see av_sync_meter.h */
	struct nonce_audit *nonces; /* NULL: not recorded */
};

struct site_media {
	uint16_t number;
	int epoll; /* where the socket is registered, with this struct as its data */
	int fd; /* -1: none */
	struct fleet_media_stats *stats;

	bool has_relay;
	struct wire_relay_access relay;
	char relay_credential[CREDENTIAL_MARK_SIZE];
	size_t address; /* index in relay.addresses of the one in use */
	int64_t received_us;
	bool proven; /* the relay has answered: the path is open and our key known (RFC 6263) */
	struct media_key uplink_key;
	struct media_key sealing_key; /* the same, except during an attack */
	struct media_key group_keys[MEDIA_KEYS_MAX]; /* newest first */
	size_t n_group_keys;
	struct media_sender *sender;
	struct media_receiver *receiver;
	uint64_t reported_auth_failures;

	struct clip_sender senders[SITE_MEDIA_PLAIN_SOURCES];
	struct slot_receiver slots[MEDIA_SLOTS];
	uint64_t bytes_received, packets_received; /* of all slots */
	bool preview_known; /* preview_arrived is valid: */
	struct rtcp_block preview_arrived; /* what the relay reports of the small picture */
	int64_t keepalive_us; /* next */
	int64_t pli_us; /* earliest next */
	struct av_sync_meter sync_meter;

	/* Faults and attacks, set by the script. */
	bool cut; /* nothing is sent or received */
	unsigned int permille; /* lost, each way */
};

void site_media_init(
	struct site_media *media, uint16_t number, int epoll, struct fleet_media_stats *stats);
void site_media_finish(struct site_media *media);

/* Stops sending to the relay and receiving from it; the next relay gets a new key. */
void site_media_leave(struct site_media *media);

/* Converges. 0 or a negative errno (the next call tries again). */
int site_media_apply(
	struct site_media *media, const struct wire_site_desired *desired, int64_t now_us);
/* True if every desired slot carries its expected source. */
bool site_media_is_converged(const struct site_media *media);
/* True if a picture has arrived recently. */
bool site_media_is_playing(const struct site_media *media, int64_t now_us);

void site_media_readable(struct site_media *media, int64_t now_us);
/* wall_us: Unix time minus now_us. */
void site_media_tick(struct site_media *media, int64_t now_us, int64_t wall_us);

/* Changes the local address and port, as after a network change. */
int site_media_rebind(struct site_media *media);
void site_media_cut(struct site_media *media, bool cut);
/* Seals with a key that the relay does not know. 0 or a negative errno. */
int site_media_use_wrong_key(struct site_media *media);
/*
 * Seals with a key of its own again, a new one, which the next report carries. 0 or a negative
 * errno.
 */
int site_media_use_right_key(struct site_media *media);
void site_media_forge(struct site_media *media, unsigned int packets);
void site_media_replay(struct site_media *media, unsigned int packets);

#endif
