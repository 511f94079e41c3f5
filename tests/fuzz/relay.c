/*
 * What a site with a genuine key may send the relay: RTP and RTCP of any content, after decryption,
 * in any order and at any time. Input: records of kind, time, length and bytes.
 */
#include "coordinator/relay/relay.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/rtp.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "tests/fuzz/answers.h"

enum { SITES = 3, PACKET_MAX = 2048, RECORD_HEAD = 4, RECORDS_MAX = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assert that release builds keep. */
static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static size_t fan(void *user, const struct rly_gso_batch *batch,
	struct rly_receiver *const *receivers, size_t n_receivers)
{
	(void)user;
	(void)receivers;
	for (size_t i = 0; i < batch->n_packets; i++) {
		must(batch->packets[i].iov_len > 0 && batch->packets[i].iov_len <= batch->segment);
	}
	return batch->n_packets * n_receivers;
}

struct asked {
	struct media_receiver *group;
	struct reply_cache answers;
};

static bool send_one(void *user, const struct rly_address *to, const void *data, size_t size)
{
	struct asked *asked = user;
	answers_note(&asked->answers, asked->group, to, data, size, 0);
	return to->size > 0 && size > 0;
}

/* Every other address answers. */
static void answer(struct asked *asked, struct rly_relay *relay,
	struct media_sender *const *senders, int64_t now_us)
{
	struct reply_cache answers = asked->answers;
	asked->answers.n = 0;
	for (size_t i = 0; i < answers.n; i++) {
		_Alignas(8) uint8_t packet[PACKET_MAX];
		const struct reply *due = &answers.due[i];
		size_t size = answers_write(due, packet, sizeof packet);
		if (due->from.bytes[1] % 2 == 0 && due->number <= SITES &&
			media_sender_rtcp(senders[due->number - 1], packet, &size, PACKET_MAX) ==
				0) {
			rly_relay_datagram(relay, &due->from, packet, size, now_us);
		}
	}
}

static void order(
	struct rly_relay *relay, const struct media_key *keys, uint8_t choice, int64_t now_us)
{
	struct wire_relay_site sites[SITES] = {0};
	for (uint32_t i = 0; i < SITES; i++) {
		sites[i].number = i + 1;
		sites[i].has_key = true;
		media_key_to_text(&keys[i], sites[i].key);
		sites[i].n_receive = 2;
		sites[i].receive[0] = SLOT_PROGRAM;
		sites[i].receive[1] = SLOT_VOICE0;
	}
	struct wire_relay_desired desired = {.version = 1,
		.has_instance = true,
		.instance = "0123456789abcdef0123456789abcdef",
		.slots = {{SLOT_PROGRAM, choice % SITES + 1U, SOURCE_NAME_CAMERA},
			{SLOT_VOICE0, choice / 4 % SITES + 1U, SOURCE_NAME_CAMERA}},
		.n_slots = 2,
		.sites = sites,
		.n_sites = SITES - (choice >> 7)};
	must(rly_relay_set_desired(relay, &desired, now_us) == 0);
}

/* The site of a record's own streams, so that most packets get past the door. */
static void protect_and_send(struct rly_relay *relay, struct media_sender *sender, uint8_t kind,
	uint8_t *packet, size_t size, int64_t now_us)
{
	struct rly_address from = {.bytes = {1, kind}, .size = 16};
	uint16_t site = (uint16_t)(kind % SITES + 1);
	if (rtp_is_rtcp(packet, size)) {
		if (size >= 8) {
			packet[4] = 0;
			packet[6] = 0;
			packet[7] = (uint8_t)(site << 3 | (packet[7] & 7));
		}
		if (media_sender_rtcp(sender, packet, &size, PACKET_MAX)) {
			return;
		}
	} else if (size >= RTP_FIXED_SIZE) {
		rtp_set_ssrc(
			packet, media_uplink_stream(site, (enum media_source)(packet[11] & 7)));
		if (media_sender_rtp(sender, packet, &size, PACKET_MAX)) {
			return;
		}
	}
	rly_relay_datagram(relay, &from, packet, size, now_us);
}

static void play(struct asked *asked, struct rly_relay *relay, const struct media_key *keys,
	struct media_sender *const *senders, const uint8_t *data, size_t size)
{
	int64_t now_us = 1000000;
	for (int n = 0; size >= RECORD_HEAD && n < RECORDS_MAX; n++) {
		_Alignas(8) uint8_t packet[PACKET_MAX];
		size_t length = (size_t)data[2] | (size_t)(data[3] & 3) << 8;
		uint8_t kind = data[0];
		now_us += (int64_t)data[1] * data[1] * 50;
		data += RECORD_HEAD;
		size -= RECORD_HEAD;
		length = length > size ? size : length;
		memcpy(packet, data, length);
		data += length;
		size -= length;
		if (kind >= 0xF0) {
			order(relay, keys, kind, now_us);
		} else {
			protect_and_send(
				relay, senders[kind % SITES], kind, packet, length, now_us);
		}
		answer(asked, relay, senders, now_us);
		rly_relay_tick(relay, now_us);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct media_key keys[SITES] = {{{1}}, {{2}}, {{3}}};
	struct media_sender *senders[SITES];
	struct rly_relay *relay = NULL;
	struct asked asked = {.group = NULL};
	struct rly_config config = {.egress = {&asked, fan, send_one},
		.cname = "fuzz",
		.instance = "0123456789abcdef0123456789abcdef"};
	struct wire_relay_report report;
	struct media_key group;
	for (int i = 0; i < SITES; i++) {
		must(media_sender_create(&keys[i], &senders[i]) == 0);
	}
	must(rly_relay_create(&config, &relay) == 0);
	must(rly_relay_report(relay, 1, &report) == 0);
	must(media_key_from_text(report.group_key, &group) == 0);
	must(media_receiver_create(&group, &asked.group) == 0);
	rly_report_finish(&report);
	order(relay, keys, 0, 1);
	play(&asked, relay, keys, senders, data, size);
	must(rly_relay_report(relay, 1, &report) == 0);
	rly_report_finish(&report);
	rly_relay_destroy(relay);
	media_receiver_destroy(asked.group);
	for (int i = 0; i < SITES; i++) {
		media_sender_destroy(senders[i]);
	}
	return 0;
}
