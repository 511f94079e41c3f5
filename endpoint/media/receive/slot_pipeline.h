/*
 * One slot as it is received: jitter buffer, repair, decoder, in a pipeline of its own, so that a
 * broken stream or decoder stops nothing else. Leaving a slot destroys it; joining it makes it
 * anew, which flushes all there was and asks nobody for what was missed meanwhile.
 *
 * Lost packets are found by rtpjitterbuffer and the keyframes wanted by the depayloader; both ask
 * by events upstream, which become NACK and PLI here (RFC 4585), without an RTP session between
 * that would hold them back by its report interval.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_SLOT_PIPELINE_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_SLOT_PIPELINE_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EP_SLOT_VOICE_FIRST = 4, /* slots below are pictures */
	EP_SLOT_LATENCY_MS = 200,
	EP_SLOT_OUTAGE_MS = 500, /* nothing came for so long, and packets are missing: begun anew */
	EP_SLOT_RESTART_MS = 1000, /* between two attempts with a decoder that breaks */
	EP_SLOT_STALE_MS = 3000, /* a picture still for so long is no picture */
};

struct ep_slot_events {
	/* A decoded picture or piece of sound on the shared timeline; streaming thread. */
	void (*on_sample)(void *user, unsigned slot, GstSample *sample);
	/* Ask the relay; streaming thread. */
	void (*on_missing)(void *user, unsigned slot, uint16_t sequence);
	void (*on_keyframe_needed)(void *user, unsigned slot);
	/* The jitter buffer related a sender report to local time (lip_sync.h); streaming thread.
	 */
	void (*on_related)(void *user, unsigned slot, int64_t local_us, int64_t relay_us);
};

struct ep_slot_stats {
	uint64_t missing; /* packets asked for */
	uint64_t unrecovered; /* packets given up */
	uint64_t samples; /* decoded */
	int64_t sampled_us; /* when the last was, 0 for never */
	uint32_t source; /* site number of what plays now (CSRC), 0 for nothing */
};

struct ep_slot;

/*
 * own_number: what comes from this site is neither shown nor played. Only slots 0..7. NULL where an
 * element is missing (*ret_error then a sentence, for g_free). events must outlive it.
 */
struct ep_slot *ep_slot_create(unsigned slot, uint16_t own_number,
	const struct ep_slot_events *events, void *user, char **ret_error);
/* Takes NULL. No callback comes after it. */
void ep_slot_destroy(struct ep_slot *slot);

/* Packets from the transport, decrypted. Not at the same time as ep_slot_check. */
void ep_slot_rtp(struct ep_slot *slot, const uint8_t *data, size_t size);
void ep_slot_report(struct ep_slot *slot, const uint8_t *data, size_t size);

/* Play later by so much, for the sake of a slower slot. */
void ep_slot_wait(struct ep_slot *slot, int64_t wait_us);

/* A decoded picture or sound came within EP_SLOT_STALE_MS. */
bool ep_slot_plays(const struct ep_slot *slot);
void ep_slot_stats(struct ep_slot *slot, struct ep_slot_stats *ret_stats);

/* Main thread, now and then: asks again for a keyframe, mends a pipeline that is broken or was cut
 * off. */
void ep_slot_check(struct ep_slot *slot);

#endif
