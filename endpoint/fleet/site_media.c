/* The socket of a simulated site: sending, receiving, timers. Feedback is in fleet_rtcp.c. */
#define _GNU_SOURCE /* recvmmsg */
#include "endpoint/fleet/site_media.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "endpoint/fleet/fleet_rtcp.h"
#include "endpoint/fleet/site_socket.h"

enum { BATCH = 16, DATAGRAM = 2048, ROUNDS = 8, PLAYING_US = 2000000 };

/* ---- address and socket ---- */

/* "192.0.2.1:5004" or "[2001:db8::1]:5004" (the form of types.json media_address). */
static int parse_address(
	const char *text, struct sockaddr_storage *ret_address, socklen_t *ret_size)
{
	const char *colon = strrchr(text, ':');
	bool bracketed = text[0] == '[';
	if (!colon || colon - text < 1 + 2 * bracketed) {
		return -EINVAL;
	}
	size_t length = (size_t)(colon - text) - 2 * bracketed;
	char host[MEDIA_ADDRESS_SIZE];
	memcpy(host, text + bracketed, length);
	host[length] = '\0';
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0) {
		return -EINVAL;
	}
	memcpy(ret_address, found->ai_addr, found->ai_addrlen);
	*ret_size = found->ai_addrlen;
	freeaddrinfo(found);
	return 0;
}

static void close_socket(struct site_media *media)
{
	if (media->fd >= 0) {
		close(media->fd);
	}
	media->fd = -1;
}

static int open_socket(struct site_media *media)
{
	struct sockaddr_storage address;
	socklen_t size = 0;
	int r = parse_address(media->relay.addresses[media->address], &address, &size);
	if (r < 0) {
		return r;
	}
	media->fd = socket(address.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* connected: the kernel accepts datagrams from the relay's address only */
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = media};
	if (media->fd < 0 || connect(media->fd, (struct sockaddr *)&address, size) < 0 ||
		epoll_ctl(media->epoll, EPOLL_CTL_ADD, media->fd, &event) < 0) {
		r = -errno;
		close_socket(media);
	}
	return r;
}

int site_media_rebind(struct site_media *media)
{
	close_socket(media);
	media->keepalive_us = 0;
	return media->has_relay ? open_socket(media) : 0;
}

/* ---- start and end ---- */

void site_media_init(
	struct site_media *media, uint16_t number, int epoll, struct fleet_media_stats *stats)
{
	*media = (struct site_media){.number = number, .epoll = epoll, .fd = -1, .stats = stats};
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		clip_sender_init(&media->senders[i], number, (enum media_source)i);
	}
	media->sync_meter = (struct av_sync_meter){
		.lip_sync = &stats->lip_sync, .delay = &stats->delay, .moved = &stats->moved};
	for (uint16_t i = 0; i < MEDIA_SLOTS; i++) {
		slot_receiver_init(&media->slots[i], i, number, &stats->slots);
	}
}

void site_media_leave(struct site_media *media)
{
	close_socket(media);
	media_sender_destroy(media->sender);
	media_receiver_destroy(media->receiver);
	media->sender = NULL;
	media->receiver = NULL;
	media->reported_auth_failures = 0;
	media->has_relay = false;
	media->n_group_keys = 0;
	media->proven = false;
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		clip_sender_forget(&media->senders[i]);
	}
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		slot_receiver_join(&media->slots[i], false);
	}
}

void site_media_finish(struct site_media *media)
{
	site_media_leave(media);
	media_key_wipe(&media->uplink_key);
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		clip_sender_finish(&media->senders[i]);
	}
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		slot_receiver_finish(&media->slots[i]);
	}
}

/* ---- converging ---- */

static void record_group_key(struct site_media *media, const struct media_key *key)
{
	struct media_key *keys = media->group_keys;
	if (media->n_group_keys > 0 && memcmp(&keys[0], key, sizeof(*key)) == 0) {
		return;
	}
	media->n_group_keys += media->n_group_keys < MEDIA_KEYS_MAX;
	memmove(keys + 1, keys, (media->n_group_keys - 1) * sizeof(*keys));
	keys[0] = *key;
}

static int join_relay(
	struct site_media *media, const struct wire_relay_access *relay, int64_t now_us)
{
	struct media_key group;
	if (media_key_from_text(relay->group_key, &group) != 0) {
		return -EINVAL;
	}
	int r = media_key_make(&media->uplink_key);
	if (r == 0) {
		r = media_sender_create(&media->uplink_key, &media->sender);
	}
	if (r == 0) {
		r = media_receiver_create(&group, &media->receiver);
	}
	if (r < 0) {
		return r;
	}
	media->sealing_key = media->uplink_key;
	record_group_key(media, &group);
	media->relay = *relay;
	media->has_relay = true;
	media->address = 0;
	media->received_us = now_us;
	media->keepalive_us = 0;
	return open_socket(media);
}

static int apply_relay(
	struct site_media *media, const struct wire_relay_access *relay, int64_t now_us)
{
	if (media->has_relay && strcmp(media->relay.instance, relay->instance) != 0) {
		site_media_leave(media);
	}
	if (!media->has_relay) {
		return join_relay(media, relay, now_us);
	}
	bool moved = strcmp(media->relay.addresses[0], relay->addresses[0]) != 0;
	media->relay = *relay;
	if (moved) {
		media->address = 0;
		site_media_rebind(media);
	}
	struct media_key group;
	if (media_key_from_text(relay->group_key, &group) != 0) {
		return -EINVAL;
	}
	record_group_key(media, &group);
	return media_receiver_add_key(media->receiver, &group);
}

static uint32_t expected_of(const struct wire_site_scene *scene, enum slot slot)
{
	for (size_t i = 0; i < scene->n_panes; i++) {
		if (scene->panes[i].slot == slot && scene->panes[i].has_site) {
			return scene->panes[i].site;
		}
	}
	return 0;
}

static bool is_received(const struct wire_site_desired *desired, enum slot slot)
{
	for (size_t i = 0; i < desired->n_receive; i++) {
		if (desired->receive[i] == slot) {
			return true;
		}
	}
	return false;
}

int site_media_apply(
	struct site_media *media, const struct wire_site_desired *desired, int64_t now_us)
{
	int r = 0;
	if (media->has_relay && strcmp(media->relay_credential, desired->relay_credential) != 0) {
		site_media_leave(media); /* its join file was rotated or revoked */
	}
	memcpy(media->relay_credential, desired->relay_credential, sizeof(media->relay_credential));
	if (desired->has_relay && desired->relay.n_addresses > 0) {
		r = apply_relay(media, &desired->relay, now_us);
	}
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		enum slot slot = media_slot_of_number((unsigned)i);
		slot_receiver_join(
			&media->slots[i], media->has_relay && is_received(desired, slot));
		slot_receiver_expect(&media->slots[i], expected_of(&desired->scene, slot));
	}
	const struct wire_uplink *uplink = &desired->uplink;
	const bool wanted[SITE_MEDIA_PLAIN_SOURCES] = {
		[MEDIA_CAMERA] = uplink->camera == UPLINK_LEVEL_FULL,
		[MEDIA_PREVIEW] = uplink->camera != UPLINK_LEVEL_OFF,
		[MEDIA_CONTENT] = uplink->content == UPLINK_LEVEL_FULL,
		[MEDIA_VOICE] = uplink->voice && !desired->muted,
	};
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		clip_sender_switch(&media->senders[i], wanted[i], now_us);
	}
	return r;
}

bool site_media_is_converged(const struct site_media *media)
{
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		const struct slot_receiver *slot = &media->slots[i];
		if (slot->joined && slot->expected != 0 && slot->switched_to != slot->expected) {
			return false;
		}
	}
	return true;
}

bool site_media_is_playing(const struct site_media *media, int64_t now_us)
{
	for (int i = 0; i < MEDIA_SLOT_VOICE; i++) {
		const struct slot_receiver *slot = &media->slots[i];
		if (slot->joined && slot->switched_to != 0 &&
			now_us - slot->arrived_us < PLAYING_US) {
			return true;
		}
	}
	return false;
}

/* ---- datagrams ---- */

static void handle_datagram(struct site_media *media, uint8_t *data, size_t size, int64_t now_us)
{
	if (site_socket_is_lost(media)) {
		return;
	}
	nonce_audit_received(
		media->stats->nonces, media->group_keys, media->n_group_keys, data, size);
	bool rtcp = rtp_is_rtcp(data, size);
	uint32_t ssrc = 0;
	if (media_peek_ssrc(data, size, &ssrc) != 0 ||
		!media_relay_sends(ssrc, rtcp, MEDIA_SLOTS)) {
		return;
	}
	if (rtcp) {
		if (media_receiver_rtcp(media->receiver, data, &size, now_us) == 0) {
			media->received_us = now_us;
			media->proven = true;
			fleet_rtcp_take(media, data, size, now_us);
		}
		return;
	}
	if (media_receiver_rtp(media->receiver, data, &size, now_us) != 0) {
		return;
	}
	media->received_us = now_us;
	media->stats->totals.packets_received++;
	media->packets_received++;
	media->bytes_received += size;
	slot_receiver_packet(
		&media->slots[media_stream_slot(media_stream_of(ssrc))], data, size, now_us);
}

/* True if more may be waiting. */
static bool receive_batch(struct site_media *media, int64_t now_us)
{
	static _Alignas(8) uint8_t data[BATCH][DATAGRAM];
	struct mmsghdr messages[BATCH] = {0};
	struct iovec pieces[BATCH];
	for (size_t i = 0; i < BATCH; i++) {
		pieces[i] = (struct iovec){data[i], DATAGRAM};
		messages[i].msg_hdr.msg_iov = &pieces[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	int count = recvmmsg(media->fd, messages, BATCH, 0, NULL);
	for (int i = 0; i < count; i++) {
		handle_datagram(media, data[i], messages[i].msg_len, now_us);
	}
	return count == BATCH;
}

static void report_failures(struct site_media *media)
{
	uint64_t failures = media_receiver_counts(media->receiver)->unauthentic;
	media->stats->totals.auth_failures += failures - media->reported_auth_failures;
	media->reported_auth_failures = failures;
}

void site_media_readable(struct site_media *media, int64_t now_us)
{
	for (int i = 0; i < ROUNDS && media->fd >= 0 && media->receiver; i++) {
		if (!receive_batch(media, now_us)) {
			break;
		}
	}
	if (media->receiver) {
		report_failures(media);
	}
}

/* ---- time ---- */

static void try_next_address(struct site_media *media, int64_t now_us)
{
	if (now_us - media->received_us > SITE_MEDIA_TRY_NEXT_US) {
		media->received_us = now_us;
		media->address = (media->address + 1) % media->relay.n_addresses;
		site_media_rebind(media);
	}
}

void site_media_tick(struct site_media *media, int64_t now_us, int64_t wall_us)
{
	if (!media->has_relay) {
		return;
	}
	try_next_address(media, now_us);
	fleet_rtcp_tick(media, now_us);
	av_sync_meter_tick(&media->sync_meter, media->slots, now_us);
	struct datagram_outlet outlet = {site_socket_send, media};
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES && media->proven; i++) {
		clip_sender_tick(&media->senders[i], media->sender, &outlet, now_us, wall_us);
	}
}

/* ---- by script ---- */

void site_media_cut(struct site_media *media, bool cut)
{
	if (media->cut && !cut) {
		for (int i = 0; i < MEDIA_SLOTS; i++) {
			bool joined = media->slots[i].joined;
			slot_receiver_join(&media->slots[i], false);
			slot_receiver_join(&media->slots[i], joined);
		}
		media->keepalive_us = 0;
	}
	media->cut = cut;
}

static int use_other_key(struct site_media *media)
{
	struct media_key key;
	int r = media_key_make(&key);
	if (r == 0 && media->sender) {
		r = media_sender_rekey(media->sender, &key);
		media->sealing_key = key;
	}
	return r;
}

int site_media_use_wrong_key(struct site_media *media)
{
	return use_other_key(media);
}

/* Not the previous key: its SRTCP index would restart, and nonces would be reused. */
int site_media_use_right_key(struct site_media *media)
{
	int r = use_other_key(media);
	if (r == 0 && media->sender) {
		media->uplink_key = media->sealing_key;
	}
	return r;
}

void site_media_forge(struct site_media *media, unsigned int packets)
{
	for (unsigned int i = 0; i < packets && media->fd >= 0; i++) {
		struct rtp_header header = {.payload_type = MEDIA_PT_H264,
			.sequence = (uint16_t)rand(),
			.timestamp = (uint32_t)rand(),
			.ssrc = media_uplink_stream(media->number, MEDIA_CAMERA)};
		uint8_t datagram[256];
		size_t size = 0;
		rtp_build(&header, datagram, sizeof(datagram), &size);
		memset(datagram + size, rand() & 0xFF, sizeof(datagram) - size);
		ssize_t sent = send(media->fd, datagram, sizeof(datagram), 0);
		(void)sent;
	}
}

void site_media_replay(struct site_media *media, unsigned int packets)
{
	const struct clip_sender *uplink = &media->senders[MEDIA_PREVIEW];
	for (unsigned int i = 1; i <= packets && media->fd >= 0; i++) {
		size_t size = 0;
		const uint8_t *datagram =
			clip_sender_find(uplink, (uint16_t)(uplink->sequence - i), &size);
		ssize_t sent = datagram ? send(media->fd, datagram, size, 0) : 0;
		(void)sent;
	}
}
