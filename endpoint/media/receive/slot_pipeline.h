/*
 * Receives one slot: jitter buffer, repair, decoder, in a pipeline of its own, so that a broken
 * stream or decoder stops nothing else. Leaving a slot destroys the pipeline; joining creates a new
 * one, which discards old packets and requests none that were missed meanwhile.
 *
 * rtpjitterbuffer detects lost packets, and the depayloader missing keyframes; both send events
 * upstream, which become NACK and PLI here (RFC 4585). An RTP session between them would delay
 * these by its report interval.
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
	EP_SLOT_OUTAGE_MS = 500, /* nothing received for this long, and packets missing: the
				  * pipeline is rebuilt */
	EP_SLOT_RESTART_MS = 1000, /* between restarts of a failing decoder */
	EP_SLOT_STALE_MS = 3000, /* a picture that does not change for this long counts as none */
};

struct ep_slot_events {
	/* A decoded picture or sound buffer on the shared timeline; streaming thread. */
	void (*on_sample)(void *user, unsigned slot, GstSample *sample);
	/* Request it from the relay; streaming thread. */
	void (*on_missing)(void *user, unsigned slot, uint16_t sequence);
	void (*on_keyframe_needed)(void *user, unsigned slot);
	/* The jitter buffer mapped a sender report to local time (lip_sync.h); streaming thread. */
	void (*on_related)(void *user, unsigned slot, int64_t local_us, int64_t relay_us);
};

struct ep_slot_stats {
	uint64_t missing; /* packets requested */
	uint64_t unrecovered; /* packets lost for good */
	uint64_t samples; /* decoded */
	int64_t sampled_us; /* time of the last, 0 for never */
	uint32_t source; /* site number of the present source (CSRC), 0 for none */
};

struct ep_slot;

/*
 * own_number: media of this site is neither shown nor played. Only slots 0..7. NULL if an element
 * is missing (*ret_error is then a sentence, for g_free). events must outlive the slot.
 */
struct ep_slot *ep_slot_create(unsigned slot, uint16_t own_number,
	const struct ep_slot_events *events, void *user, char **ret_error);
/* Takes NULL. No callback follows. */
void ep_slot_destroy(struct ep_slot *slot);

/* Packets from the transport, decrypted. Not at the same time as ep_slot_check. */
void ep_slot_rtp(struct ep_slot *slot, const uint8_t *data, size_t size);
void ep_slot_report(struct ep_slot *slot, const uint8_t *data, size_t size);

/* Sets an extra playout delay, for a slower slot. */
void ep_slot_set_delay(struct ep_slot *slot, int64_t wait_us);

/* True if a picture or sound was decoded within EP_SLOT_STALE_MS. */
bool ep_slot_is_playing(const struct ep_slot *slot);
void ep_slot_stats(struct ep_slot *slot, struct ep_slot_stats *ret_stats);

/* Main thread, periodically: repeats keyframe requests, restarts a broken or cut-off pipeline. */
void ep_slot_check(struct ep_slot *slot);

#endif
