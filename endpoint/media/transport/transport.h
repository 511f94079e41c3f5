/*
 * The media socket of an endpoint: one UDP port, SRTP both ways, RTP and RTCP multiplexed (RFC
 * 5761).
 *
 * A thread of its own receives, authenticates, answers NACKs from the buffer of sent ciphertext and
 * sends what is due: keepalives (RFC 6263), sender reports, collected NACKs. It passes media to the
 * pipelines by callbacks, which run on that thread and must not block. Packets are accepted from
 * the relay's addresses only, since every receiver holds the group key.
 *
 * Times are microseconds of the endpoint's running time (pipeline.h).
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_TRANSPORT_H
#define DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/receive/rtp_receiver.h"
#include "endpoint/media/transport/relay_access.h"
#include "proto/media/ssrc.h"

/* Called on the transport's thread. All must be set. */
struct ep_transport_events {
	/* A packet of a slot, decrypted, epoch bits zero; the bytes are valid during the call. */
	void (*on_rtp)(void *user, unsigned slot, const uint8_t *data, size_t size);
	/* A sender report of a slot, as the compound packet that held it. */
	void (*on_report)(void *user, unsigned slot, const uint8_t *data, size_t size);
	/* The relay requests a keyframe of one of our sources. */
	void (*on_keyframe_wanted)(void *user, enum media_source source);
};

/* What the relay reports as received of one of our pictures (RFC 3550 section 6.4.1). */
struct ep_arrived {
	bool known;
	uint32_t highest; /* extended sequence number */
	int32_t lost; /* since the stream began */
	uint32_t jitter_ms;
};

/* Totals since the transport was created. */
struct ep_transport_stats {
	uint64_t packets_sent;
	uint64_t bytes_sent; /* of them, as datagrams */
	struct ep_arrived camera;
	struct ep_arrived preview;
	uint32_t program_jitter_ms; /* of the program as it arrives here */
	struct ep_received received;
	uint64_t foreign; /* from another address than the relay's */
	uint64_t nacks_sent;
	uint64_t nacks_answered;
	bool group_key_spent; /* a new one is needed: see rtp_receiver.h */
	bool path_proven; /* authentic packets come from the relay */
};

struct ep_transport;

/*
 * wall_zero_us: Unix time at running time zero, the base of NTP times. events must outlive the
 * transport. 0, -ENOMEM, or the errno of the socket or thread.
 */
int ep_transport_create(const struct ep_transport_events *events, void *user, int64_t wall_zero_us,
	struct ep_transport **ret_transport);
/* Takes NULL. No callback follows. */
void ep_transport_destroy(struct ep_transport *transport);

/*
 * Uses this relay from now on (main thread). The same access again changes nothing; a new group key
 * is added to the old; a new uplink key restarts the sending half. The media thread resolves names,
 * every few seconds while the path is not proven. 0, -ENOMEM, -EIO.
 */
int ep_transport_set_relay(struct ep_transport *transport, const struct ep_relay *relay);

/* Uses no relay from now on, and wipes its keys (main thread). */
void ep_transport_clear_relay(struct ep_transport *transport);

/* Sends a plain RTP packet of a source (any thread). Dropped while there is no relay. */
void ep_transport_send(struct ep_transport *transport, enum media_source source, const uint8_t *rtp,
	size_t size, int64_t captured_us);

/* Requests a missing packet, or a keyframe, of a slot (any thread). */
void ep_transport_nack(struct ep_transport *transport, unsigned slot, uint16_t sequence);
void ep_transport_pli(struct ep_transport *transport, unsigned slot);

void ep_transport_stats(struct ep_transport *transport, struct ep_transport_stats *ret_stats);

#endif
