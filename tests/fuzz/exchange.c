/*
 * The relay with three sites and whoever else finds its port. Input: a stream of acts: sites send
 * media and feedback of any content under their own keys, strangers send anything, the coordinator
 * changes its mind, time passes.
 *
 * Whatever goes out fits a datagram, uses no nonce twice, and opens under the group key; challenges
 * go to addresses that proved a key, and all else to those that have answered one.
 */
#include <stdio.h>

#include "coordinator/relay/relay.h"
#include "proto/media/big_endian.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_key.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "tests/fuzz/answers.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/nonces.h"

enum { SITES = 3, ADDRESSES = 5, PAYLOAD_MAX = 64, SENT_MAX = RTP_PACKET_MAX + 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct site {
	struct media_sender *sender;
	struct media_key key;
	uint16_t sequence[MEDIA_SOURCES];
	uint32_t timestamp;
	uint8_t address;
};

struct scene {
	struct bytes bytes;
	struct rly_relay *relay;
	struct media_receiver *receiver; /* of the group key, whichever it is */
	struct site sites[SITES];
	struct rly_address addresses[ADDRESSES];
	bool proved[ADDRESSES];
	bool answered[ADDRESSES];
	struct reply_cache answers;
	int64_t now_us;
	uint64_t version;
	struct nonces nonces;
};

static struct media_key key_of(uint8_t number)
{
	struct media_key key;

	memset(key.bytes, 'u', sizeof(key.bytes));
	key.bytes[0] = number;
	return key;
}

/* Those of the addresses where this has been shown. */
static void judge_address(
	const struct scene *scene, const bool shown[ADDRESSES], const struct rly_address *to)
{
	bool known = false;

	for (size_t i = 0; i < ADDRESSES; i++) {
		known = known || (shown[i] && rly_address_is_same(to, &scene->addresses[i]));
	}
	demand(known);
}

static void judge_packet(struct scene *scene, const struct iovec *packet)
{
	_Alignas(8) uint8_t copy[SENT_MAX];
	struct rtp_packet parsed;
	size_t size = packet->iov_len;
	uint32_t ssrc;

	demand(size <= sizeof(copy));
	memcpy(copy, packet->iov_base, size);
	demand(media_peek_ssrc(copy, size, &ssrc) == 0);
	demand(media_stream_is_slot(media_stream_of(ssrc)));
	if (rtp_is_rtcp(copy, size)) {
		demand(media_receiver_rtcp(scene->receiver, copy, &size, scene->now_us) == 0);
		return;
	}
	demand(nonces_add(&scene->nonces, ssrc, get16(copy + 2)));
	demand(media_receiver_rtp(scene->receiver, copy, &size, scene->now_us) == 0);
	demand(rtp_parse(copy, size, &parsed) == 0 && parsed.header.n_csrc == 1);
	demand(parsed.header.csrc[0] >= 1 && parsed.header.csrc[0] <= SITES);
}

static size_t fan(void *user, const struct rly_gso_batch *batch,
	struct rly_receiver *const *receivers, size_t n_receivers)
{
	struct scene *scene = user;

	demand(batch->n_packets > 0 && batch->n_packets <= RLY_GSO_PACKETS);
	for (size_t i = 0; i < batch->n_packets; i++) {
		bool last = i + 1 == batch->n_packets;

		demand(batch->packets[i].iov_len == batch->segment ||
			(last && batch->packets[i].iov_len < batch->segment));
		judge_packet(scene, &batch->packets[i]);
	}
	for (size_t i = 0; i < n_receivers; i++) {
		judge_address(scene, scene->answered, &receivers[i]->address);
	}
	return batch->n_packets * n_receivers;
}

static bool send_one(void *user, const struct rly_address *to, const void *data, size_t size)
{
	struct scene *scene = user;
	bool challenge;

	demand(data != NULL && size > 0 && size <= SENT_MAX);
	challenge = answers_note(&scene->answers, scene->receiver, to, data, size, scene->now_us);
	judge_address(scene, challenge ? scene->proved : scene->answered, to);
	return true;
}

static void learn_key(struct scene *scene)
{
	struct wire_relay_report report;
	struct media_key key;

	demand(rly_relay_report(scene->relay, scene->now_us, &report) == 0);
	demand(media_key_from_text(report.group_key, &key) == 0);
	if (scene->receiver) {
		demand(media_receiver_add_key(scene->receiver, &key) == 0);
	} else {
		demand(media_receiver_create(&key, &scene->receiver) == 0);
	}
	rly_report_finish(&report);
}

static void feed_slots(struct scene *scene, struct wire_relay_desired *desired)
{
	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_VOICE3; slot++) {
		uint32_t site = bytes_below(&scene->bytes, SITES + 2);

		if (site > 0) {
			desired->slots[desired->n_slots++] = (struct wire_slot_source){
				slot, site, (enum source_name)(1 + bytes_below(&scene->bytes, 2))};
		}
	}
}

static void order_site(struct scene *scene, uint32_t number, struct wire_relay_site *ret)
{
	unsigned bits = bytes_one(&scene->bytes);
	uint8_t flags = bytes_one(&scene->bytes);

	ret->number = number;
	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_VOICE3; slot++) {
		if (bits >> (slot - SLOT_PROGRAM) & 1) {
			ret->receive[ret->n_receive++] = slot;
		}
	}
	ret->barred = flags % 8 == 7;
	ret->has_key = flags % 16 != 6;
	media_key_to_text(&scene->sites[number - 1].key, ret->key);
}

static void order(struct scene *scene)
{
	struct wire_relay_site sites[SITES] = {0};
	struct wire_relay_desired desired = {.version = ++scene->version,
		.has_instance = true,
		.instance = "0123456789abcdef0123456789abcdef",
		.sites = sites};
	uint32_t leave_out = bytes_below(&scene->bytes, 4 * SITES);

	feed_slots(scene, &desired);
	for (uint32_t i = 0; i < SITES; i++) {
		if (i != leave_out) {
			order_site(scene, i + 1, &sites[desired.n_sites++]);
		}
	}
	demand(rly_relay_set_desired(scene->relay, &desired, scene->now_us) == 0);
	learn_key(scene);
}

static void hand_in(struct scene *scene, uint8_t address, uint8_t *data, size_t size)
{
	rly_relay_datagram(scene->relay, &scene->addresses[address], data, size, scene->now_us);
}

static uint8_t payload_type(enum media_source source)
{
	return source == MEDIA_VOICE ? MEDIA_PT_OPUS : MEDIA_PT_H264;
}

static void send_media(struct scene *scene, struct site *site, uint16_t number)
{
	_Alignas(8) uint8_t data[PAYLOAD_MAX + 128];
	enum media_source source = (enum media_source)bytes_below(&scene->bytes, MEDIA_SOURCES);
	uint8_t step = bytes_one(&scene->bytes);
	uint8_t flags = bytes_one(&scene->bytes);
	struct rtp_header header = {.marker = flags & 1,
		.payload_type = flags & 2 ? bytes_one(&scene->bytes) & 0x3f : payload_type(source),
		.n_csrc = flags >> 6,
		.has_ntp = flags & 4,
		.ntp = (uint64_t)bytes_two(&scene->bytes) << (flags & 32 ? 48 : 20)};
	size_t size;

	site->sequence[source] += step < 200 ? (uint16_t)1 : bytes_two(&scene->bytes);
	site->timestamp += flags & 16 ? (uint32_t)bytes_two(&scene->bytes) << 8 : 3600;
	header.sequence = site->sequence[source];
	header.timestamp = site->timestamp;
	header.ssrc = media_ssrc(0, media_uplink_stream(number, source));
	demand(rtp_build(&header, data, sizeof(data), &size) == 0);
	size += bytes_copy(&scene->bytes, data + size, step % PAYLOAD_MAX);
	scene->proved[site->address] = true;
	if (media_sender_rtp(site->sender, data, &size, sizeof(data)) == 0) {
		hand_in(scene, site->address, data, size);
	}
}

/* Any bytes at all behind the first header, as one compound. */
static void send_feedback(struct scene *scene, struct site *site, uint16_t number)
{
	_Alignas(8) uint8_t data[256];
	size_t size = 8;
	uint8_t kind = bytes_one(&scene->bytes);
	uint32_t count = kind >> 3;

	put16(data, (uint16_t)(0x80c8 + (count << 8) + (kind & 7)));
	put16(data + 2, bytes_one(&scene->bytes));
	put32(data + 4, media_feedback_ssrc(number, bytes_one(&scene->bytes)));
	size += bytes_copy(&scene->bytes, data + 8, bytes_below(&scene->bytes, 200));
	scene->proved[site->address] = true;
	if (media_sender_rtcp(site->sender, data, &size, sizeof(data)) == 0) {
		hand_in(scene, site->address, data, size);
	}
}

/* One address is deaf: nothing but challenges ever goes there. */
static void answer(struct scene *scene)
{
	struct reply_cache answers = scene->answers;

	scene->answers.n = 0;
	for (size_t i = 0; i < answers.n; i++) {
		_Alignas(8) uint8_t data[256];
		const struct reply *due = &answers.due[i];
		struct site *site = &scene->sites[due->number - 1];
		size_t size = answers_write(due, data, sizeof(data));

		for (uint8_t k = 0; k < ADDRESSES - 2; k++) {
			if (rly_address_is_same(&due->from, &scene->addresses[k]) &&
				media_sender_rtcp(site->sender, data, &size, sizeof(data)) == 0) {
				scene->answered[k] = true;
				hand_in(scene, k, data, size);
			}
		}
	}
}

static void send_stranger(struct scene *scene)
{
	_Alignas(8) uint8_t data[256];
	size_t size = bytes_copy(&scene->bytes, data, bytes_below(&scene->bytes, sizeof(data)));

	hand_in(scene, ADDRESSES - 1, data, size);
}

/* A new run of the site: another key, told with the next order. */
static void renew(struct scene *scene, struct site *site)
{
	site->key = key_of(bytes_one(&scene->bytes));
	media_sender_destroy(site->sender);
	demand(media_sender_create(&site->key, &site->sender) == 0);
}

static void act(struct scene *scene)
{
	uint8_t choice = bytes_one(&scene->bytes);
	uint16_t index = choice % SITES;
	struct site *site = &scene->sites[index];

	answer(scene);
	if (choice < 130) {
		send_media(scene, site, (uint16_t)(index + 1));
	} else if (choice < 180) {
		send_feedback(scene, site, (uint16_t)(index + 1));
	} else if (choice < 190) {
		send_stranger(scene);
	} else if (choice < 195) {
		site->address = (uint8_t)bytes_below(&scene->bytes, ADDRESSES - 1);
	} else if (choice < 198) {
		renew(scene, site);
	} else if (choice < 205) {
		order(scene);
	} else {
		scene->now_us += (int64_t)bytes_one(&scene->bytes) << (choice % 20);
		rly_relay_tick(scene->relay, scene->now_us);
		learn_key(scene);
		demand(rly_relay_wait_us(scene->relay, scene->now_us) >= 0);
	}
}

static void open_scene(struct scene *scene)
{
	const uint16_t first_sequence = bytes_two(&scene->bytes);
	struct rly_config config = {.egress = {scene, fan, send_one},
		.instance = "0123456789abcdef0123456789abcdef",
		.cname = "fuzz",
		.first_sequence = &first_sequence};
	char text[RLY_ADDRESS_TEXT];

	for (unsigned i = 0; i < ADDRESSES; i++) {
		snprintf(text, sizeof(text), "192.0.2.%u:5004", i + 1);
		demand(rly_address_parse(text, &scene->addresses[i]));
	}
	for (uint8_t i = 0; i < SITES; i++) {
		scene->sites[i].address = i;
		scene->sites[i].key = key_of(i);
		demand(media_sender_create(&scene->sites[i].key, &scene->sites[i].sender) == 0);
	}
	scene->now_us = 1000000;
	demand(rly_relay_create(&config, &scene->relay) == 0);
	order(scene);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	demand(scene != NULL);
	scene->bytes = (struct bytes){data, size};
	open_scene(scene);
	while (scene->bytes.left > 0) {
		act(scene);
	}
	rly_relay_destroy(scene->relay);
	for (size_t i = 0; i < SITES; i++) {
		media_sender_destroy(scene->sites[i].sender);
	}
	media_receiver_destroy(scene->receiver);
	free(scene);
	return 0;
}
