/*
 * One party that encrypts, one that receives, and whoever stands between. Input: a stream of acts:
 * packets are sent in any numbering, kept, delivered late or twice, changed on the way, forged;
 * keys change; time passes.
 *
 * No nonce is used twice. What was changed or forged is never accepted, what was accepted never
 * again, and what is accepted is what was sent.
 */
#include "proto/media/big_endian.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/nonces.h"

enum { KEPT = 64, DATAGRAM = 256, PLAIN_MAX = 64, STREAMS = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct kept {
	bool rtcp;
	bool accepted;
	size_t size;
	size_t plain_size;
	_Alignas(8) uint8_t data[DATAGRAM];
	uint8_t plain[PLAIN_MAX + RTP_FIXED_SIZE]; /* as sent, epoch bits zero */
};

struct line {
	struct bytes bytes;
	struct media_sender *sender;
	struct media_receiver *receiver;
	uint8_t key; /* number of the sender's key */
	uint16_t sequence[STREAMS];
	int64_t now_us;
	size_t n_kept;
	struct kept kept[KEPT]; /* a ring */
	struct nonces nonces;
};

static struct media_key key_of(uint8_t number)
{
	struct media_key key;

	memset(key.bytes, 'k', sizeof(key.bytes));
	key.bytes[0] = number;
	return key;
}

static void keep(struct line *line, const struct kept *kept)
{
	line->kept[line->n_kept++ % KEPT] = *kept;
}

static void deliver(struct line *line, struct kept *kept)
{
	_Alignas(8) uint8_t copy[DATAGRAM];
	size_t size = kept->size;
	int r;

	memcpy(copy, kept->data, kept->size);
	r = kept->rtcp ? media_receiver_rtcp(line->receiver, copy, &size, line->now_us)
		       : media_receiver_rtp(line->receiver, copy, &size, line->now_us);
	demand(r >= 0 && r != MEDIA_MALFORMED && r != MEDIA_NO_ROOM);
	if (r == 0) {
		demand(!kept->accepted);
		kept->accepted = true;
		demand(size == kept->plain_size && memcmp(copy, kept->plain, size) == 0);
	}
}

/* One bit turned, or some bytes cut off: nobody takes it for genuine. */
static void deliver_changed(struct line *line, const struct kept *kept)
{
	_Alignas(8) uint8_t copy[DATAGRAM];
	size_t size = kept->size;
	uint32_t at = bytes_below(&line->bytes, (uint32_t)kept->size);
	unsigned how = bytes_one(&line->bytes);

	memcpy(copy, kept->data, kept->size);
	if (how & 8) {
		size = at;
	} else {
		copy[at] = (uint8_t)(copy[at] ^ 1u << (how & 7));
	}
	demand(media_receiver_rtp(line->receiver, copy, &size, line->now_us) != 0);
	memcpy(copy, kept->data, kept->size);
	size = how & 8 ? at : kept->size;
	copy[at] = (uint8_t)(copy[at] ^ 1u << (how & 7));
	demand(media_receiver_rtcp(line->receiver, copy, &size, line->now_us) != 0);
}

static void send_rtp(struct line *line)
{
	struct kept kept = {0};
	uint16_t stream = (uint16_t)bytes_below(&line->bytes, STREAMS);
	struct rtp_header header = {.payload_type = MEDIA_PT_H264};
	uint8_t step = bytes_one(&line->bytes);
	uint16_t id = media_uplink_stream(9, (enum media_source)stream);
	size_t head = 0;
	int r;

	line->sequence[stream] += step == 255 ? bytes_two(&line->bytes) : (uint16_t)(step - 100);
	header.sequence = line->sequence[stream];
	header.ssrc = media_ssrc(bytes_one(&line->bytes), id);
	demand(rtp_build(&header, kept.data, sizeof(kept.data), &head) == 0);
	kept.size = head + bytes_copy(&line->bytes, kept.data + head, step % PLAIN_MAX);
	kept.plain_size = kept.size;
	memcpy(kept.plain, kept.data, kept.size);
	rtp_set_ssrc(kept.plain, id);
	r = media_sender_rtp(line->sender, kept.data, &kept.size, sizeof(kept.data));
	demand(r >= 0 && r != MEDIA_MALFORMED && r != MEDIA_NO_ROOM);
	if (r != 0) {
		return;
	}
	demand(kept.size == kept.plain_size + MEDIA_RTP_OVERHEAD);
	demand(nonces_add(&line->nonces, get32(kept.data + 8), header.sequence));
	keep(line, &kept);
}

static void send_rtcp(struct line *line)
{
	struct kept kept = {0};
	uint8_t sender = bytes_one(&line->bytes);

	put16(kept.data, 0x80c9);
	put16(kept.data + 2, 1);
	put32(kept.data + 4, media_feedback_ssrc(9, sender));
	kept.rtcp = true;
	kept.size = 8 + bytes_copy(&line->bytes, kept.data + 8, sender % PLAIN_MAX);
	kept.plain_size = kept.size;
	memcpy(kept.plain, kept.data, kept.size);
	demand(media_sender_rtcp(line->sender, kept.data, &kept.size, sizeof(kept.data)) == 0);
	demand(kept.size == kept.plain_size + MEDIA_RTCP_OVERHEAD);
	keep(line, &kept);
}

static void forge(struct line *line)
{
	_Alignas(8) uint8_t data[DATAGRAM] = {0x80, 0x60};
	size_t size = bytes_copy(&line->bytes, data, bytes_below(&line->bytes, DATAGRAM));
	size_t again = size;
	_Alignas(8) uint8_t copy[DATAGRAM];

	memcpy(copy, data, sizeof(copy));
	demand(media_receiver_rtp(line->receiver, data, &size, line->now_us) > 0);
	demand(media_receiver_rtcp(line->receiver, copy, &again, line->now_us) > 0);
}

static void change_key(struct line *line)
{
	struct media_key key = key_of(++line->key);

	demand(media_receiver_add_key(line->receiver, &key) == 0);
	demand(media_sender_rekey(line->sender, &key) == 0);
	memset(&line->nonces, 0, sizeof(line->nonces));
}

static void act(struct line *line)
{
	uint8_t choice = bytes_one(&line->bytes);
	size_t held = line->n_kept < KEPT ? line->n_kept : KEPT;
	struct kept *kept = &line->kept[held ? bytes_below(&line->bytes, (uint32_t)held) : 0];

	if (choice < 100) {
		send_rtp(line);
	} else if (choice < 130) {
		send_rtcp(line);
	} else if (choice < 140) {
		forge(line);
	} else if (choice < 150) {
		line->now_us += (int64_t)bytes_two(&line->bytes) * 1000;
	} else if (choice < 155) {
		media_sender_restart(line->sender,
			media_uplink_stream(9, (enum media_source)(choice % STREAMS)));
	} else if (choice < 160) {
		change_key(line);
	} else if (held > 0 && choice < 190) {
		deliver_changed(line, kept);
	} else if (held > 0) {
		deliver(line, kept);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct line *line = calloc(1, sizeof(*line));
	struct media_key key = key_of(0);

	demand(line != NULL);
	line->bytes = (struct bytes){data, size};
	demand(media_sender_create(&key, &line->sender) == 0);
	demand(media_receiver_create(&key, &line->receiver) == 0);
	while (line->bytes.left > 0 && line->key < 255) {
		act(line);
	}
	media_receiver_destroy(line->receiver);
	media_sender_destroy(line->sender);
	free(line);
	return 0;
}
