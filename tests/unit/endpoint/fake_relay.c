/* One thread, one socket, one lock. */
#include "tests/unit/endpoint/fake_relay.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/rtx_buffer.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"

enum {
	RTX_PACKETS = 512, /* of a slot */
	POLL_MS = 20,
	REPORT_MS = 500,
	PACKET = 1600,
};

struct site {
	uint16_t number;
	struct media_receiver *receiver;
	struct sockaddr_in at;
	bool known;
};

struct fed {
	uint16_t number;
	enum media_source source;
	uint16_t sequence;
	struct rtx_buffer *rtx;
	uint32_t reported; /* middle 32 bits of the NTP time of its latest sender report */
	int64_t reported_us;
};

struct fake_relay {
	int socket;
	pthread_t thread;
	pthread_mutex_t lock;
	bool stopping;
	char address[32];
	struct media_key key;
	char key_text[MEDIA_KEY_TEXT + 1];
	struct media_sender *sender;
	struct site sites[FAKE_RELAY_SITES];
	size_t n_sites;
	struct fed slots[FAKE_RELAY_SLOTS];
	unsigned loss_percent;
	unsigned loss_due; /* percent of a packet */
	bool ignores_feedback;
	int64_t report_ms;
	struct fake_relay_figures figures;
};

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t now_ms(void)
{
	return now_us() / 1000;
}

static void send_all(struct fake_relay *fake_relay, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < fake_relay->n_sites; i++) {
		if (fake_relay->sites[i].known) {
			sendto(fake_relay->socket, data, size, 0,
				(const struct sockaddr *)(const void *)&fake_relay->sites[i].at,
				sizeof(fake_relay->sites[i].at));
		}
	}
}

static void pass_on(struct fake_relay *fake_relay, unsigned slot, const struct rtp_packet *packet)
{
	_Alignas(8) uint8_t data[PACKET];
	struct fed *fed = &fake_relay->slots[slot];
	struct rtp_header header = packet->header;
	header.ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot));
	header.sequence = fed->sequence++;
	header.n_csrc = 1;
	header.csrc[0] = fed->number;
	header.has_ntp = false;
	size_t size;
	if (rtp_build(&header, data, PACKET, &size) != 0) {
		return;
	}
	memcpy(data + size, packet->payload, packet->payload_size);
	size += packet->payload_size;
	if (media_sender_rtp(fake_relay->sender, data, &size, PACKET) != 0) {
		return;
	}
	rtx_buffer_put(fed->rtx, header.sequence, data, size);
	fake_relay->loss_due += fake_relay->loss_percent;
	if (fake_relay->loss_due >= 100) {
		fake_relay->loss_due -= 100;
		fake_relay->figures.lost++;
		return;
	}
	fake_relay->figures.sent++;
	send_all(fake_relay, data, size);
}

static void record_captured(struct fake_relay *fake_relay, const struct rtp_header *header)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t off_us = llabs(now.tv_sec * 1000000 + now.tv_nsec / 1000 - ntp_to_us(header->ntp));
	struct fake_relay_figures *figures = &fake_relay->figures;
	figures->with_ntp++;
	figures->captured_off_us =
		off_us > figures->captured_off_us ? off_us : figures->captured_off_us;
}

static void take_rtp(struct fake_relay *fake_relay, const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) != 0) {
		return;
	}
	uint16_t stream = media_stream_of(packet.header.ssrc);
	fake_relay->figures.received++;
	if (packet.header.has_ntp) {
		record_captured(fake_relay, &packet.header);
	}
	for (unsigned slot = 0; slot < FAKE_RELAY_SLOTS; slot++) {
		const struct fed *fed = &fake_relay->slots[slot];
		if (fed->number == media_stream_site(stream) && fed->number != 0 &&
			fed->source == media_stream_source(stream)) {
			pass_on(fake_relay, slot, &packet);
		}
	}
}

static void send_protected(struct fake_relay *fake_relay, struct rtcp_writer *writer)
{
	size_t size = writer->size;
	if (media_sender_rtcp(fake_relay->sender, writer->data, &size, PACKET) == 0) {
		send_all(fake_relay, writer->data, size);
	}
}

static void ask_source(struct fake_relay *fake_relay, const struct fed *fed)
{
	_Alignas(8) uint8_t data[PACKET];
	struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
	fake_relay->figures.plis++;
	rtcp_put_pli(&writer, media_ssrc(0, MEDIA_RELAY_STREAM),
		media_ssrc(0, media_uplink_stream(fed->number, fed->source)));
	send_protected(fake_relay, &writer);
}

static void handle_feedback(struct fake_relay *fake_relay, const struct rtcp_message *message)
{
	unsigned slot = media_stream_slot(media_stream_of(message->media));
	if (!media_stream_is_slot(media_stream_of(message->media)) || slot >= FAKE_RELAY_SLOTS) {
		return;
	}
	if (message->kind == RTCP_PLI && fake_relay->slots[slot].number) {
		ask_source(fake_relay, &fake_relay->slots[slot]);
	} else if (message->kind == RTCP_NACK) {
		uint16_t wanted[RTCP_NACK_MAX];
		size_t n = rtcp_nack_list(message, wanted, RTCP_NACK_MAX);
		for (size_t i = 0; i < n; i++) {
			const struct rtx_packet *kept =
				rtx_buffer_find(fake_relay->slots[slot].rtx, wanted[i]);
			if (kept) {
				fake_relay->figures.repaired++;
				send_all(fake_relay, kept->data, kept->size);
			}
		}
	}
}

/* Slots keep their sources' timestamps, so a source's report is valid for its slot. */
static void pass_report(struct fake_relay *fake_relay, const struct rtcp_message *message)
{
	uint16_t stream = media_stream_of(message->sender);
	for (unsigned slot = 0; slot < FAKE_RELAY_SLOTS; slot++) {
		struct fed *fed = &fake_relay->slots[slot];
		_Alignas(8) uint8_t data[PACKET];
		struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
		if (fed->number == media_stream_site(stream) && fed->number != 0 &&
			fed->source == media_stream_source(stream)) {
			fed->reported = ntp_middle(message->sr.ntp);
			fed->reported_us = now_us();
			rtcp_put_sr(
				&writer, media_slot_stream((uint16_t)slot), &message->sr, NULL, 0);
			send_protected(fake_relay, &writer);
		}
	}
}

static void handle_blocks(struct fake_relay *fake_relay, const struct rtcp_message *message)
{
	for (size_t i = 0; i < message->n_blocks; i++) {
		const struct rtcp_block *block = &message->blocks[i];
		unsigned slot = media_stream_slot(media_stream_of(block->ssrc));
		if (slot < FAKE_RELAY_SLOTS && block->last_sr != 0 &&
			block->last_sr == fake_relay->slots[slot].reported) {
			fake_relay->figures.blocks++;
			fake_relay->figures.round_trip_us = now_us() -
							    fake_relay->slots[slot].reported_us -
							    (int64_t)block->delay * 1000000 / 65536;
		}
	}
}

/* Every site has a token of its own, which it cannot compute. */
static uint64_t token_of(uint32_t feedback)
{
	return 0x5EC2E7ULL << 32 | feedback;
}

static void handle_response(struct fake_relay *fake_relay, const struct rtcp_message *response)
{
	bool right = response->media == MEDIA_RELAY_STREAM &&
		     response->token == token_of(response->sender);
	fake_relay->figures.responses += right;
	fake_relay->figures.responses_amiss += !right;
}

static void handle_message(struct fake_relay *fake_relay, const struct rtcp_message *message)
{
	if (message->kind == RTCP_SR) {
		pass_report(fake_relay, message);
	} else if (message->kind == RTCP_PATH_RESPONSE) {
		handle_response(fake_relay, message);
	} else if (message->kind == RTCP_RR) {
		handle_blocks(fake_relay, message);
	} else if (!fake_relay->ignores_feedback) {
		handle_feedback(fake_relay, message);
	}
}

static struct site *site_of(struct fake_relay *fake_relay, const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (media_peek_ssrc(data, size, &ssrc) == 0) {
		for (size_t i = 0; i < fake_relay->n_sites; i++) {
			if (fake_relay->sites[i].number ==
				media_stream_site(media_stream_of(ssrc))) {
				return &fake_relay->sites[i];
			}
		}
	}
	return NULL;
}

static void take(
	struct fake_relay *fake_relay, uint8_t *data, size_t size, const struct sockaddr_in *from)
{
	struct site *site = site_of(fake_relay, data, size);
	if (!site) {
		return;
	}
	bool rtcp = rtp_is_rtcp(data, size);
	int r = rtcp ? media_receiver_rtcp(site->receiver, data, &size, now_ms() * 1000)
		     : media_receiver_rtp(site->receiver, data, &size, now_ms() * 1000);
	if (r != 0) {
		return;
	}
	site->at = *from;
	site->known = true;
	if (!rtcp) {
		take_rtp(fake_relay, data, size);
		return;
	}
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		handle_message(fake_relay, &message);
	}
}

/* All sites get all challenges: each must answer only its own. */
static void put_challenges(struct fake_relay *fake_relay, struct rtcp_writer *writer)
{
	for (size_t i = 0; i <= fake_relay->n_sites; i++) {
		uint16_t number =
			i < fake_relay->n_sites ? fake_relay->sites[i].number : MEDIA_SITE_MAX;
		uint32_t feedback = media_feedback_ssrc(number, MEDIA_SLOT_NONE);
		rtcp_put_path_challenge(writer, MEDIA_RELAY_STREAM, feedback, token_of(feedback));
	}
	fake_relay->figures.challenges++;
}

/* An empty report of any slot keeps the path proven. */
static void report(struct fake_relay *fake_relay)
{
	_Alignas(8) uint8_t data[PACKET];
	struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
	if (now_ms() < fake_relay->report_ms) {
		return;
	}
	fake_relay->report_ms = now_ms() + REPORT_MS;
	rtcp_put_rr(&writer, media_ssrc(0, MEDIA_RELAY_STREAM), NULL, 0);
	put_challenges(fake_relay, &writer);
	send_protected(fake_relay, &writer);
}

static void *run(void *argument)
{
	struct fake_relay *fake_relay = argument;
	struct pollfd fd = {.fd = fake_relay->socket, .events = POLLIN};
	for (;;) {
		_Alignas(8) uint8_t data[PACKET];
		struct sockaddr_in from;
		socklen_t from_size = sizeof(from);
		poll(&fd, 1, POLL_MS);
		ssize_t got = recvfrom(fake_relay->socket, data, sizeof(data), MSG_DONTWAIT,
			(struct sockaddr *)(void *)&from, &from_size);
		pthread_mutex_lock(&fake_relay->lock);
		bool stopping = fake_relay->stopping;
		if (got > 0) {
			take(fake_relay, data, (size_t)got, &from);
		}
		report(fake_relay);
		pthread_mutex_unlock(&fake_relay->lock);
		if (stopping) {
			return NULL;
		}
	}
}

struct fake_relay *fake_relay_create(void)
{
	struct fake_relay *fake_relay = calloc(1, sizeof(*fake_relay));
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7F000001)};
	socklen_t size = sizeof(at);
	media_key_make(&fake_relay->key);
	media_key_to_text(&fake_relay->key, fake_relay->key_text);
	media_sender_create(&fake_relay->key, &fake_relay->sender);
	for (unsigned slot = 0; slot < FAKE_RELAY_SLOTS; slot++) {
		rtx_buffer_create(RTX_PACKETS, &fake_relay->slots[slot].rtx);
		fake_relay->slots[slot].sequence = (uint16_t)(65500 + slot);
	}
	fake_relay->socket = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(fake_relay->socket, (const struct sockaddr *)(const void *)&at, sizeof(at)) != 0) {
		abort();
	}
	getsockname(fake_relay->socket, (struct sockaddr *)(void *)&at, &size);
	snprintf(fake_relay->address, sizeof(fake_relay->address), "127.0.0.1:%u",
		(unsigned)ntohs(at.sin_port));
	pthread_mutex_init(&fake_relay->lock, NULL);
	pthread_create(&fake_relay->thread, NULL, run, fake_relay);
	return fake_relay;
}

void fake_relay_destroy(struct fake_relay *fake_relay)
{
	pthread_mutex_lock(&fake_relay->lock);
	fake_relay->stopping = true;
	pthread_mutex_unlock(&fake_relay->lock);
	pthread_join(fake_relay->thread, NULL);
	close(fake_relay->socket);
	for (unsigned slot = 0; slot < FAKE_RELAY_SLOTS; slot++) {
		rtx_buffer_destroy(fake_relay->slots[slot].rtx);
	}
	for (size_t i = 0; i < fake_relay->n_sites; i++) {
		media_receiver_destroy(fake_relay->sites[i].receiver);
	}
	media_sender_destroy(fake_relay->sender);
	pthread_mutex_destroy(&fake_relay->lock);
	free(fake_relay);
}

const char *fake_relay_address(const struct fake_relay *fake_relay)
{
	return fake_relay->address;
}

const char *fake_relay_group_key(const struct fake_relay *fake_relay)
{
	return fake_relay->key_text;
}

void fake_relay_site(struct fake_relay *fake_relay, uint16_t number, const char *uplink_key)
{
	struct media_key key;
	struct media_receiver *receiver;
	if (media_key_from_text(uplink_key, &key) != 0 ||
		media_receiver_create(&key, &receiver) != 0) {
		abort();
	}
	pthread_mutex_lock(&fake_relay->lock);
	fake_relay->sites[fake_relay->n_sites++] =
		(struct site){.number = number, .receiver = receiver};
	pthread_mutex_unlock(&fake_relay->lock);
}

void fake_relay_route(
	struct fake_relay *fake_relay, unsigned slot, uint16_t number, enum media_source source)
{
	pthread_mutex_lock(&fake_relay->lock);
	fake_relay->slots[slot].number = number;
	fake_relay->slots[slot].source = source;
	if (number && source != MEDIA_VOICE) {
		ask_source(fake_relay, &fake_relay->slots[slot]);
	}
	pthread_mutex_unlock(&fake_relay->lock);
}

void fake_relay_ask_again(struct fake_relay *fake_relay, uint16_t number, enum media_source source,
	uint16_t sequence, unsigned times)
{
	pthread_mutex_lock(&fake_relay->lock);
	for (unsigned i = 0; i < times; i++) {
		_Alignas(8) uint8_t data[PACKET];
		struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
		rtcp_put_nack(&writer, media_ssrc(0, MEDIA_RELAY_STREAM),
			media_ssrc(0, media_uplink_stream(number, source)), &sequence, 1);
		send_protected(fake_relay, &writer);
	}
	pthread_mutex_unlock(&fake_relay->lock);
}

void fake_relay_lose(struct fake_relay *fake_relay, unsigned percent)
{
	pthread_mutex_lock(&fake_relay->lock);
	fake_relay->loss_percent = percent;
	pthread_mutex_unlock(&fake_relay->lock);
}

void fake_relay_ignore_feedback(struct fake_relay *fake_relay, bool ignores_feedback)
{
	pthread_mutex_lock(&fake_relay->lock);
	fake_relay->ignores_feedback = ignores_feedback;
	pthread_mutex_unlock(&fake_relay->lock);
}

void fake_relay_figures(struct fake_relay *fake_relay, struct fake_relay_figures *ret_figures)
{
	pthread_mutex_lock(&fake_relay->lock);
	*ret_figures = fake_relay->figures;
	pthread_mutex_unlock(&fake_relay->lock);
}
