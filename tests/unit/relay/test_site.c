/* A site for relay tests: see test_site.h. */
#include "tests/unit/relay/test_site.h"

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

#include "proto/media/ntp.h"

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
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	assert_int_equal(connect(fd, (struct sockaddr *)&relay, sizeof(relay)), 0);
	return fd;
}

struct test_site *test_site_create(uint16_t number, uint16_t relay_port)
{
	struct test_site *test_site = calloc(1, sizeof(*test_site));
	assert_non_null(test_site);
	test_site->number = number;
	test_site->relay_port = relay_port;
	test_site->fd = open_socket(relay_port);
	assert_int_equal(media_key_make(&test_site->key), 0);
	assert_int_equal(media_sender_create(&test_site->key, &test_site->sender), 0);
	return test_site;
}

void test_site_destroy(struct test_site *test_site)
{
	if (test_site) {
		close(test_site->fd);
		media_sender_destroy(test_site->sender);
		media_receiver_destroy(test_site->receiver);
		free(test_site);
	}
}

void test_site_take_key(struct test_site *test_site, const char *key_text)
{
	struct media_key key;
	assert_int_equal(media_key_from_text(key_text, &key), 0);
	if (!test_site->receiver) {
		assert_int_equal(media_receiver_create(&key, &test_site->receiver), 0);
	} else {
		assert_int_equal(media_receiver_add_key(test_site->receiver, &key), 0);
	}
}

void test_site_send_raw(struct test_site *test_site, const void *data, size_t size)
{
	assert_int_equal(send(test_site->fd, data, size, 0), size);
	test_site->sent_bytes += size;
}

void test_site_move(struct test_site *test_site)
{
	int before = test_site->fd; /* closed last, so that the new socket does not get its
				     * address */
	test_site->fd = open_socket(test_site->relay_port);
	close(before);
}

static void send_rtcp(struct test_site *test_site, struct rtcp_writer *writer, size_t capacity)
{
	size_t size = writer->size;
	assert_int_equal(media_sender_rtcp(test_site->sender, writer->data, &size, capacity), 0);
	test_site_send_raw(test_site, writer->data, size);
}

size_t test_site_seal_keepalive(struct test_site *test_site, uint8_t *data, size_t capacity)
{
	struct rtcp_writer writer = {data, capacity - MEDIA_RTCP_OVERHEAD, 0};
	assert_int_equal(rtcp_put_keepalive(&writer, test_site->number), 0);
	size_t size = writer.size;
	assert_int_equal(media_sender_rtcp(test_site->sender, data, &size, capacity), 0);
	return size;
}

void test_site_keepalive(struct test_site *test_site)
{
	_Alignas(8) uint8_t data[64];
	test_site_send_raw(
		test_site, data, test_site_seal_keepalive(test_site, data, sizeof(data)));
}

void test_site_send(struct test_site *test_site, enum media_source source, uint32_t frame,
	bool keyframe, uint32_t timestamp, int64_t ntp_us)
{
	_Alignas(8) uint8_t data[TEST_SITE_PACKET_MAX];
	uint16_t stream = media_uplink_stream(test_site->number, source);
	uint16_t sequence = test_site->next[source]++;
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
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), 0);
	data[size++] = keyframe ? KEYFRAME_NAL : OTHER_NAL;
	memcpy(data + size, &frame, sizeof(frame));
	size += sizeof(frame);
	memset(data + size, 0xA5, test_site->padding);
	size += test_site->padding;
	assert_int_equal(media_sender_rtp(test_site->sender, data, &size, sizeof(data)), 0);
	size_t at = sequence % TEST_SITE_SENT_MAX;
	test_site->sent[at].stream = stream;
	test_site->sent[at].sequence = sequence;
	test_site->sent[at].size = size;
	memcpy(test_site->sent[at].data, data, size);
	if (!test_site->lose_sent) {
		test_site_send_raw(test_site, data, size);
	}
}

void test_site_ask(struct test_site *test_site, uint16_t slot, const uint16_t *sequences, size_t n)
{
	_Alignas(8) uint8_t data[1024];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	uint32_t sender = media_feedback_ssrc(test_site->number, slot);
	assert_int_equal(rtcp_put_rr(&writer, sender, NULL, 0), 0);
	assert_int_equal(rtcp_put_nack(&writer, sender, media_slot_stream(slot), sequences, n), 0);
	send_rtcp(test_site, &writer, sizeof(data));
}

void test_site_want_keyframe(struct test_site *test_site, uint16_t slot)
{
	_Alignas(8) uint8_t data[64];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	uint32_t sender = media_feedback_ssrc(test_site->number, slot);
	assert_int_equal(rtcp_put_pli(&writer, sender, media_slot_stream(slot)), 0);
	send_rtcp(test_site, &writer, sizeof(data));
}

static void answer(struct test_site *test_site, const struct rtcp_message *nack)
{
	uint16_t sequences[RTCP_NACK_MAX];
	size_t n = rtcp_nack_list(nack, sequences, RTCP_NACK_MAX);
	test_site->asked += n;
	for (size_t i = 0; i < n; i++) {
		size_t at = sequences[i] % TEST_SITE_SENT_MAX;
		if (test_site->sent[at].size > 0 && test_site->sent[at].sequence == sequences[i] &&
			test_site->sent[at].stream == media_stream_of(nack->media)) {
			test_site_send_raw(
				test_site, test_site->sent[at].data, test_site->sent[at].size);
		}
	}
}

static void answer_challenge(struct test_site *test_site, const struct rtcp_message *challenge)
{
	_Alignas(8) uint8_t data[128];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	uint32_t own = media_feedback_ssrc(test_site->number, MEDIA_SLOT_NONE);
	test_site->challenges++;
	assert_true(challenge->media == own);
	if (!test_site->silent) {
		assert_int_equal(rtcp_put_rr(&writer, own, NULL, 0), 0);
		assert_int_equal(
			rtcp_put_path_response(&writer, own, MEDIA_RELAY_STREAM, challenge->token),
			0);
		send_rtcp(test_site, &writer, sizeof(data));
	}
}

static void handle_message(struct test_site *test_site, const struct rtcp_message *message)
{
	uint16_t sender = media_stream_of(message->sender);
	uint16_t slot = media_stream_slot(sender);
	if (message->kind == RTCP_SR && slot < TEST_SITE_SLOTS) {
		test_site->reports[slot]++;
		test_site->report[slot] = message->sr;
	} else if (message->kind == RTCP_RR && sender == MEDIA_RELAY_STREAM) {
		test_site->receiver_reports++;
	} else if (message->kind == RTCP_PLI) {
		assert_int_equal(
			media_stream_site(media_stream_of(message->media)), test_site->number);
		test_site->keyframes_wanted[media_stream_source(media_stream_of(message->media))]++;
	} else if (message->kind == RTCP_PATH_CHALLENGE) {
		answer_challenge(test_site, message);
	} else if (message->kind == RTCP_NACK) {
		answer(test_site, message);
	}
}

static void take_rtcp(struct test_site *test_site, uint8_t *data, size_t size)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		handle_message(test_site, &message);
	}
}

static void take_rtp(struct test_site *test_site, uint16_t epoch, const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	assert_true(packet.payload_size >= STAMP);
	struct test_site_got *got = &test_site->got[test_site->n_got++ % TEST_SITE_GOT_MAX];
	*got = (struct test_site_got){
		.slot = media_stream_slot(media_stream_of(packet.header.ssrc)),
		.sequence = packet.header.sequence,
		.epoch = epoch,
		.timestamp = packet.header.timestamp,
		.site = packet.header.n_csrc == 1 ? packet.header.csrc[0] : 0,
		.keyframe = packet.payload[0] == KEYFRAME_NAL,
		.marker = packet.header.marker,
		.payload = packet.payload_size,
	};
	memcpy(&got->frame, packet.payload + 1, sizeof(got->frame));
}

static void take(struct test_site *test_site, uint8_t *data, size_t size)
{
	bool rtcp = rtp_is_rtcp(data, size);
	uint32_t ssrc = 0;
	assert_int_equal(media_peek_ssrc(data, size, &ssrc), 0);
	test_site->arrived += !rtcp;
	if (!test_site->receiver || (!rtcp && test_site->lose_every &&
					    test_site->arrived % test_site->lose_every == 0)) {
		return;
	}
	int r = rtcp ? media_receiver_rtcp(test_site->receiver, data, &size, clock_us())
		     : media_receiver_rtp(test_site->receiver, data, &size, clock_us());
	if (r != 0) {
		test_site->refused++;
	} else if (rtcp) {
		take_rtcp(test_site, data, size);
	} else {
		take_rtp(test_site, media_epoch_of(ssrc), data, size);
	}
}

size_t test_site_receive(struct test_site *test_site, int wait_ms)
{
	_Alignas(8) uint8_t data[2048];
	struct pollfd fd = {test_site->fd, POLLIN, 0};
	size_t n = 0;
	if (poll(&fd, 1, wait_ms) <= 0) {
		return 0;
	}
	ssize_t size;
	while ((size = recv(test_site->fd, data, sizeof(data), MSG_DONTWAIT)) > 0) {
		test_site->bytes += (uint64_t)size;
		take(test_site, data, (size_t)size);
		n++;
	}
	return n;
}

const struct test_site_got *test_site_latest(const struct test_site *test_site, size_t back)
{
	assert_true(test_site->n_got > back);
	return &test_site->got[(test_site->n_got - 1 - back) % TEST_SITE_GOT_MAX];
}
