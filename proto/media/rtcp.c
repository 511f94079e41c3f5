/* RTCP packets: see rtcp.h. */
#include "proto/media/rtcp.h"

#include <string.h>

#include "proto/media/big_endian.h"
#include "proto/media/refusal.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"

enum {
	VERSION = 2,
	TYPE_SR = 200,
	TYPE_RR = 201,
	TYPE_SDES = 202,
	TYPE_BYE = 203,
	TYPE_APP = 204,
	TYPE_RTPFB = 205, /* RFC 4585 section 6.1 */
	TYPE_PSFB = 206,
	FORMAT_NACK = 1,
	FORMAT_PLI = 1,
	PATH_CHALLENGE = 0, /* subtypes of the APP packet named path_name */
	PATH_RESPONSE = 1,
	PATH_SIZE = 24,
	SDES_CNAME = 1,
	HEAD = 8, /* common header and sender SSRC */
	SENDER_INFO = 20,
	BLOCK = 24,
	NACK_ENTRY = 4,
	NACK_SPAN = 16 /* sequence numbers covered by one entry's bit mask, after the first */
};

static const uint32_t path_name = 0x70617468; /* "path" */
static const int32_t lost_max = 0x7FFFFF;
static const int32_t lost_min = -0x800000;

static int32_t get24(const uint8_t *at)
{
	int32_t value = at[0] << 16 | at[1] << 8 | at[2];
	return value & 0x800000 ? value - 0x1000000 : value;
}

static void get_block(const uint8_t *at, struct rtcp_block *ret_block)
{
	*ret_block = (struct rtcp_block){
		.ssrc = get32(at),
		.fraction_lost = at[4],
		.lost = get24(at + 5),
		.highest = get32(at + 8),
		.jitter = get32(at + 12),
		.last_sr = get32(at + 16),
		.delay = get32(at + 20),
	};
}

static int get_report(
	const uint8_t *data, size_t size, unsigned count, struct rtcp_message *message)
{
	size_t at = HEAD;
	if (message->kind == RTCP_SR) {
		if (size < at + SENDER_INFO) {
			return MEDIA_MALFORMED;
		}
		message->sr = (struct rtcp_sender_info){
			.ntp = get64(data + at),
			.timestamp = get32(data + at + 8),
			.packets = get32(data + at + 12),
			.octets = get32(data + at + 16),
		};
		at += SENDER_INFO;
	}
	if (size < at + (size_t)count * BLOCK) {
		return MEDIA_MALFORMED;
	}
	for (unsigned i = 0; i < count; i++) {
		get_block(data + at + (size_t)i * BLOCK, &message->blocks[i]);
	}
	message->n_blocks = count;
	return 0;
}

static int get_feedback(const uint8_t *data, size_t size, struct rtcp_message *message)
{
	if (size < HEAD + 4) {
		return MEDIA_MALFORMED;
	}
	message->media = get32(data + HEAD);
	if (message->kind == RTCP_NACK) {
		message->nacks = data + HEAD + 4;
		message->n_nacks = (size - HEAD - 4) / NACK_ENTRY;
	}
	return 0;
}

/* With another name or length it is not a path packet. */
static int get_path(const uint8_t *data, size_t size, struct rtcp_message *message)
{
	if (size != PATH_SIZE || get32(data + HEAD) != path_name) {
		message->kind = RTCP_OTHER;
		return 0;
	}
	message->media = get32(data + HEAD + 4);
	message->token = get64(data + HEAD + 8);
	return 0;
}

static enum rtcp_kind kind_of(unsigned type, unsigned count)
{
	switch (type) {
	case TYPE_SR:
		return RTCP_SR;
	case TYPE_RR:
		return RTCP_RR;
	case TYPE_SDES:
		return RTCP_SDES;
	case TYPE_BYE:
		return RTCP_BYE;
	case TYPE_APP:
		return count == PATH_CHALLENGE  ? RTCP_PATH_CHALLENGE
		       : count == PATH_RESPONSE ? RTCP_PATH_RESPONSE
						: RTCP_OTHER;
	case TYPE_RTPFB:
		return count == FORMAT_NACK ? RTCP_NACK : RTCP_OTHER;
	case TYPE_PSFB:
		return count == FORMAT_PLI ? RTCP_PLI : RTCP_OTHER;
	default:
		return RTCP_OTHER;
	}
}

/* data is exactly one packet, header included. */
static int get_message(const uint8_t *data, size_t size, struct rtcp_message *message)
{
	unsigned count = data[0] & 0x1F;
	message->kind = kind_of(data[1], count);
	message->sender = size >= HEAD ? get32(data + 4) : 0;
	message->media = 0;
	message->token = 0;
	message->n_blocks = 0;
	message->n_nacks = 0;
	message->nacks = NULL;
	switch (message->kind) {
	case RTCP_SR:
	case RTCP_RR:
		return size < HEAD ? MEDIA_MALFORMED : get_report(data, size, count, message);
	case RTCP_NACK:
	case RTCP_PLI:
		return get_feedback(data, size, message);
	case RTCP_PATH_CHALLENGE:
	case RTCP_PATH_RESPONSE:
		return get_path(data, size, message);
	case RTCP_OTHER:
	case RTCP_SDES:
	case RTCP_BYE:
		return 0;
	}
	return 0;
}

int rtcp_next(struct rtcp_reader *reader, struct rtcp_message *ret_message)
{
	size_t left = reader->size - reader->at;
	const uint8_t *data = reader->data + reader->at;
	if (left == 0) {
		return MEDIA_END;
	}
	if (left < 4 || data[0] >> 6 != VERSION) {
		return MEDIA_MALFORMED;
	}
	size_t size = ((size_t)get16(data + 2) + 1) * 4;
	if (size > left) {
		return MEDIA_MALFORMED;
	}
	reader->at += size;
	return get_message(data, size, ret_message);
}

size_t rtcp_nack_list(const struct rtcp_message *nack, uint16_t *ret_seqs, size_t capacity)
{
	size_t n = 0;
	for (size_t i = 0; i < nack->n_nacks; i++) {
		uint16_t first = get16(nack->nacks + i * NACK_ENTRY);
		uint32_t mask = (uint32_t)get16(nack->nacks + i * NACK_ENTRY + 2) << 1 | 1;
		for (unsigned bit = 0; bit <= NACK_SPAN; bit++) {
			if (mask >> bit & 1) {
				if (n == capacity) {
					return n;
				}
				ret_seqs[n++] = (uint16_t)(first + bit);
			}
		}
	}
	return n;
}

/* Room for a packet of size bytes with its header written, or NULL if there is none. */
static uint8_t *begin(
	struct rtcp_writer *writer, unsigned count, unsigned type, uint32_t sender, size_t size)
{
	if (writer->capacity - writer->size < size) {
		return NULL;
	}
	uint8_t *at = writer->data + writer->size;
	at[0] = (uint8_t)(VERSION << 6 | count);
	at[1] = (uint8_t)type;
	put16(at + 2, (uint16_t)(size / 4 - 1));
	put32(at + 4, sender);
	writer->size += size;
	return at + HEAD;
}

static void put_block(uint8_t *at, const struct rtcp_block *block)
{
	int32_t lost = block->lost > lost_max ? lost_max : block->lost;
	lost = lost < lost_min ? lost_min : lost;
	put32(at, block->ssrc);
	put32(at + 4, (uint32_t)lost & 0xFFFFFF);
	at[4] = block->fraction_lost;
	put32(at + 8, block->highest);
	put32(at + 12, block->jitter);
	put32(at + 16, block->last_sr);
	put32(at + 20, block->delay);
}

static void put_blocks(uint8_t *at, const struct rtcp_block *blocks, size_t n_blocks)
{
	for (size_t i = 0; i < n_blocks; i++) {
		put_block(at + i * BLOCK, &blocks[i]);
	}
}

int rtcp_put_sr(struct rtcp_writer *writer, uint32_t sender, const struct rtcp_sender_info *info,
	const struct rtcp_block *blocks, size_t n_blocks)
{
	if (n_blocks > RTCP_BLOCKS_MAX) {
		return MEDIA_NO_ROOM;
	}
	uint8_t *at = begin(
		writer, (unsigned)n_blocks, TYPE_SR, sender, HEAD + SENDER_INFO + n_blocks * BLOCK);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	put64(at, info->ntp);
	put32(at + 8, info->timestamp);
	put32(at + 12, info->packets);
	put32(at + 16, info->octets);
	put_blocks(at + SENDER_INFO, blocks, n_blocks);
	return 0;
}

int rtcp_put_rr(struct rtcp_writer *writer, uint32_t sender, const struct rtcp_block *blocks,
	size_t n_blocks)
{
	if (n_blocks > RTCP_BLOCKS_MAX) {
		return MEDIA_NO_ROOM;
	}
	uint8_t *at = begin(writer, (unsigned)n_blocks, TYPE_RR, sender, HEAD + n_blocks * BLOCK);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	put_blocks(at, blocks, n_blocks);
	return 0;
}

int rtcp_put_sdes(struct rtcp_writer *writer, uint32_t sender, const char *cname)
{
	size_t length = strlen(cname);
	length = length > RTCP_CNAME_MAX ? RTCP_CNAME_MAX : length;
	/* RFC 3550 section 6.5: at least one zero ends the chunk, then padding to the next word. */
	size_t items = (2 + length + 1 + 3) / 4 * 4;
	uint8_t *at = begin(writer, 1, TYPE_SDES, sender, HEAD + items);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	memset(at, 0, items);
	at[0] = SDES_CNAME;
	at[1] = (uint8_t)length;
	memcpy(at + 2, cname, length);
	return 0;
}

/* The number of sequence numbers one entry covers, and its mask. */
static size_t nack_mask(const uint16_t *seqs, size_t n_seqs, uint16_t *ret_mask)
{
	size_t taken = 1;
	*ret_mask = 0;
	while (taken < n_seqs) {
		int32_t ahead = seq_distance(seqs[0], seqs[taken]);
		if (ahead < 0 || ahead > NACK_SPAN) {
			break;
		}
		*ret_mask |= (uint16_t)(ahead > 0 ? 1U << (ahead - 1) : 0U);
		taken++;
	}
	return taken;
}

int rtcp_put_nack(struct rtcp_writer *writer, uint32_t sender, uint32_t media, const uint16_t *seqs,
	size_t n_seqs)
{
	size_t entries = 0;
	uint16_t mask;
	for (size_t i = 0; i < n_seqs; i += nack_mask(seqs + i, n_seqs - i, &mask)) {
		entries++;
	}
	if (entries == 0) {
		return 0;
	}
	uint8_t *at =
		begin(writer, FORMAT_NACK, TYPE_RTPFB, sender, HEAD + 4 + entries * NACK_ENTRY);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	put32(at, media);
	at += 4;
	for (size_t i = 0; i < n_seqs; at += NACK_ENTRY) {
		put16(at, seqs[i]);
		i += nack_mask(seqs + i, n_seqs - i, &mask);
		put16(at + 2, mask);
	}
	return 0;
}

int rtcp_put_pli(struct rtcp_writer *writer, uint32_t sender, uint32_t media)
{
	uint8_t *at = begin(writer, FORMAT_PLI, TYPE_PSFB, sender, HEAD + 4);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	put32(at, media);
	return 0;
}

static int put_path(
	struct rtcp_writer *writer, unsigned subtype, uint32_t sender, uint32_t to, uint64_t token)
{
	uint8_t *at = begin(writer, subtype, TYPE_APP, sender, PATH_SIZE);
	if (!at) {
		return MEDIA_NO_ROOM;
	}
	put32(at, path_name);
	put32(at + 4, to);
	put64(at + 8, token);
	return 0;
}

int rtcp_put_path_challenge(
	struct rtcp_writer *writer, uint32_t sender, uint32_t to, uint64_t token)
{
	return put_path(writer, PATH_CHALLENGE, sender, to, token);
}

int rtcp_put_path_response(struct rtcp_writer *writer, uint32_t sender, uint32_t to, uint64_t token)
{
	return put_path(writer, PATH_RESPONSE, sender, to, token);
}

int rtcp_put_keepalive(struct rtcp_writer *writer, uint16_t site_number)
{
	return rtcp_put_rr(writer, media_feedback_ssrc(site_number, MEDIA_SLOT_NONE), NULL, 0);
}
