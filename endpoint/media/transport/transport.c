/*
 * The media thread: receives, authenticates, passes on; sends what is due.
 *
 * One mutex guards everything that other threads access (sending half, path, pending NACKs). The
 * receiving half belongs to the media thread, except for ep_transport_set_relay, which takes the
 * mutex too. Callbacks are made without the mutex, so that they may send.
 */
#include "endpoint/media/transport/transport.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/receive/rtp_receiver.h"
#include "endpoint/media/send/rtp_sender.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"

enum {
	KEEPALIVE_US = 1000000,
	REPORT_US = 500000,
	NACKS_PENDING = 64,
	BURST = 64, /* packets received before timers are checked again */
	NACK_LIST = 256,
	TIMEOUT_MS = 100,
	TICKS_PER_MS = MEDIA_RATE_VIDEO / 1000, /* of pictures */
	JITTER_UNITS = 16, /* of receive_stats.h */
	/*
	 * Limits on what the relay may request; any holder of the group key can send in its name.
	 */
	KEYFRAME_US = 200000, /* it requests every 275 ms */
	REPAIR_BURST = 256 * 1024, /* bytes */
	REPAIR_PER_SECOND = 512 * 1024,
	LOOK_UP_US = 5000000, /* between attempts to resolve the relay's names */
};

struct pending {
	uint16_t sequences[NACKS_PENDING];
	size_t n;
};

struct ep_transport {
	const struct ep_transport_events *events;
	void *user;
	int64_t wall_zero_us;
	int socket;
	int family;
	int wake;
	pthread_t thread;
	bool running;
	pthread_mutex_t lock;
	bool stopping;
	struct ep_relay relay;
	struct ep_relay_path path;
	struct ep_rtp_sender *rtp_sender;
	struct ep_rtp_receiver rtp_receiver;
	struct pending nacks[MEDIA_SLOTS];
	int64_t keyframe_us[MEDIA_SOURCES]; /* time of the last one made on request; 0: never */
	int64_t repair_left; /* bytes */
	int64_t repair_us; /* time of that balance */
	struct ep_transport_stats stats;
	bool opened; /* the relay has answered: media may be sent */
	int64_t keepalive_us; /* when due */
	int64_t report_us;
	int64_t look_up_us;
};

/* A socket buffer that is full loses the packet: waiting would delay receiving as well. */
static void send_to_path(struct ep_transport *transport, const uint8_t *data, size_t size)
{
	const struct ep_relay_path *path = &transport->path;
	for (size_t i = 0; i < path->n; i++) {
		if (ep_relay_path_is_used(path, i)) {
			const void *to = &path->addresses[i].at;
			sendto(transport->socket, data, size, MSG_DONTWAIT, to,
				path->addresses[i].size);
		}
	}
}

static void send_datagram(struct ep_transport *transport, const struct ep_datagram *datagram)
{
	send_to_path(transport, datagram->data, datagram->size);
}

static void wake(struct ep_transport *transport)
{
	uint64_t one = 1;
	if (write(transport->wake, &one, sizeof(one)) < 0) {
		return; /* the counter is full: the thread is awake already */
	}
}

void ep_transport_send(struct ep_transport *transport, enum media_source source, const uint8_t *rtp,
	size_t size, int64_t captured_us)
{
	pthread_mutex_lock(&transport->lock);
	struct ep_datagram datagram;
	if (transport->rtp_sender && transport->opened &&
		ep_rtp_sender_rtp(
			transport->rtp_sender, source, rtp, size, captured_us, &datagram)) {
		send_datagram(transport, &datagram);
		transport->stats.packets_sent++;
		transport->stats.bytes_sent += datagram.size;
	}
	pthread_mutex_unlock(&transport->lock);
}

void ep_transport_nack(struct ep_transport *transport, unsigned slot, uint16_t sequence)
{
	pthread_mutex_lock(&transport->lock);
	struct pending *pending = slot < MEDIA_SLOTS ? &transport->nacks[slot] : NULL;
	if (pending && pending->n < NACKS_PENDING) {
		pending->sequences[pending->n++] = sequence;
	}
	pthread_mutex_unlock(&transport->lock);
	wake(transport);
}

void ep_transport_pli(struct ep_transport *transport, unsigned slot)
{
	pthread_mutex_lock(&transport->lock);
	struct ep_datagram datagram;
	if (transport->rtp_sender && ep_rtp_sender_pli(transport->rtp_sender, slot, &datagram)) {
		send_datagram(transport, &datagram);
	}
	pthread_mutex_unlock(&transport->lock);
}

static void send_keepalive(struct ep_transport *transport, int64_t now_us)
{
	struct rtcp_block blocks[MEDIA_SLOTS];
	size_t n = ep_rtp_receiver_blocks(&transport->rtp_receiver, now_us, blocks);
	struct ep_datagram datagram;
	if (ep_rtp_sender_keepalive(transport->rtp_sender, blocks, n, &datagram)) {
		send_datagram(transport, &datagram);
	}
}

static void send_reports(struct ep_transport *transport, int64_t now_us)
{
	struct ep_datagram datagram;
	for (int source = 0; source < EP_RTP_SENDER_SOURCES; source++) {
		if (ep_rtp_sender_report(
			    transport->rtp_sender, (enum media_source)source, now_us, &datagram)) {
			send_datagram(transport, &datagram);
		}
	}
}

static void send_nacks(struct ep_transport *transport)
{
	struct ep_datagram datagram;
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		struct pending *pending = &transport->nacks[slot];
		if (pending->n > 0 && ep_rtp_sender_nack(transport->rtp_sender, slot,
					      pending->sequences, pending->n, &datagram)) {
			send_datagram(transport, &datagram);
			transport->stats.nacks_sent += pending->n;
		}
		pending->n = 0;
	}
}

/* Keepalives precede media: only an authenticated answer proves the path. */
static void send_due(struct ep_transport *transport, int64_t now_us)
{
	if (!transport->rtp_sender) {
		return;
	}
	ep_relay_path_check(&transport->path, now_us / 1000);
	if (now_us >= transport->keepalive_us) {
		send_keepalive(transport, now_us);
		transport->keepalive_us = now_us + KEEPALIVE_US;
	}
	if (transport->opened && now_us >= transport->report_us) {
		send_reports(transport, now_us);
		transport->report_us = now_us + REPORT_US;
	}
	send_nacks(transport);
}

static bool may_repair(struct ep_transport *transport, size_t size, int64_t now_us)
{
	int64_t refill = (now_us - transport->repair_us) * REPAIR_PER_SECOND / 1000000;
	if (refill > 0) {
		int64_t left = transport->repair_left + refill;
		transport->repair_left = left < REPAIR_BURST ? left : REPAIR_BURST;
		transport->repair_us = now_us;
	}
	if (transport->repair_left < (int64_t)size) {
		return false;
	}
	transport->repair_left -= (int64_t)size;
	return true;
}

/* Media thread only. */
static void make_keyframe(struct ep_transport *transport, enum media_source source)
{
	int64_t now_us = ep_pipeline_now_us();
	int64_t *last_us = &transport->keyframe_us[source];
	if (*last_us == 0 || now_us - *last_us >= KEYFRAME_US) {
		*last_us = now_us;
		transport->events->on_keyframe_wanted(transport->user, source);
	}
}

static void answer_nack(struct ep_transport *transport, const struct rtcp_message *nack)
{
	uint16_t sequences[NACK_LIST];
	size_t n = rtcp_nack_list(nack, sequences, NACK_LIST);
	enum media_source source = media_stream_source(media_stream_of(nack->media));
	pthread_mutex_lock(&transport->lock);
	for (size_t i = 0; transport->rtp_sender && i < n; i++) {
		size_t size;
		const uint8_t *stored = ep_rtp_sender_retransmit(
			transport->rtp_sender, source, sequences[i], &size);
		if (stored && may_repair(transport, size, ep_pipeline_now_us())) {
			send_to_path(transport, stored, size);
			transport->stats.nacks_answered++;
		}
	}
	pthread_mutex_unlock(&transport->lock);
}

static bool is_about_us(const struct ep_transport *transport, uint32_t media)
{
	uint16_t stream = media_stream_of(media);
	return !media_stream_is_slot(stream) &&
	       media_stream_site(stream) == transport->relay.number;
}

static void record_report(
	struct ep_transport *transport, unsigned slot, const struct rtcp_sender_info *report)
{
	pthread_mutex_lock(&transport->lock);
	ep_rtp_receiver_report(&transport->rtp_receiver, slot, report, ep_pipeline_now_us());
	pthread_mutex_unlock(&transport->lock);
}

/*
 * The relay checks whether we receive at this address: the response goes to the same address only.
 * The group key is shared by all sites, so another sender of the challenge learns only that we are
 * here.
 */
static void answer_challenge(
	struct ep_transport *transport, size_t from, const struct rtcp_message *challenge)
{
	pthread_mutex_lock(&transport->lock);
	const struct ep_relay_path *path = &transport->path;
	struct ep_datagram datagram;
	if (from < path->n &&
		challenge->media == media_feedback_ssrc(transport->relay.number, MEDIA_SLOT_NONE) &&
		ep_rtp_sender_path_response(transport->rtp_sender, challenge->token, &datagram)) {
		const void *to = &path->addresses[from].at;
		sendto(transport->socket, datagram.data, datagram.size, MSG_DONTWAIT, to,
			path->addresses[from].size);
	}
	pthread_mutex_unlock(&transport->lock);
}

static void record_arrived(struct ep_transport *transport, const struct rtcp_message *message)
{
	pthread_mutex_lock(&transport->lock);
	uint32_t camera = media_uplink_stream(transport->relay.number, MEDIA_CAMERA);
	uint32_t preview = media_uplink_stream(transport->relay.number, MEDIA_PREVIEW);
	for (size_t i = 0; i < message->n_blocks; i++) {
		const struct rtcp_block *block = &message->blocks[i];
		const struct ep_arrived arrived = {
			true, block->highest, block->lost, block->jitter / TICKS_PER_MS};
		if (media_stream_of(block->ssrc) == camera) {
			transport->stats.camera = arrived;
		} else if (media_stream_of(block->ssrc) == preview) {
			transport->stats.preview = arrived;
		}
	}
	pthread_mutex_unlock(&transport->lock);
}

static void handle_message(struct ep_transport *transport, size_t from,
	const struct rtcp_message *message, const uint8_t *data, size_t size)
{
	uint16_t stream = media_stream_of(message->sender);
	if (message->kind == RTCP_SR && media_stream_is_slot(stream) &&
		media_stream_slot(stream) < MEDIA_SLOTS) {
		record_report(transport, media_stream_slot(stream), &message->sr);
		transport->events->on_report(
			transport->user, media_stream_slot(stream), data, size);
	} else if (message->kind == RTCP_PATH_CHALLENGE && stream == MEDIA_RELAY_STREAM) {
		answer_challenge(transport, from, message);
	} else if (message->kind == RTCP_RR) {
		record_arrived(transport, message);
	} else if (message->kind == RTCP_NACK && is_about_us(transport, message->media)) {
		answer_nack(transport, message);
	} else if (message->kind == RTCP_PLI && is_about_us(transport, message->media)) {
		make_keyframe(transport, media_stream_source(media_stream_of(message->media)));
	}
}

static void handle_rtcp(
	struct ep_transport *transport, size_t from, const uint8_t *data, size_t size)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		handle_message(transport, from, &message, data, size);
	}
}

/* Mutex held; also records what an authentic packet says about the path. */
static bool authenticate(struct ep_transport *transport, size_t from, uint8_t *data, size_t *size,
	unsigned *ret_slot)
{
	pthread_mutex_lock(&transport->lock);
	int64_t now_us = ep_pipeline_now_us();
	bool authentic =
		ep_rtp_receiver_unprotect(&transport->rtp_receiver, data, size, now_us, ret_slot);
	if (authentic) {
		ep_relay_path_received(&transport->path, from, now_us / 1000);
		transport->opened = true;
	}
	pthread_mutex_unlock(&transport->lock);
	return authentic;
}

static bool is_from_relay(
	struct ep_transport *transport, const struct sockaddr_storage *from, size_t *ret_index)
{
	const void *address = from;
	pthread_mutex_lock(&transport->lock);
	bool expected = ep_relay_path_has(&transport->path, address, ret_index);
	transport->stats.foreign += !expected;
	pthread_mutex_unlock(&transport->lock);
	return expected;
}

static void handle_datagram(struct ep_transport *transport, const struct sockaddr_storage *from,
	uint8_t *data, size_t size)
{
	size_t index;
	if (size < RTP_FIXED_SIZE || !is_from_relay(transport, from, &index)) {
		return;
	}
	bool rtcp = rtp_is_rtcp(data, size);
	unsigned slot;
	if (!authenticate(transport, index, data, &size, &slot)) {
		return;
	}
	if (rtcp) {
		handle_rtcp(transport, index, data, size);
	} else if (slot < MEDIA_SLOTS) {
		transport->events->on_rtp(transport->user, slot, data, size);
	}
}

static void receive_burst(struct ep_transport *transport)
{
	struct ep_datagram datagram;
	for (int i = 0; i < BURST; i++) {
		struct sockaddr_storage from;
		socklen_t from_size = sizeof(from);
		void *address = &from;
		ssize_t got = recvfrom(transport->socket, datagram.data, EP_DATAGRAM_MAX,
			MSG_DONTWAIT, address, &from_size);
		if (got < 0) {
			return;
		}
		handle_datagram(transport, &from, datagram.data, (size_t)got);
	}
}

static bool is_look_up_due(struct ep_transport *transport, struct ep_relay *ret_relay)
{
	pthread_mutex_lock(&transport->lock);
	int64_t now_us = ep_pipeline_now_us();
	bool due =
		transport->rtp_sender && !transport->path.proven && now_us >= transport->look_up_us;
	if (due) {
		transport->look_up_us = now_us + LOOK_UP_US;
		memcpy(ret_relay->addresses, transport->relay.addresses,
			sizeof(ret_relay->addresses));
		ret_relay->n_addresses = transport->relay.n_addresses;
	}
	pthread_mutex_unlock(&transport->lock);
	return due;
}

/*
 * Repeated until the path is proven: a name may resolve later, or to another machine. Resolving may
 * take seconds, so no lock is held.
 */
static void resolve_relay(struct ep_transport *transport)
{
	struct ep_relay relay = {0};
	if (!is_look_up_due(transport, &relay)) {
		return;
	}
	struct ep_relay_path path;
	ep_relay_resolve(&relay, transport->family, &path);
	pthread_mutex_lock(&transport->lock);
	if (path.n > 0 && !transport->path.proven &&
		ep_relay_has_same_addresses(&relay, &transport->relay)) {
		transport->path = path;
	}
	pthread_mutex_unlock(&transport->lock);
}

static bool run_once(struct ep_transport *transport)
{
	resolve_relay(transport);
	pthread_mutex_lock(&transport->lock);
	bool stopping = transport->stopping;
	send_due(transport, ep_pipeline_now_us());
	pthread_mutex_unlock(&transport->lock);
	return !stopping;
}

static void *run(void *argument)
{
	struct ep_transport *transport = argument;
	struct pollfd fds[2] = {
		{.fd = transport->socket, .events = POLLIN},
		{.fd = transport->wake, .events = POLLIN},
	};
	while (run_once(transport)) {
		if (poll(fds, 2, TIMEOUT_MS) <= 0) {
			continue;
		}
		if (fds[1].revents) {
			uint64_t count;
			if (read(transport->wake, &count, sizeof(count)) < 0) {
				continue;
			}
		}
		receive_burst(transport);
	}
	return NULL;
}

static int start(struct ep_transport *transport)
{
	transport->socket = ep_relay_socket(&transport->family);
	if (transport->socket < 0) {
		return transport->socket;
	}
	transport->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (transport->wake < 0) {
		return -errno;
	}
	int r = pthread_create(&transport->thread, NULL, run, transport);
	transport->running = r == 0;
	return -r;
}

int ep_transport_create(const struct ep_transport_events *events, void *user, int64_t wall_zero_us,
	struct ep_transport **ret_transport)
{
	struct ep_transport *transport = calloc(1, sizeof(*transport));
	if (!transport) {
		return -ENOMEM;
	}
	transport->events = events;
	transport->user = user;
	transport->wall_zero_us = wall_zero_us;
	transport->repair_left = REPAIR_BURST;
	transport->repair_us = ep_pipeline_now_us();
	transport->socket = -1;
	transport->wake = -1;
	pthread_mutex_init(&transport->lock, NULL);
	int r = start(transport);
	if (r != 0) {
		ep_transport_destroy(transport);
		return r;
	}
	*ret_transport = transport;
	return 0;
}

static void close_fd(int fd)
{
	if (fd >= 0) {
		close(fd);
	}
}

void ep_transport_destroy(struct ep_transport *transport)
{
	if (!transport) {
		return;
	}
	if (transport->running) {
		pthread_mutex_lock(&transport->lock);
		transport->stopping = true;
		pthread_mutex_unlock(&transport->lock);
		wake(transport);
		pthread_join(transport->thread, NULL);
	}
	close_fd(transport->socket);
	close_fd(transport->wake);
	ep_rtp_sender_destroy(transport->rtp_sender);
	ep_rtp_receiver_close(&transport->rtp_receiver);
	pthread_mutex_destroy(&transport->lock);
	media_key_wipe(&transport->relay.uplink_key);
	media_key_wipe(&transport->relay.group_key);
	free(transport);
}

/* Another uplink key means another instance of the relay: the old state is invalid. */
static int change_instance(struct ep_transport *transport, const struct ep_relay *relay)
{
	struct ep_rtp_sender *rtp_sender;
	int r = ep_rtp_sender_create(
		relay->number, &relay->uplink_key, transport->wall_zero_us, &rtp_sender);
	if (r != 0) {
		return r;
	}
	r = ep_rtp_receiver_open(&transport->rtp_receiver, &relay->group_key);
	if (r != 0) {
		ep_rtp_sender_destroy(rtp_sender);
		return r;
	}
	ep_rtp_sender_destroy(transport->rtp_sender);
	transport->rtp_sender = rtp_sender;
	transport->keepalive_us = 0;
	transport->path.proven = false;
	transport->opened = false;
	return 0;
}

int ep_transport_set_relay(struct ep_transport *transport, const struct ep_relay *relay)
{
	pthread_mutex_lock(&transport->lock);
	bool moved = !ep_relay_has_same_addresses(&transport->relay, relay);
	int r = 0;
	if (!transport->rtp_sender ||
		!ep_relay_has_same_key(&transport->relay.uplink_key, &relay->uplink_key) ||
		transport->relay.number != relay->number) {
		r = change_instance(transport, relay);
	} else if (!ep_relay_has_same_key(&transport->relay.group_key, &relay->group_key)) {
		r = ep_rtp_receiver_add_key(&transport->rtp_receiver, &relay->group_key);
	}
	if (r == 0) {
		transport->relay = *relay;
	}
	if (r == 0 && moved) {
		transport->path = (struct ep_relay_path){0};
		transport->look_up_us = 0;
		transport->keepalive_us = 0;
	}
	pthread_mutex_unlock(&transport->lock);
	wake(transport);
	return r;
}

void ep_transport_clear_relay(struct ep_transport *transport)
{
	pthread_mutex_lock(&transport->lock);
	ep_rtp_sender_destroy(transport->rtp_sender);
	transport->rtp_sender = NULL;
	ep_rtp_receiver_close(&transport->rtp_receiver);
	media_key_wipe(&transport->relay.uplink_key);
	media_key_wipe(&transport->relay.group_key);
	transport->relay = (struct ep_relay){0};
	transport->path = (struct ep_relay_path){0};
	transport->opened = false;
	pthread_mutex_unlock(&transport->lock);
}

void ep_transport_stats(struct ep_transport *transport, struct ep_transport_stats *ret_stats)
{
	pthread_mutex_lock(&transport->lock);
	*ret_stats = transport->stats;
	ret_stats->received = transport->rtp_receiver.received;
	ret_stats->program_jitter_ms =
		transport->rtp_receiver.slot_stats[MEDIA_SLOT_PROGRAM].counts.jitter /
		JITTER_UNITS / TICKS_PER_MS;
	ret_stats->group_key_spent = transport->rtp_receiver.group_key_spent;
	ret_stats->path_proven = transport->path.proven;
	pthread_mutex_unlock(&transport->lock);
}
