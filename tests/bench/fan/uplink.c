/* The speaking site's pictures, and the sign of life of every receiver. */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "tests/bench/fan/fan.h"

enum { SPEAKER = 1, NTP_BASE_US = 1000000, KEEPALIVE_NS = 1000000000 };

struct fan_uplink {
	const struct fan_options *options;
	struct fan_sink *sink;
	struct sockaddr_in relay;
	int fd;
	struct media_sender *speaker;
	struct media_sender *receivers[FAN_RECEIVERS_MAX];
	struct media_receiver *group; /* what all receivers are sent; NULL where it is not ours */
	uint16_t sequence;
	uint16_t shift; /* the relay's number less ours */
	uint64_t packets;
	int64_t kept_ns;
};

struct media_key fan_key(size_t site_number)
{
	struct media_key key = {{0xBE}};
	memcpy(key.bytes + 1, &site_number, sizeof site_number);
	return key;
}

uint32_t fan_receiver_address(size_t i)
{
	return 0x7F010000U + (uint32_t)(i / 250) * 256 + (uint32_t)(i % 250) + 1;
}

static struct media_sender *make_sender(size_t site_number)
{
	struct media_key key = fan_key(site_number);
	struct media_sender *sender = NULL;
	if (media_sender_create(&key, &sender)) {
		abort();
	}
	return sender;
}

struct fan_uplink *fan_uplink_create(
	const struct fan_options *options, const struct fan_shared *shared, struct fan_sink *sink)
{
	struct fan_uplink *uplink = calloc(1, sizeof *uplink);
	if (!uplink) {
		abort();
	}
	uplink->options = options;
	uplink->sink = sink;
	uplink->relay.sin_family = AF_INET;
	uplink->relay.sin_port =
		htons(options->what == FAN_OTHER ? options->uplink_port : shared->relay_port);
	uplink->relay.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	uplink->fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (connect(uplink->fd, (struct sockaddr *)&uplink->relay, sizeof uplink->relay)) {
		abort();
	}
	uplink->speaker = make_sender(SPEAKER);
	struct media_key group;
	if (options->what == FAN_RELAY && (media_key_from_text(shared->group_key, &group) ||
						  media_receiver_create(&group, &uplink->group))) {
		abort();
	}
	for (size_t i = 0; i < options->receivers; i++) {
		uplink->receivers[i] = make_sender(SPEAKER + 1 + i);
	}
	return uplink;
}

void fan_uplink_destroy(struct fan_uplink *uplink)
{
	media_sender_destroy(uplink->speaker);
	media_receiver_destroy(uplink->group);
	for (size_t i = 0; i < uplink->options->receivers; i++) {
		media_sender_destroy(uplink->receivers[i]);
	}
	close(uplink->fd);
	free(uplink);
}

/* From the receiver's own address, though all share the sink's socket. */
static void send_as(struct fan_uplink *uplink, size_t receiver, void *data, size_t size)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
	struct iovec vector = {data, size};
	struct msghdr message = {.msg_name = &uplink->relay,
		.msg_namelen = sizeof uplink->relay,
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	struct in_pktinfo info = {.ipi_spec_dst.s_addr = htonl(fan_receiver_address(receiver))};
	header->cmsg_level = IPPROTO_IP;
	header->cmsg_type = IP_PKTINFO;
	header->cmsg_len = CMSG_LEN(sizeof info);
	memcpy(CMSG_DATA(header), &info, sizeof info);
	sendmsg(fan_sink_fd(uplink->sink), &message, 0);
}

/* RTCP of a receiver, from the receiver's own address. */
static void send_rtcp_as(
	struct fan_uplink *uplink, size_t receiver, struct rtcp_writer *writer, size_t capacity)
{
	size_t size = writer->size;
	media_sender_rtcp(uplink->receivers[receiver], writer->data, &size, capacity);
	send_as(uplink, receiver, writer->data, size);
}

static void send_as_speaker(struct fan_uplink *uplink, struct rtcp_writer *writer, size_t capacity)
{
	size_t size = writer->size;
	media_sender_rtcp(uplink->speaker, writer->data, &size, capacity);
	sendto(uplink->fd, writer->data, size, 0, (const struct sockaddr *)&uplink->relay,
		sizeof uplink->relay);
}

static void answer_challenge(struct fan_uplink *uplink, const struct rtcp_message *challenge)
{
	_Alignas(8) uint8_t data[FAN_RTCP_SIZE];
	struct rtcp_writer writer = {data, sizeof data - MEDIA_RTCP_OVERHEAD, 0};
	size_t site = media_stream_site(media_stream_of(challenge->media));
	if (challenge->kind != RTCP_PATH_CHALLENGE || site < SPEAKER ||
		site > SPEAKER + uplink->options->receivers) {
		return;
	}
	rtcp_put_rr(&writer, challenge->media, NULL, 0);
	rtcp_put_path_response(&writer, challenge->media, MEDIA_RELAY_STREAM, challenge->token);
	if (site == SPEAKER) {
		send_as_speaker(uplink, &writer, sizeof data);
	} else {
		send_rtcp_as(uplink, site - SPEAKER - 1, &writer, sizeof data);
	}
}

static void take_letter(struct fan_uplink *uplink, uint8_t *data, size_t size)
{
	struct rtcp_message message;
	if (!rtp_is_rtcp(data, size) ||
		media_receiver_rtcp(uplink->group, data, &size, fan_clock_ns() / 1000)) {
		return;
	}
	struct rtcp_reader reader = {data, size, 0};
	while (rtcp_next(&reader, &message) == 0) {
		answer_challenge(uplink, &message);
	}
}

/* Who does not answer is sent nothing, and a speaker is asked a hundred times a second. */
static void answer_challenges(struct fan_uplink *uplink)
{
	_Alignas(8) uint8_t data[FAN_RTCP_SIZE];
	size_t size;
	if (!uplink->group) {
		return;
	}
	while ((size = fan_sink_rtcp(uplink->sink, data)) > 0) {
		take_letter(uplink, data, size);
	}
	ssize_t n;
	while ((n = recv(uplink->fd, data, sizeof data, MSG_DONTWAIT)) > 0) {
		take_letter(uplink, data, (size_t)n);
	}
}

static void keep_alive(struct fan_uplink *uplink, int64_t now_ns, bool all)
{
	/* A part of them each time, so that the relay is not measured answering a crowd at once. */
	static size_t next;
	if (uplink->options->what == FAN_OTHER) {
		return; /* it knows its receivers from elsewhere */
	}
	size_t n = all ? uplink->options->receivers : uplink->options->receivers / 40 + 1;
	if (!all && now_ns - uplink->kept_ns < KEEPALIVE_NS / 10) {
		return;
	}
	uplink->kept_ns = now_ns;
	for (size_t i = 0; i < n; i++) {
		_Alignas(8) uint8_t data[64];
		struct rtcp_writer writer = {data, sizeof data, 0};
		next = (next + 1) % uplink->options->receivers;
		rtcp_put_keepalive(&writer, (uint16_t)(SPEAKER + 1 + next));
		send_rtcp_as(uplink, next, &writer, sizeof data);
		if (i % 64 == 63) {
			answer_challenges(uplink);
			nanosleep(&(struct timespec){0, 1000000}, NULL);
		}
	}
}

/* Encrypted for the relay; another server is spared that. */
static void protect(struct fan_uplink *uplink, uint8_t *data, size_t *size, size_t capacity)
{
	if (uplink->options->what == FAN_OTHER) {
		rtp_set_ssrc(data, FAN_OTHER_SSRC);
	} else {
		media_sender_rtp(uplink->speaker, data, size, capacity);
	}
}

static void send_packet(struct fan_uplink *uplink, bool keyframe, bool last)
{
	_Alignas(8) uint8_t data[FAN_PACKET + 64] = {0};
	struct rtp_header header = {.marker = last,
		.payload_type = MEDIA_PT_H264,
		.sequence = uplink->sequence++,
		.timestamp = (uint32_t)(uplink->packets / FAN_FRAME * 3600),
		.ssrc = media_uplink_stream(SPEAKER, MEDIA_CAMERA)};
	size_t size = 0;
	rtp_build(&header, data, sizeof data, &size);
	data[size] = keyframe ? 0x67 : 0x41;
	size = FAN_PACKET;
	protect(uplink, data, &size, sizeof data);
	fan_sink_note(uplink->sink, (uint16_t)(header.sequence + uplink->shift), fan_clock_ns());
	send(uplink->fd, data, size, 0);
	uplink->packets++;
}

static void send_frame(struct fan_uplink *uplink, bool keyframe)
{
	for (int i = 0; i < FAN_FRAME; i++) {
		send_packet(uplink, keyframe && i == 0, i == FAN_FRAME - 1);
	}
}

bool fan_uplink_begin(struct fan_uplink *uplink)
{
	keep_alive(uplink, fan_clock_ns(), true);
	for (int attempt = 0; attempt < 50; attempt++) {
		uint16_t newest;
		answer_challenges(uplink);
		send_frame(uplink, true);
		nanosleep(&(struct timespec){0, 100000000}, NULL);
		if (fan_sink_newest(uplink->sink, &newest)) {
			uplink->shift = (uint16_t)(newest - (uplink->sequence - 1));
			return true;
		}
	}
	return false;
}

static void wait_until(int64_t ns)
{
	struct timespec until = {ns / 1000000000, ns % 1000000000};
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

/* As far ahead of what has arrived as allowed: the relay always has something to do. */
static void wait_for_relay(const struct fan_uplink *uplink, int64_t end_ns)
{
	uint16_t newest = 0;
	uint16_t sent = (uint16_t)(uplink->sequence + uplink->shift);
	int ahead = uplink->options->what == FAN_OTHER ? FAN_OTHER_AHEAD : FAN_AHEAD;
	int64_t stalled_ns = fan_clock_ns() + FAN_STALLED_NS;
	end_ns = end_ns < stalled_ns ? end_ns : stalled_ns;
	while (fan_sink_newest(uplink->sink, &newest) && seq_distance(newest, sent) > ahead &&
		fan_clock_ns() < end_ns) {
		nanosleep(&(struct timespec){0, FAN_PAUSE_NS}, NULL);
	}
}

uint64_t fan_uplink_run(struct fan_uplink *uplink, double seconds)
{
	int64_t now_ns = fan_clock_ns();
	int64_t end_ns = now_ns + (int64_t)(seconds * 1e9);
	int64_t step_ns =
		uplink->options->megabits > 0
			? (int64_t)(FAN_FRAME * FAN_PACKET * 8 * 1e3 / uplink->options->megabits)
			: 0;
	uint64_t before = uplink->packets;
	for (int64_t due_ns = now_ns; (now_ns = fan_clock_ns()) < end_ns; due_ns += step_ns) {
		send_frame(uplink, false);
		keep_alive(uplink, now_ns, false);
		answer_challenges(uplink);
		if (step_ns > 0) {
			wait_until(due_ns + step_ns);
		} else {
			wait_for_relay(uplink, end_ns);
		}
	}
	return uplink->packets - before;
}
