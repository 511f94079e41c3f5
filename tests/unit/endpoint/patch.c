/* One thread, one socket, one lock. */
#include "tests/unit/endpoint/patch.h"

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

#include "endpoint/media/ring.h"
#include "proto/media/receiver.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/sender.h"

enum {
	POLL_MS = 20,
	REPORT_MS = 500,
	PACKET = 1600,
};

struct guest {
	uint16_t number;
	struct media_receiver *receiver;
	struct sockaddr_in at;
	bool known;
};

struct fed {
	uint16_t number;
	enum media_source source;
	uint16_t sequence;
	struct ep_ring *ring;
	uint32_t reported; /* middle of the NTP time of its latest sender report */
	int64_t reported_us;
};

struct patch {
	int socket;
	pthread_t thread;
	pthread_mutex_t lock;
	bool stopping;
	char address[32];
	struct media_key key;
	char key_text[MEDIA_KEY_TEXT + 1];
	struct media_sender *sender;
	struct guest guests[PATCH_SITES];
	size_t n_guests;
	struct fed slots[PATCH_SLOTS];
	unsigned loss_percent;
	unsigned loss_due; /* percent of a packet */
	bool deaf;
	int64_t report_ms;
	struct patch_figures figures;
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

static void send_all(struct patch *patch, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < patch->n_guests; i++) {
		if (patch->guests[i].known) {
			sendto(patch->socket, data, size, 0,
				(const struct sockaddr *)(const void *)&patch->guests[i].at,
				sizeof(patch->guests[i].at));
		}
	}
}

static void pass_on(struct patch *patch, unsigned slot, const struct rtp_packet *packet)
{
	_Alignas(8) uint8_t data[PACKET];
	struct fed *fed = &patch->slots[slot];
	struct rtp_header header = packet->header;
	size_t size;
	header.ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot));
	header.sequence = fed->sequence++;
	header.n_csrc = 1;
	header.csrc[0] = fed->number;
	header.has_ntp = false;
	if (rtp_build(&header, data, PACKET, &size) != 0) {
		return;
	}
	memcpy(data + size, packet->payload, packet->payload_size);
	size += packet->payload_size;
	if (media_sender_rtp(patch->sender, data, &size, PACKET) != 0) {
		return;
	}
	ep_ring_put(fed->ring, header.sequence, data, size);
	patch->loss_due += patch->loss_percent;
	if (patch->loss_due >= 100) {
		patch->loss_due -= 100;
		patch->figures.lost++;
		return;
	}
	patch->figures.sent++;
	send_all(patch, data, size);
}

static void note_captured(struct patch *patch, const struct rtp_header *header)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t off_us = llabs(now.tv_sec * 1000000 + now.tv_nsec / 1000 - ntp_to_us(header->ntp));
	struct patch_figures *figures = &patch->figures;
	figures->with_ntp++;
	figures->captured_off_us =
		off_us > figures->captured_off_us ? off_us : figures->captured_off_us;
}

static void take_rtp(struct patch *patch, const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) != 0) {
		return;
	}
	uint16_t stream = media_stream_of(packet.header.ssrc);
	patch->figures.received++;
	if (packet.header.has_ntp) {
		note_captured(patch, &packet.header);
	}
	for (unsigned slot = 0; slot < PATCH_SLOTS; slot++) {
		const struct fed *fed = &patch->slots[slot];
		if (fed->number == media_stream_site(stream) && fed->number != 0 &&
			fed->source == media_stream_source(stream)) {
			pass_on(patch, slot, &packet);
		}
	}
}

static void send_protected(struct patch *patch, struct rtcp_writer *writer)
{
	size_t size = writer->size;
	if (media_sender_rtcp(patch->sender, writer->data, &size, PACKET) == 0) {
		send_all(patch, writer->data, size);
	}
}

static void ask_source(struct patch *patch, const struct fed *fed)
{
	_Alignas(8) uint8_t data[PACKET];
	struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
	patch->figures.plis++;
	rtcp_put_pli(&writer, media_ssrc(0, MEDIA_RELAY_STREAM),
		media_ssrc(0, media_uplink_stream(fed->number, fed->source)));
	send_protected(patch, &writer);
}

static void take_feedback(struct patch *patch, const struct rtcp_message *message)
{
	unsigned slot = media_stream_slot(media_stream_of(message->media));
	if (!media_stream_is_slot(media_stream_of(message->media)) || slot >= PATCH_SLOTS) {
		return;
	}
	if (message->kind == RTCP_PLI && patch->slots[slot].number) {
		ask_source(patch, &patch->slots[slot]);
	} else if (message->kind == RTCP_NACK) {
		uint16_t wanted[RTCP_NACK_MAX];
		size_t n = rtcp_nack_list(message, wanted, RTCP_NACK_MAX);
		for (size_t i = 0; i < n; i++) {
			size_t size;
			const uint8_t *kept =
				ep_ring_get(patch->slots[slot].ring, wanted[i], &size);
			if (kept) {
				patch->figures.repaired++;
				send_all(patch, kept, size);
			}
		}
	}
}

/* Slots keep their sources' timestamps, so a source's report is true of its slot. */
static void pass_report(struct patch *patch, const struct rtcp_message *message)
{
	uint16_t stream = media_stream_of(message->sender);
	for (unsigned slot = 0; slot < PATCH_SLOTS; slot++) {
		struct fed *fed = &patch->slots[slot];
		_Alignas(8) uint8_t data[PACKET];
		struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
		if (fed->number == media_stream_site(stream) && fed->number != 0 &&
			fed->source == media_stream_source(stream)) {
			fed->reported = ntp_middle(message->sr.ntp);
			fed->reported_us = now_us();
			rtcp_put_sr(
				&writer, media_slot_stream((uint16_t)slot), &message->sr, NULL, 0);
			send_protected(patch, &writer);
		}
	}
}

static void take_blocks(struct patch *patch, const struct rtcp_message *message)
{
	for (size_t i = 0; i < message->n_blocks; i++) {
		const struct rtcp_block *block = &message->blocks[i];
		unsigned slot = media_stream_slot(media_stream_of(block->ssrc));
		if (slot < PATCH_SLOTS && block->last_sr != 0 &&
			block->last_sr == patch->slots[slot].reported) {
			patch->figures.blocks++;
			patch->figures.round_trip_us = now_us() - patch->slots[slot].reported_us -
						       (int64_t)block->delay * 1000000 / 65536;
		}
	}
}

/* What a site says back is nobody else's, and not of its own making. */
static uint64_t token_of(uint32_t feedback)
{
	return 0x5EC2E7ULL << 32 | feedback;
}

static void take_response(struct patch *patch, const struct rtcp_message *response)
{
	bool right = response->media == MEDIA_RELAY_STREAM &&
		     response->token == token_of(response->sender);
	patch->figures.responses += right;
	patch->figures.responses_amiss += !right;
}

static void take_message(struct patch *patch, const struct rtcp_message *message)
{
	if (message->kind == RTCP_SR) {
		pass_report(patch, message);
	} else if (message->kind == RTCP_PATH_RESPONSE) {
		take_response(patch, message);
	} else if (message->kind == RTCP_RR) {
		take_blocks(patch, message);
	} else if (!patch->deaf) {
		take_feedback(patch, message);
	}
}

static struct guest *guest_of(struct patch *patch, const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (media_peek_ssrc(data, size, &ssrc) == 0) {
		for (size_t i = 0; i < patch->n_guests; i++) {
			if (patch->guests[i].number == media_stream_site(media_stream_of(ssrc))) {
				return &patch->guests[i];
			}
		}
	}
	return NULL;
}

static void take(struct patch *patch, uint8_t *data, size_t size, const struct sockaddr_in *from)
{
	struct guest *guest = guest_of(patch, data, size);
	if (!guest) {
		return;
	}
	bool rtcp = rtp_is_rtcp(data, size);
	int r = rtcp ? media_receiver_rtcp(guest->receiver, data, &size, now_ms() * 1000)
		     : media_receiver_rtp(guest->receiver, data, &size, now_ms() * 1000);
	if (r != 0) {
		return;
	}
	guest->at = *from;
	guest->known = true;
	if (!rtcp) {
		take_rtp(patch, data, size);
		return;
	}
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		take_message(patch, &message);
	}
}

/* All are sent all challenges: each is to answer its own. */
static void put_challenges(struct patch *patch, struct rtcp_writer *writer)
{
	for (size_t i = 0; i <= patch->n_guests; i++) {
		uint16_t number = i < patch->n_guests ? patch->guests[i].number : MEDIA_SITE_MAX;
		uint32_t feedback = media_feedback_ssrc(number, MEDIA_SLOT_NONE);
		rtcp_put_path_challenge(writer, MEDIA_RELAY_STREAM, feedback, token_of(feedback));
	}
	patch->figures.challenges++;
}

/* An empty report of some slot keeps the path proven. */
static void report(struct patch *patch)
{
	_Alignas(8) uint8_t data[PACKET];
	struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
	if (now_ms() < patch->report_ms) {
		return;
	}
	patch->report_ms = now_ms() + REPORT_MS;
	rtcp_put_rr(&writer, media_ssrc(0, MEDIA_RELAY_STREAM), NULL, 0);
	put_challenges(patch, &writer);
	send_protected(patch, &writer);
}

static void *run(void *argument)
{
	struct patch *patch = argument;
	struct pollfd fd = {.fd = patch->socket, .events = POLLIN};
	for (;;) {
		_Alignas(8) uint8_t data[PACKET];
		struct sockaddr_in from;
		socklen_t from_size = sizeof(from);
		poll(&fd, 1, POLL_MS);
		ssize_t got = recvfrom(patch->socket, data, sizeof(data), MSG_DONTWAIT,
			(struct sockaddr *)(void *)&from, &from_size);
		pthread_mutex_lock(&patch->lock);
		bool stopping = patch->stopping;
		if (got > 0) {
			take(patch, data, (size_t)got, &from);
		}
		report(patch);
		pthread_mutex_unlock(&patch->lock);
		if (stopping) {
			return NULL;
		}
	}
}

struct patch *patch_create(void)
{
	struct patch *patch = calloc(1, sizeof(*patch));
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7F000001)};
	socklen_t size = sizeof(at);
	media_key_make(&patch->key);
	media_key_to_text(&patch->key, patch->key_text);
	media_sender_create(&patch->key, &patch->sender);
	for (unsigned slot = 0; slot < PATCH_SLOTS; slot++) {
		patch->slots[slot].ring = ep_ring_create();
		patch->slots[slot].sequence = (uint16_t)(65500 + slot);
	}
	patch->socket = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(patch->socket, (const struct sockaddr *)(const void *)&at, sizeof(at)) != 0) {
		abort();
	}
	getsockname(patch->socket, (struct sockaddr *)(void *)&at, &size);
	snprintf(patch->address, sizeof(patch->address), "127.0.0.1:%u",
		(unsigned)ntohs(at.sin_port));
	pthread_mutex_init(&patch->lock, NULL);
	pthread_create(&patch->thread, NULL, run, patch);
	return patch;
}

void patch_destroy(struct patch *patch)
{
	pthread_mutex_lock(&patch->lock);
	patch->stopping = true;
	pthread_mutex_unlock(&patch->lock);
	pthread_join(patch->thread, NULL);
	close(patch->socket);
	for (unsigned slot = 0; slot < PATCH_SLOTS; slot++) {
		ep_ring_destroy(patch->slots[slot].ring);
	}
	for (size_t i = 0; i < patch->n_guests; i++) {
		media_receiver_destroy(patch->guests[i].receiver);
	}
	media_sender_destroy(patch->sender);
	pthread_mutex_destroy(&patch->lock);
	free(patch);
}

const char *patch_address(const struct patch *patch)
{
	return patch->address;
}

const char *patch_group_key(const struct patch *patch)
{
	return patch->key_text;
}

void patch_site(struct patch *patch, uint16_t number, const char *uplink_key)
{
	struct media_key key;
	struct media_receiver *receiver;
	if (media_key_from_text(uplink_key, &key) != 0 ||
		media_receiver_create(&key, &receiver) != 0) {
		abort();
	}
	pthread_mutex_lock(&patch->lock);
	patch->guests[patch->n_guests++] = (struct guest){.number = number, .receiver = receiver};
	pthread_mutex_unlock(&patch->lock);
}

void patch_route(struct patch *patch, unsigned slot, uint16_t number, enum media_source source)
{
	pthread_mutex_lock(&patch->lock);
	patch->slots[slot].number = number;
	patch->slots[slot].source = source;
	if (number && source != MEDIA_VOICE) {
		ask_source(patch, &patch->slots[slot]);
	}
	pthread_mutex_unlock(&patch->lock);
}

void patch_ask_again(struct patch *patch, uint16_t number, enum media_source source,
	uint16_t sequence, unsigned times)
{
	pthread_mutex_lock(&patch->lock);
	for (unsigned i = 0; i < times; i++) {
		_Alignas(8) uint8_t data[PACKET];
		struct rtcp_writer writer = {data, RTCP_COMPOUND_MAX, 0};
		rtcp_put_nack(&writer, media_ssrc(0, MEDIA_RELAY_STREAM),
			media_ssrc(0, media_uplink_stream(number, source)), &sequence, 1);
		send_protected(patch, &writer);
	}
	pthread_mutex_unlock(&patch->lock);
}

void patch_lose(struct patch *patch, unsigned percent)
{
	pthread_mutex_lock(&patch->lock);
	patch->loss_percent = percent;
	pthread_mutex_unlock(&patch->lock);
}

void patch_deaf(struct patch *patch, bool deaf)
{
	pthread_mutex_lock(&patch->lock);
	patch->deaf = deaf;
	pthread_mutex_unlock(&patch->lock);
}

void patch_figures(struct patch *patch, struct patch_figures *ret_figures)
{
	pthread_mutex_lock(&patch->lock);
	*ret_figures = patch->figures;
	pthread_mutex_unlock(&patch->lock);
}
