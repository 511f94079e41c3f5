/*
 * One source of a simulated site on its way out: a clip in its own time, packed, stamped,
 * encrypted once, kept for repairs.
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
	CLIP_SENDER_RTX_PACKETS = 256, /* packets kept: some three seconds of a full picture */
	CLIP_SENDER_DATAGRAM = 1500,
};

/* Where datagrams go. */
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
	/* How its site is wrong: a clock that runs fast (negative: slow), late pictures. */
	int64_t ppm, late_us;
	struct rtcp_sender_info report;
	struct sent_packet *kept; /* CLIP_SENDER_RTX_PACKETS of them, made at the first packet */
};

void clip_sender_init(struct clip_sender *clip_sender, uint16_t site, enum media_source source);
void clip_sender_finish(struct clip_sender *clip_sender);

void clip_sender_switch(struct clip_sender *clip_sender, bool on, int64_t now_us);
/* The next frame is a keyframe (asked by PLI). */
void clip_sender_keyframe(struct clip_sender *clip_sender);
/* A new key: nothing kept is worth repeating. */
void clip_sender_forget(struct clip_sender *clip_sender);

/* Send what is due. wall_us: Unix time less now_us. */
void clip_sender_tick(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, int64_t now_us, int64_t wall_us);

/* The ciphertext of a sequence number, or NULL. */
const uint8_t *clip_sender_find(
	const struct clip_sender *clip_sender, uint16_t sequence, size_t *ret_size);

/* When that frame was due, on the clock of now_us, if it was sent lately; else 0. */
int64_t clip_sender_captured(const struct clip_sender *clip_sender, uint32_t frame);

#endif
