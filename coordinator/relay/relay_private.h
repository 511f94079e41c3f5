/* Shared by the files of the relay's core; included by no other. */
#ifndef DIEMCAU_COORDINATOR_RELAY_RELAY_PRIVATE_H
#define DIEMCAU_COORDINATOR_RELAY_RELAY_PRIVATE_H

#include "coordinator/relay/rate_limiter.h"
#include "coordinator/relay/relay.h"
#include "coordinator/relay/site_clock.h"
#include "coordinator/relay/site_path.h"
#include "coordinator/relay/slot_route.h"
#include "coordinator/relay/stats.h"
#include "coordinator/relay/unknown_senders.h"
#include "coordinator/relay/uplink_source.h"
#include "proto/media/rtx_buffer.h"
#include "proto/media/slot_number.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum {
	SITE_SOURCES = MEDIA_CONTENT_PREVIEW + 1,
	SITE_NUMBERS = MEDIA_SITE_MAX + 1,
	RLY_RTX_PACKETS = 4096, /* of a slot: 27 s of video at 1.5 Mbit/s, 80 s of voice */
};

struct rly_site {
	uint16_t number;
	bool barred;
	bool marked; /* present in the desired state being applied */
	uint16_t receive; /* bit per slot */
	/*
	 * The newest packet of each slot when the site began to receive it: what was sent before
	 * was not for it, and is not repaired.
	 */
	int64_t joined_at[MEDIA_SLOTS];
	char credential[CREDENTIAL_MARK_SIZE]; /* "" if the coordinator has sent none */
	char key_text[MEDIA_KEY_TEXT + 1]; /* the key of uplink; "" for none */
	struct media_receiver *uplink; /* NULL: no key yet, every packet is refused */
	/*
	 * The previous receiver: if its key comes back (a standby took over, and back again), its
	 * replay windows are still known, so packets recorded then are refused.
	 */
	char old_key_text[MEDIA_KEY_TEXT + 1];
	struct media_receiver *old_uplink;
	/*
	 * Fingerprints of keys whose replay windows are gone: refused. The oldest is overwritten.
	 */
	uint64_t retired[RLY_KEYS_RETIRED];
	size_t n_retired; /* in total */
	uint64_t refused; /* from its proven address: unauthentic, or replayed */
	uint64_t packets;

	struct rly_path path;
	int64_t media_us; /* latest authentic RTP; negative: none */

	struct rly_site_clock site_clock;
	struct rly_source *sources[SITE_SOURCES]; /* created with the first packet; owned */
	struct rly_meter meter;
	enum media_state media_state;
	int64_t round_trip_us; /* negative: unknown */
	struct rly_token_bucket repair_bucket; /* retransmitted bytes */
	struct rly_token_bucket rtcp_bucket; /* RTCP compounds parsed */
	struct rly_token_bucket keyframe_bucket; /* key frames it may request */
	struct rly_nack_history nack_history;
	int64_t rr_us; /* time of the last receiver report to it */
};

struct rly_slot {
	uint16_t number; /* enum media_slot */
	struct rly_route route;
	struct rtx_buffer *rtx; /* created with the first source; owned */
	uint32_t axis_base; /* timestamp at time zero */
	size_t n_pending;
	struct iovec pending[RLY_PENDING_MAX];
	int64_t pending_us; /* when the oldest was queued */
	bool flush_now; /* a frame is complete: waiting gains nothing */
	int64_t paced_us; /* time of the latest batch */
	uint64_t packets; /* sent, each counted once */
	uint64_t octets;
	uint64_t swept_packets; /* packets at the last sweep */
	int64_t sr_us;
	size_t n_receivers;
	struct rly_receiver **receivers; /* owned array of borrowed sites' receivers */
};

struct rly_relay {
	struct rly_config config;
	struct rly_uplink_limits limits;
	char instance[INSTANCE_ID_SIZE];
	struct media_key key;
	struct media_sender *sender;
	uint64_t rekey_request; /* the latest rekey request handled */
	bool rekeying;
	bool rekey_again; /* a site was barred that may know next_key */
	struct media_key next_key;
	int64_t rekey_us;

	uint64_t version; /* of the desired state applied */
	struct rly_site *by_number[SITE_NUMBERS];
	size_t n_sites;
	uint16_t numbers[SITE_NUMBERS]; /* of the present sites */
	struct rly_slot slots[MEDIA_SLOTS];
	bool receivers_stale;
	bool changed;
	int64_t swept_us;
	int64_t keyframes_us;

	uint64_t sent;
	uint64_t received;
	uint64_t keys_refused;
	uint64_t unknown_packets; /* refused, and not from a site's proven address */
	struct media_challenge challenge;
	struct rly_unknown_senders unknown_senders;
};

/* relay_site.c */
/* challenge is borrowed and must outlive it. */
int rly_site_create(
	uint16_t number, const struct media_challenge *challenge, struct rly_site **ret_site);
void rly_site_destroy(struct rly_site *site);
/*
 * The key of the packets the site sends from now on. 0; -EKEYREJECTED for a retired key, whose
 * replay windows are unknown; -EINVAL, -ENOMEM, -EIO.
 */
int rly_site_set_key(struct rly_site *site, const char *key_text);
/*
 * The site's credential was rotated or revoked: drops its keys and address; its packets are
 * refused.
 */
void rly_site_revoke(struct rly_site *site);
/* The source, created on first use. NULL: there is no such source, or no memory. */
struct rly_source *rly_site_source(struct rly_site *site, enum media_source source);
uint32_t rly_source_rate(enum media_source source);

/* output_slot.c */
int rly_slot_init(struct rly_slot *slot, uint16_t number);
/* Before the first packet: its sequence number, instead of a random one. */
void rly_slot_set_first_sequence(struct rly_slot *slot, uint16_t first_sequence);
void rly_slot_finish(struct rly_slot *slot);
/* Renumbers one packet of a source, encrypts it once, stores it and queues it. */
void rly_slot_take(struct rly_relay *relay, struct rly_slot *slot, struct rly_site *site,
	const struct rly_route_input *input, const struct rtp_packet *packet, int64_t now_us);
uint32_t rly_slot_axis(const struct rly_slot *slot, int64_t axis_us);
void rly_slot_flush(struct rly_relay *relay, struct rly_slot *slot, int64_t now_us);
int64_t rly_slot_due(const struct rly_slot *slot);
void rly_slot_send_report(struct rly_relay *relay, struct rly_slot *slot, int64_t now_us);
void rly_slots_collect_receivers(struct rly_relay *relay);

/* rtcp_feedback.c: RTCP to a site */
/* True if a key frame would be requested now. */
bool rly_is_keyframe_due(
	const struct rly_relay *relay, uint16_t stream, int64_t interval_us, int64_t now_us);
void rly_request_keyframe(
	struct rly_relay *relay, uint16_t stream, int64_t interval_us, int64_t now_us);
void rly_send_nacks(struct rly_relay *relay, struct rly_site *site, int64_t now_us);
/* To any address: the only message an unproven address is sent. */
void rly_send_challenge(
	struct rly_relay *relay, struct rly_site *site, const struct rly_address *to);
void rly_send_receiver_report(struct rly_relay *relay, struct rly_site *site, int64_t now_us);

/* ingress.c */
/* A site begins to receive these slots (a bit each): it needs a key frame of each picture. */
void rly_slots_subscribed(struct rly_relay *relay, unsigned slots, int64_t now_us);

#endif
