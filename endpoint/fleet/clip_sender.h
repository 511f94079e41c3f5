/*
 * Sends one source of a simulated site: a clip in real time, packetized, marked, encrypted once,
 * stored for retransmission.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_CLIP_SENDER_H
#define DIEMCAU_ENDPOINT_FLEET_CLIP_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/fleet/clip.h"
#include "proto/media/rtcp.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum {
	CLIP_SENDER_RTX_PACKETS = 256, /* stored packets: some three seconds of a full picture */
	CLIP_SENDER_DATAGRAM = 1500,
};

/* The destination of datagrams. */
struct datagram_outlet {
	void (*send)(void *user, const uint8_t *datagram, size_t size);
	void *user;
};

struct sent_packet;

struct clip_sender {
	uint16_t site;
	enum media_source source;
	const struct clip *clip;
	int64_t interval_us;
	bool on;
	int64_t next_us;
	uint32_t item; /* of the clip */
	uint32_t frame; /* frames sent so far */
	uint16_t sequence;
	uint32_t timestamp; /* at clock 0 */
	/* Faults of the site: a clock that runs fast (negative: slow), late pictures. */
	int64_t ppm, late_us;
	struct rtcp_sender_info report;
	struct sent_packet *stored; /* CLIP_SENDER_RTX_PACKETS of them, allocated with the first
				     * packet */
};

void clip_sender_init(struct clip_sender *clip_sender, uint16_t site, enum media_source source);
void clip_sender_finish(struct clip_sender *clip_sender);

void clip_sender_switch(struct clip_sender *clip_sender, bool on, int64_t now_us);
/* The next frame is a keyframe (requested by PLI). */
void clip_sender_keyframe(struct clip_sender *clip_sender);
/* A new key: stored packets are not retransmitted. */
void clip_sender_forget(struct clip_sender *clip_sender);

/* Sends what is due. wall_us: Unix time minus now_us. */
void clip_sender_tick(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, int64_t now_us, int64_t wall_us);

/* The ciphertext of a sequence number, or NULL. */
const uint8_t *clip_sender_find(
	const struct clip_sender *clip_sender, uint16_t sequence, size_t *ret_size);

/* When that frame was due, on the clock of now_us, if it was sent recently; otherwise 0. */
int64_t clip_sender_captured(const struct clip_sender *clip_sender, uint32_t frame);

#endif
