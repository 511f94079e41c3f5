/* A site for relay tests: see peer.h. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/relay/peer.h"

enum { STAMP = 5, KEYFRAME_NAL = 0x67, OTHER_NAL = 0x41, RECEIVE_BUFFER = 4 * 1024 * 1024 };

static int64_t clock_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int open_socket(uint16_t relay_port)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int size = RECEIVE_BUFFER;
	struct sockaddr_in relay = {.sin_family = AF_INET, .sin_port = htons(relay_port)};
	relay.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	assert_int_equal(connect(fd, (struct sockaddr *)&relay, sizeof relay), 0);
	return fd;
}

struct peer *peer_create(uint16_t number, uint16_t relay_port)
{
	struct peer *peer = calloc(1, sizeof *peer);
	assert_non_null(peer);
	peer->number = number;
	peer->relay_port = relay_port;
	peer->fd = open_socket(relay_port);
	assert_int_equal(media_key_make(&peer->key), 0);
	assert_int_equal(media_sender_create(&peer->key, &peer->sender), 0);
	return peer;
}

void peer_destroy(struct peer *peer)
{
	if (peer) {
		close(peer->fd);
		media_sender_destroy(peer->sender);
		media_receiver_destroy(peer->receiver);
		free(peer);
	}
}

void peer_take_key(struct peer *peer, const char *key_text)
{
	struct media_key key;
	assert_int_equal(media_key_from_text(key_text, &key), 0);
	if (!peer->receiver) {
		assert_int_equal(media_receiver_create(&key, &peer->receiver), 0);
	} else {
		assert_int_equal(media_receiver_add_key(peer->receiver, &key), 0);
	}
}

void peer_send_raw(struct peer *peer, const void *data, size_t size)
{
	assert_int_equal(send(peer->fd, data, size, 0), size);
	peer->sent_bytes += size;
}

void peer_move(struct peer *peer)
{
	int before = peer->fd; /* closed last, or the new one might be given its address */
	peer->fd = open_socket(peer->relay_port);
	close(before);
}

static void send_rtcp(struct peer *peer, struct rtcp_writer *writer, size_t capacity)
{
	size_t size = writer->size;
	assert_int_equal(media_sender_rtcp(peer->sender, writer->data, &size, capacity), 0);
	peer_send_raw(peer, writer->data, size);
}

size_t peer_seal_keepalive(struct peer *peer, uint8_t *data, size_t capacity)
{
	struct rtcp_writer writer = {data, capacity - MEDIA_RTCP_OVERHEAD, 0};
	assert_int_equal(rtcp_put_keepalive(&writer, peer->number), 0);
	size_t size = writer.size;
	assert_int_equal(media_sender_rtcp(peer->sender, data, &size, capacity), 0);
	return size;
}

void peer_keepalive(struct peer *peer)
{
	_Alignas(8) uint8_t data[64];
	peer_send_raw(peer, data, peer_seal_keepalive(peer, data, sizeof data));
}

void peer_send(struct peer *peer, enum media_source source, uint32_t frame, bool keyframe,
	uint32_t timestamp, int64_t ntp_us)
{
	_Alignas(8) uint8_t data[PEER_PACKET_MAX];
	uint16_t stream = media_uplink_stream(peer->number, source);
	uint16_t sequence = peer->next[source]++;
	struct rtp_header header = {
		.marker = true,
		.payload_type = source == MEDIA_VOICE ? MEDIA_PT_OPUS : MEDIA_PT_H264,
		.sequence = sequence,
		.timestamp = timestamp,
		.ssrc = stream,
		.has_ntp = ntp_us != 0,
		.ntp = ntp_from_us(ntp_us),
	};
	size_t size = 0;
	assert_int_equal(rtp_build(&header, data, sizeof data, &size), 0);
	data[size++] = keyframe ? KEYFRAME_NAL : OTHER_NAL;
	memcpy(data + size, &frame, sizeof frame);
	size += sizeof frame;
	memset(data + size, 0xA5, peer->padding);
	size += peer->padding;
	assert_int_equal(media_sender_rtp(peer->sender, data, &size, sizeof data), 0);
	size_t at = sequence % PEER_SENT_MAX;
	peer->sent[at].stream = stream;
	peer->sent[at].sequence = sequence;
	peer->sent[at].size = size;
	memcpy(peer->sent[at].data, data, size);
	if (!peer->lose_sent) {
		peer_send_raw(peer, data, size);
	}
}

void peer_ask(struct peer *peer, uint16_t slot, const uint16_t *sequences, size_t n)
{
	_Alignas(8) uint8_t data[1024];
	struct rtcp_writer writer = {data, sizeof data - MEDIA_RTCP_OVERHEAD, 0};
	uint32_t sender = media_feedback_ssrc(peer->number, slot);
	assert_int_equal(rtcp_put_rr(&writer, sender, NULL, 0), 0);
	assert_int_equal(rtcp_put_nack(&writer, sender, media_slot_stream(slot), sequences, n), 0);
	send_rtcp(peer, &writer, sizeof data);
}

void peer_want_keyframe(struct peer *peer, uint16_t slot)
{
	_Alignas(8) uint8_t data[64];
	struct rtcp_writer writer = {data, sizeof data, 0};
	uint32_t sender = media_feedback_ssrc(peer->number, slot);
	assert_int_equal(rtcp_put_pli(&writer, sender, media_slot_stream(slot)), 0);
	send_rtcp(peer, &writer, sizeof data);
}

static void answer(struct peer *peer, const struct rtcp_message *nack)
{
	uint16_t sequences[RTCP_NACK_MAX];
	size_t n = rtcp_nack_list(nack, sequences, RTCP_NACK_MAX);
	peer->asked += n;
	for (size_t i = 0; i < n; i++) {
		size_t at = sequences[i] % PEER_SENT_MAX;
		if (peer->sent[at].size > 0 && peer->sent[at].sequence == sequences[i] &&
			peer->sent[at].stream == media_stream_of(nack->media)) {
			peer_send_raw(peer, peer->sent[at].data, peer->sent[at].size);
		}
	}
}

static void answer_challenge(struct peer *peer, const struct rtcp_message *challenge)
{
	_Alignas(8) uint8_t data[128];
	struct rtcp_writer writer = {data, sizeof data - MEDIA_RTCP_OVERHEAD, 0};
	uint32_t own = media_feedback_ssrc(peer->number, MEDIA_SLOT_NONE);
	peer->challenges++;
	assert_true(challenge->media == own);
	if (!peer->silent) {
		assert_int_equal(rtcp_put_rr(&writer, own, NULL, 0), 0);
		assert_int_equal(
			rtcp_put_path_response(&writer, own, MEDIA_RELAY_STREAM, challenge->token),
			0);
		send_rtcp(peer, &writer, sizeof data);
	}
}

static void take_message(struct peer *peer, const struct rtcp_message *message)
{
	uint16_t sender = media_stream_of(message->sender);
	uint16_t slot = media_stream_slot(sender);
	if (message->kind == RTCP_SR && slot < PEER_SLOTS) {
		peer->reports[slot]++;
		peer->report[slot] = message->sr;
	} else if (message->kind == RTCP_RR && sender == MEDIA_RELAY_STREAM) {
		peer->receiver_reports++;
	} else if (message->kind == RTCP_PLI) {
		assert_int_equal(media_stream_site(media_stream_of(message->media)), peer->number);
		peer->keyframes_wanted[media_stream_source(media_stream_of(message->media))]++;
	} else if (message->kind == RTCP_PATH_CHALLENGE) {
		answer_challenge(peer, message);
	} else if (message->kind == RTCP_NACK) {
		answer(peer, message);
	}
}

static void take_rtcp(struct peer *peer, uint8_t *data, size_t size)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		take_message(peer, &message);
	}
}

static void take_rtp(struct peer *peer, uint16_t epoch, const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	assert_true(packet.payload_size >= STAMP);
	struct peer_got *got = &peer->got[peer->n_got++ % PEER_GOT_MAX];
	*got = (struct peer_got){
		.slot = media_stream_slot(media_stream_of(packet.header.ssrc)),
		.sequence = packet.header.sequence,
		.epoch = epoch,
		.timestamp = packet.header.timestamp,
		.site = packet.header.n_csrc == 1 ? packet.header.csrc[0] : 0,
		.keyframe = packet.payload[0] == KEYFRAME_NAL,
		.marker = packet.header.marker,
		.payload = packet.payload_size,
	};
	memcpy(&got->frame, packet.payload + 1, sizeof got->frame);
}

static void take(struct peer *peer, uint8_t *data, size_t size)
{
	uint32_t ssrc = 0;
	bool rtcp = rtp_is_rtcp(data, size);
	assert_int_equal(media_peek_ssrc(data, size, &ssrc), 0);
	peer->arrived += !rtcp;
	if (!peer->receiver ||
		(!rtcp && peer->lose_every && peer->arrived % peer->lose_every == 0)) {
		return;
	}
	int refused = rtcp ? media_receiver_rtcp(peer->receiver, data, &size, clock_us())
			   : media_receiver_rtp(peer->receiver, data, &size, clock_us());
	if (refused) {
		peer->refused++;
	} else if (rtcp) {
		take_rtcp(peer, data, size);
	} else {
		take_rtp(peer, media_epoch_of(ssrc), data, size);
	}
}

size_t peer_receive(struct peer *peer, int wait_ms)
{
	_Alignas(8) uint8_t data[2048];
	struct pollfd fd = {peer->fd, POLLIN, 0};
	size_t n = 0;
	if (poll(&fd, 1, wait_ms) <= 0) {
		return 0;
	}
	ssize_t size;
	while ((size = recv(peer->fd, data, sizeof data, MSG_DONTWAIT)) > 0) {
		peer->bytes += (uint64_t)size;
		take(peer, data, (size_t)size);
		n++;
	}
	return n;
}

const struct peer_got *peer_latest(const struct peer *peer, size_t back)
{
	assert_true(peer->n_got > back);
	return &peer->got[(peer->n_got - 1 - back) % PEER_GOT_MAX];
}
