/*
 * The sending half of the media path: protects packets, stores them for retransmission, reports.
 *
 * Bytes in, bytes out; the transport owns the socket, the lock and the clock. Times are
 * microseconds of running time, wall_zero_us the Unix time of its zero.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_SEND_RTP_SENDER_H
#define DIEMCAU_ENDPOINT_MEDIA_SEND_RTP_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/media/rtcp.h"
#include "proto/media/srtp_key.h"
#include "proto/media/ssrc.h"

enum {
	EP_RTP_SENDER_SOURCES = 4, /* camera, preview, content, voice */
	EP_DATAGRAM_MAX = 1500, /* room for one packet and SRTP's overhead */
	EP_RTX_PACKETS = 512, /* of a source: over 2 s of 720p at 1.5 Mbit/s */
	EP_REPORT_FRESH_US =
		3000000, /* a source that has sent nothing for this long is not reported */
	EP_NTP_OPENING = 16, /* packets after a pause that carry their NTP time (RFC 6051) */
};

/* Aligned as libsrtp requires. */
struct ep_datagram {
	_Alignas(8) uint8_t data[EP_DATAGRAM_MAX];
	size_t size;
};

struct ep_rtp_sender;

/* 0, -ENOMEM or -EIO. The caller calls ep_rtp_sender_destroy, which takes NULL. */
int ep_rtp_sender_create(uint16_t number, const struct media_key *key, int64_t wall_zero_us,
	struct ep_rtp_sender **ret_rtp_sender);
void ep_rtp_sender_destroy(struct ep_rtp_sender *rtp_sender);

/* Protects a plain packet of a source, ready to send. False: it cannot be sent. */
bool ep_rtp_sender_rtp(struct ep_rtp_sender *rtp_sender, enum media_source source,
	const uint8_t *rtp, size_t size, int64_t captured_us, struct ep_datagram *ret_datagram);

/* The same ciphertext again, borrowed; NULL if it is no longer stored. */
const uint8_t *ep_rtp_sender_retransmit(const struct ep_rtp_sender *rtp_sender,
	enum media_source source, uint16_t sequence, size_t *ret_size);

/* Sender report of a source (RFC 3550 section 6.4.1); false if there is nothing to report. */
bool ep_rtp_sender_report(struct ep_rtp_sender *rtp_sender, enum media_source source,
	int64_t now_us, struct ep_datagram *ret_datagram);

/*
 * Keepalive, NACK, PLI, and the response to a path challenge; false only if encryption fails. A
 * keepalive is a receiver report about the active slots, empty if there are none.
 */
bool ep_rtp_sender_keepalive(struct ep_rtp_sender *rtp_sender, const struct rtcp_block *blocks,
	size_t n, struct ep_datagram *ret_datagram);
bool ep_rtp_sender_nack(struct ep_rtp_sender *rtp_sender, unsigned slot, const uint16_t *sequences,
	size_t n, struct ep_datagram *ret_datagram);
bool ep_rtp_sender_path_response(
	struct ep_rtp_sender *rtp_sender, uint64_t token, struct ep_datagram *ret_datagram);
bool ep_rtp_sender_pli(
	struct ep_rtp_sender *rtp_sender, unsigned slot, struct ep_datagram *ret_datagram);

#endif
