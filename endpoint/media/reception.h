/*
 * How the packets of one slot arrive, for the receiver report about it (RFC 3550 section 6.4.1 and
 * appendix A): by it the relay knows the round trip, and answers a NACK once in that time. Pure;
 * times in microseconds of any steady clock.
 */
#ifndef DIEMCAU_ENDPOINT_RECEPTION_H
#define DIEMCAU_ENDPOINT_RECEPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"

enum {
	EP_RECEPTION_FRESH_US = 2000000, /* a slot silent for so long is not reported */
	EP_RECEPTION_GAP_MAX = 3000, /* wider, or further back than MISORDER: numbered anew */
	EP_RECEPTION_MISORDER_MAX = 1000, /* repairs come late; RFC 3550 A.1 has 100 without */
};

/* Zeroed is ready. */
struct ep_reception {
	bool seen;
	int64_t first; /* extended sequence numbers */
	int64_t newest;
	int64_t heard_us;
	uint64_t packets; /* since first */
	uint64_t expected_before; /* at the last report */
	uint64_t packets_before;
	uint32_t jitter; /* timestamp units, times 16 */
	uint32_t transit;
	uint32_t last_sr; /* middle of its NTP time; 0: none */
	int64_t last_sr_us;
};

void ep_reception_packet(struct ep_reception *reception, const struct rtp_header *header,
	unsigned rate, int64_t now_us);

/* A sender report of the slot. */
void ep_reception_report(
	struct ep_reception *reception, const struct rtcp_sender_info *report, int64_t now_us);

/* What to report, SSRC included; false while there is nothing to say. Begins the next period. */
bool ep_reception_block(struct ep_reception *reception, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block);

#endif
