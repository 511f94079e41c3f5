/*
 * RTCP packets (RFC 3550 section 6, RFC 4585 section 6, RFC 5506): parser and writer. Pure.
 *
 * Return path validation (after RFC 9000 section 8.2) uses our own APP packet: challenge and
 * response, each with the SSRC it is for and the challenger's 64-bit token.
 *
 * Writing: start a struct rtcp_writer over a buffer, put packets one after another, send
 * data[0..size). A packet that does not fit is not written, and the compound stays whole. Reading:
 * rtcp_next() until MEDIA_END.
 */
#ifndef DIEMCAU_PROTO_MEDIA_RTCP_H
#define DIEMCAU_PROTO_MEDIA_RTCP_H

#include <stddef.h>
#include <stdint.h>

enum rtcp_limits {
	RTCP_BLOCKS_MAX = 31,
	RTCP_CNAME_MAX = 255,
	RTCP_COMPOUND_MAX = 1400, /* of one datagram, before SRTCP adds 20 bytes */
	RTCP_NACK_MAX = 512 /* sequence numbers read from one generic NACK */
};

enum rtcp_kind {
	RTCP_OTHER = 0, /* well formed, ignored */
	RTCP_SR,
	RTCP_RR,
	RTCP_SDES,
	RTCP_BYE,
	RTCP_NACK,
	RTCP_PLI,
	RTCP_PATH_CHALLENGE, /* APP "path" (section 6.7), subtype 0: return this token from the
			      * challenged address */
	RTCP_PATH_RESPONSE /* subtype 1 */
};

/* Sender information about a stream. */
struct rtcp_sender_info {
	uint64_t ntp; /* 32.32 */
	uint32_t timestamp;
	uint32_t packets;
	uint32_t octets;
};

/* Report block about one stream (RFC 3550 section 6.4.1). */
struct rtcp_block {
	uint32_t ssrc;
	uint8_t fraction_lost; /* in 256ths, since the last report */
	int32_t lost; /* 24 bits signed; clamped when written */
	uint32_t highest; /* extended sequence number */
	uint32_t jitter; /* timestamp units */
	uint32_t last_sr; /* middle 32 bits of the NTP time of the last SR; 0: none */
	uint32_t delay; /* since that SR, in 1/65536 s */
};

struct rtcp_message {
	enum rtcp_kind kind;
	uint32_t sender; /* SSRC of the sender */
	uint32_t media; /* NACK, PLI: the stream it is about; path: the addressee */
	uint64_t token; /* path */
	struct rtcp_sender_info sr; /* SR only */
	size_t n_blocks; /* SR, RR */
	struct rtcp_block blocks[RTCP_BLOCKS_MAX];
	const uint8_t *nacks; /* NACK: borrowed; read with rtcp_nack_list() */
	size_t n_nacks; /* NACK: entries of four bytes */
};

struct rtcp_reader {
	const uint8_t *data;
	size_t size;
	size_t at;
};

/*
 * The next packet of the compound. MEDIA_END after the last, MEDIA_MALFORMED if lengths do not fit
 * (earlier packets stay valid; the rest cannot be parsed).
 */
int rtcp_next(struct rtcp_reader *reader, struct rtcp_message *ret_message);

/* The sequence numbers a NACK requests, in its order; returns their count, at most capacity. */
size_t rtcp_nack_list(const struct rtcp_message *nack, uint16_t *ret_seqs, size_t capacity);

struct rtcp_writer {
	uint8_t *data;
	size_t capacity;
	size_t size;
};

/* Each: 0, or MEDIA_NO_ROOM with nothing written. blocks may be NULL with n 0. */
int rtcp_put_sr(struct rtcp_writer *writer, uint32_t sender, const struct rtcp_sender_info *info,
	const struct rtcp_block *blocks, size_t n_blocks);
int rtcp_put_rr(struct rtcp_writer *writer, uint32_t sender, const struct rtcp_block *blocks,
	size_t n_blocks);
/* cname is truncated to RTCP_CNAME_MAX bytes. */
int rtcp_put_sdes(struct rtcp_writer *writer, uint32_t sender, const char *cname);
/* seqs in sending order (ascending modulo 2^16); n 0 writes nothing. */
int rtcp_put_nack(struct rtcp_writer *writer, uint32_t sender, uint32_t media, const uint16_t *seqs,
	size_t n_seqs);
int rtcp_put_pli(struct rtcp_writer *writer, uint32_t sender, uint32_t media);
/* A challenge to the party that returns the token, and its response. */
int rtcp_put_path_challenge(
	struct rtcp_writer *writer, uint32_t sender, uint32_t to, uint64_t token);
int rtcp_put_path_response(
	struct rtcp_writer *writer, uint32_t sender, uint32_t to, uint64_t token);
/*
 * Keepalive after RFC 6263 section 4.6, as an empty RR: a site sends it every second, and before
 * any media.
 */
int rtcp_put_keepalive(struct rtcp_writer *writer, uint16_t site_number);

#endif
