/*
 * One source of a simulated site on its way out: a clip in its own time, packed, stamped,
 * encrypted once, kept for repairs.
 */
#ifndef DIEMCAU_FLEET_UPLINK_H
#define DIEMCAU_FLEET_UPLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/media/rtcp.h"
#include "proto/media/sender.h"
#include "proto/media/ssrc.h"
#include "tests/fleet/clip.h"

enum {
	UPLINK_RING = 256, /* packets kept: some three seconds of a full picture */
	UPLINK_DATAGRAM = 1500,
};

/* Where datagrams go. */
struct uplink_outlet {
	void (*send)(void *user, const uint8_t *datagram, size_t size);
	void *user;
};

struct uplink_kept;

struct uplink {
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
	struct uplink_kept *kept; /* UPLINK_RING of them, made at the first packet */
};

void uplink_init(struct uplink *uplink, uint16_t site, enum media_source source);
void uplink_finish(struct uplink *uplink);

void uplink_switch(struct uplink *uplink, bool on, int64_t now_us);
/* The next frame is a keyframe (asked by PLI). */
void uplink_keyframe(struct uplink *uplink);
/* A new key: nothing kept is worth repeating. */
void uplink_forget(struct uplink *uplink);

/* Send what is due. wall_us: Unix time less now_us. */
void uplink_tick(struct uplink *uplink, struct media_sender *sender,
	const struct uplink_outlet *outlet, int64_t now_us, int64_t wall_us);

/* The ciphertext of a sequence number, or NULL. */
const uint8_t *uplink_find(const struct uplink *uplink, uint16_t sequence, size_t *ret_size);

/* When that frame was due, on the clock of now_us, if it was sent lately; else 0. */
int64_t uplink_captured(const struct uplink *uplink, uint32_t frame);

#endif
