/*
 * A site on air that lies: about its sequence numbers, its timestamps, its clock, in packets and in
 * sender reports, at any rate. Whatever it sends, the slots that everybody receives stay valid. In
 * virtual time, through the whole core with real SRTP.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/relay/rate_limiter.h"
#include "coordinator/relay/relay.h"
#include "coordinator/relay/slot_route.h"
#include "coordinator/relay/stats.h"
#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum {
	LIAR = 1,
	HONEST,
	LISTENER,
	SITES,
	DATAGRAM = 1500,
	PAYLOAD = 1000,
	SLOTS_SEEN = 8,
	QUEUE_US = 60000, /* how long a packet may wait in the relay: RLY_PENDING_MAX of them,
			   * paced */
	KEYFRAME_NAL = 0x67,
	OTHER_NAL = 0x41
};

static const char instance[] = "0123456789abcdef0123456789abcdef"; /* of the relay */
static const int64_t second = 1000000;
static const int64_t wall_us = 1790000000000000;

/* The slots as their receivers saw them. */
struct seen {
	bool any;
	uint32_t timestamp;
	int64_t sequence;
	uint64_t packets, bytes;
	bool reported;
	uint32_t report_timestamp;
	int64_t report_us;
	int64_t most_ahead_us, most_behind_us;
};

struct scene {
	struct rly_relay *relay;
	int64_t now_us;
	uint32_t chance;
	struct media_sender *senders[SITES];
	struct media_key keys[SITES];
	struct media_receiver *receiver;
	uint64_t challenges[SITES]; /* to be answered; 0: none */
	struct seen seen[SLOTS_SEEN];
	uint16_t sequence[SITES][MEDIA_SOURCES];
};

static uint32_t by_chance(struct scene *scene, uint32_t below)
{
	scene->chance = scene->chance * 1664525U + 1013904223U;
	return (scene->chance >> 8) % below;
}

static uint32_t rate_of(uint16_t slot)
{
	return slot >= MEDIA_SLOT_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

static struct rly_address address_of(uint16_t site)
{
	return (struct rly_address){.bytes = {2, 0, (uint8_t)site}, .size = 16};
}

/* ---- the listener ---- */

/* The slot's time against the relay's clock, by the relay's own reports. */
static void check_time(struct scene *scene, struct seen *seen, uint16_t slot, uint32_t timestamp)
{
	int64_t rate = rate_of(slot);
	if (!seen->reported) {
		return;
	}
	int64_t axis = seen->report_timestamp + (scene->now_us - seen->report_us) * rate / second;
	int64_t ahead = timestamp_distance((uint32_t)((uint64_t)axis & UINT32_MAX), timestamp);
	int64_t ahead_us = ahead * second / rate;
	seen->most_ahead_us = ahead_us > seen->most_ahead_us ? ahead_us : seen->most_ahead_us;
	seen->most_behind_us = -ahead_us > seen->most_behind_us ? -ahead_us : seen->most_behind_us;
	assert_true(ahead_us <= RLY_ROUTE_AHEAD_US + second / 1000);
	assert_true(-ahead_us <= RLY_ROUTE_BEHIND_US + QUEUE_US);
}

static void take_rtp(struct scene *scene, uint8_t *data, size_t size)
{
	uint32_t ssrc = 0;
	assert_int_equal(media_peek_ssrc(data, size, &ssrc), 0);
	assert_int_equal(media_receiver_rtp(scene->receiver, data, &size, scene->now_us), 0);
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	uint16_t slot = media_stream_slot(media_stream_of(ssrc));
	assert_true(slot < SLOTS_SEEN);
	struct seen *seen = &scene->seen[slot];
	int64_t sequence = (int64_t)media_epoch_of(ssrc) << 16 | packet.header.sequence;
	/* A late packet fills its gap and gives no new information. */
	if (!seen->any || sequence > seen->sequence) {
		if (seen->any) {
			assert_true(
				timestamp_distance(seen->timestamp, packet.header.timestamp) >= 0);
			seen->packets += (uint64_t)(sequence - seen->sequence);
		}
		seen->any = true;
		seen->sequence = sequence;
		seen->timestamp = packet.header.timestamp;
	}
	seen->bytes += packet.payload_size;
	check_time(scene, seen, slot, packet.header.timestamp);
}

static void take_rtcp(struct scene *scene, uint16_t to, uint8_t *data, size_t size)
{
	assert_int_equal(media_receiver_rtcp(scene->receiver, data, &size, scene->now_us), 0);
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		if (message.kind == RTCP_PATH_CHALLENGE) {
			scene->challenges[to] = message.token;
		} else if (message.kind == RTCP_SR && to == LISTENER) {
			struct seen *seen =
				&scene->seen[media_stream_slot(media_stream_of(message.sender))];
			seen->reported = true;
			seen->report_timestamp = message.sr.timestamp;
			seen->report_us = scene->now_us;
		}
	}
}

static bool send_one(void *user, const struct rly_address *to, const void *data, size_t size)
{
	struct scene *scene = user;
	_Alignas(8) uint8_t copy[DATAGRAM];
	uint16_t site = to->bytes[2];
	assert_true(size <= sizeof(copy));
	memcpy(copy, data, size);
	if (rtp_is_rtcp(copy, size)) {
		take_rtcp(scene, site, copy, size);
	} else if (site == LISTENER) {
		take_rtp(scene, copy, size);
	}
	return true;
}

/*
 * All receivers get the same bytes: the listener stands for them, except for reports, which open
 * once.
 */
static size_t fan(void *user, const struct rly_gso_batch *batch,
	struct rly_receiver *const *receivers, size_t n_receivers)
{
	for (size_t i = 0; i < n_receivers; i++) {
		for (size_t k = 0;
			receivers[i]->address.bytes[2] == LISTENER && k < batch->n_packets; k++) {
			send_one(user, &receivers[i]->address, batch->packets[k].iov_base,
				batch->packets[k].iov_len);
		}
	}
	return batch->n_packets * n_receivers;
}

/* ---- sites ---- */

static void hand_in(struct scene *scene, uint16_t site, uint8_t *data, size_t size)
{
	struct rly_address from = address_of(site);
	rly_relay_datagram(scene->relay, &from, data, size, scene->now_us);
}

static void send_rtcp(struct scene *scene, uint16_t site, struct rtcp_writer *writer)
{
	size_t size = writer->size;
	assert_int_equal(media_sender_rtcp(scene->senders[site], writer->data, &size, DATAGRAM), 0);
	hand_in(scene, site, writer->data, size);
}

static void come(struct scene *scene, uint16_t site)
{
	_Alignas(8) uint8_t data[DATAGRAM];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	assert_int_equal(rtcp_put_keepalive(&writer, site), 0);
	if (scene->challenges[site]) {
		rtcp_put_path_response(&writer, media_feedback_ssrc(site, MEDIA_SLOT_NONE),
			MEDIA_RELAY_STREAM, scene->challenges[site]);
		scene->challenges[site] = 0;
	}
	send_rtcp(scene, site, &writer);
}

static void send_report(struct scene *scene, uint16_t site, enum media_source source, uint64_t ntp,
	uint32_t timestamp)
{
	_Alignas(8) uint8_t data[DATAGRAM];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	struct rtcp_sender_info info = {.ntp = ntp, .timestamp = timestamp};
	assert_int_equal(
		rtcp_put_sr(&writer, media_uplink_stream(site, source), &info, NULL, 0), 0);
	send_rtcp(scene, site, &writer);
}

struct claim {
	enum media_source source;
	uint16_t skip; /* sequence numbers */
	uint32_t timestamp;
	bool has_ntp;
	uint64_t ntp;
	bool keyframe;
	size_t payload;
};

static void send_media(struct scene *scene, uint16_t site, const struct claim *claim)
{
	_Alignas(8) uint8_t data[DATAGRAM] = {0};
	uint16_t *sequence = &scene->sequence[site][claim->source];
	*sequence = (uint16_t)(*sequence + 1 + claim->skip);
	struct rtp_header header = {.marker = true,
		.payload_type = claim->source == MEDIA_VOICE ? MEDIA_PT_OPUS : MEDIA_PT_H264,
		.sequence = *sequence,
		.timestamp = claim->timestamp,
		.ssrc = media_uplink_stream(site, claim->source),
		.has_ntp = claim->has_ntp,
		.ntp = claim->ntp};
	size_t size = 0;
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), 0);
	data[size] = claim->keyframe ? KEYFRAME_NAL : OTHER_NAL;
	size += claim->payload;
	if (media_sender_rtp(scene->senders[site], data, &size, sizeof(data)) == 0) {
		hand_in(scene, site, data, size);
	}
}

static uint64_t wall_ntp(const struct scene *scene)
{
	return ntp_from_us(wall_us + scene->now_us);
}

/* One honest picture and, with every other one, its sound. */
static void speak_honestly(struct scene *scene, uint16_t site, uint32_t frame)
{
	struct claim claim = {.source = MEDIA_CAMERA,
		.timestamp = 0xFFFFF000U + frame * 1800,
		.has_ntp = true,
		.ntp = wall_ntp(scene),
		.keyframe = frame % 25 == 0,
		.payload = PAYLOAD};
	send_media(scene, site, &claim);
	claim = (struct claim){.source = MEDIA_VOICE,
		.timestamp = frame * 960,
		.has_ntp = true,
		.ntp = wall_ntp(scene),
		.payload = 80};
	send_media(scene, site, &claim);
}

static uint64_t any_ntp(struct scene *scene)
{
	uint64_t high = by_chance(scene, 0x1000000), low = by_chance(scene, 0x1000000);
	return high << 40 | low << 8;
}

/* A lie of some kind: each alone, and all together, for a while. */
static void lie(struct scene *scene, uint32_t kind, uint32_t frame)
{
	bool voice = by_chance(scene, 4) == 0;
	uint32_t true_timestamp = frame * (voice ? 960 : 1800);
	struct claim claim = {.source = voice ? MEDIA_VOICE : MEDIA_CAMERA,
		.timestamp = true_timestamp,
		.has_ntp = true,
		.ntp = wall_ntp(scene),
		.keyframe = by_chance(scene, 3) == 0,
		.payload = voice ? 80 : PAYLOAD};
	switch (kind) {
	case 0: /* jumps */
		claim.timestamp = by_chance(scene, 0x1000000) << 8;
		break;
	case 1: /* a media clock of another speed */
		claim.timestamp = true_timestamp * 3;
		break;
	case 2: /* that goes backwards */
		claim.timestamp = 0U - true_timestamp;
		break;
	case 3: /* any time of day */
		claim.ntp = any_ntp(scene);
		break;
	case 4: /* a day that runs too fast */
		claim.ntp = ntp_from_us(wall_us + scene->now_us * 2);
		break;
	case 5: /* reports that contradict the packets */
		claim.has_ntp = false;
		send_report(scene, LIAR, claim.source, any_ntp(scene), by_chance(scene, 0x1000000));
		break;
	case 6: /* sequence numbers that jump */
		claim.skip = (uint16_t)by_chance(scene, 40000);
		break;
	case 7: /* repeated timestamps */
		claim.timestamp = true_timestamp - by_chance(scene, 60) * 1800;
		break;
	default:
		lie(scene, by_chance(scene, 8), frame);
		return;
	}
	send_media(scene, LIAR, &claim);
}

/* ---- the relay ---- */

static void put_on_air(struct scene *scene, uint32_t site)
{
	static uint64_t version;
	struct wire_relay_site sites[SITES - 1] = {0};
	for (uint32_t i = LIAR; i < SITES; i++) {
		struct wire_relay_site *one = &sites[i - 1];
		one->number = i;
		one->has_key = true;
		media_key_to_text(&scene->keys[i], one->key);
		one->n_receive = 2;
		one->receive[0] = SLOT_PROGRAM;
		one->receive[1] = SLOT_VOICE0;
	}
	struct wire_relay_desired desired = {.version = ++version,
		.has_instance = true,
		.slots = {{SLOT_PROGRAM, site, SOURCE_NAME_CAMERA},
			{SLOT_VOICE0, site, SOURCE_NAME_CAMERA}},
		.n_slots = 2,
		.sites = sites,
		.n_sites = SITES - 1};
	memcpy(desired.instance, instance, sizeof(instance));
	assert_int_equal(rly_relay_set_desired(scene->relay, &desired, scene->now_us), 0);
}

static void pass_time(struct scene *scene, int64_t us)
{
	for (int64_t end_us = scene->now_us + us; scene->now_us < end_us;) {
		scene->now_us += end_us - scene->now_us < 1000 ? end_us - scene->now_us : 1000;
		rly_relay_tick(scene->relay, scene->now_us);
	}
	for (uint16_t i = LIAR; i < SITES; i++) {
		if (scene->challenges[i]) {
			come(scene, i);
		}
	}
}

static bool refuses_clock(struct scene *scene, uint16_t site)
{
	struct wire_relay_report report;
	assert_int_equal(rly_relay_report(scene->relay, scene->now_us, &report), 0);
	bool refused = report.sites[site - 1].clock_refused;
	rly_report_finish(&report);
	return refused;
}

static struct scene *open_scene(uint32_t seed)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	struct rly_config config = {.egress = {scene, fan, send_one},
		.cname = "hostile",
		.instance = instance,
		.wall_offset_us = wall_us};
	assert_non_null(scene);
	scene->chance = seed;
	scene->now_us = 1000 * second;
	assert_int_equal(rly_relay_create(&config, &scene->relay), 0);
	struct wire_relay_report report;
	assert_int_equal(rly_relay_report(scene->relay, scene->now_us, &report), 0);
	struct media_key group;
	assert_int_equal(media_key_from_text(report.group_key, &group), 0);
	rly_report_finish(&report);
	assert_int_equal(media_receiver_create(&group, &scene->receiver), 0);
	for (uint16_t i = LIAR; i < SITES; i++) {
		assert_int_equal(media_key_make(&scene->keys[i]), 0);
		assert_int_equal(media_sender_create(&scene->keys[i], &scene->senders[i]), 0);
	}
	put_on_air(scene, LIAR);
	for (uint16_t i = LIAR; i < SITES; i++) {
		come(scene, i);
	}
	pass_time(scene, 10000);
	return scene;
}

static void close_scene(struct scene *scene)
{
	rly_relay_destroy(scene->relay);
	media_receiver_destroy(scene->receiver);
	for (uint16_t i = LIAR; i < SITES; i++) {
		media_sender_destroy(scene->senders[i]);
	}
	free(scene);
}

/* ---- tests ---- */

static void an_honest_site_is_believed(void **state)
{
	(void)state;
	struct scene *scene = open_scene(1);
	for (uint32_t frame = 0; frame < 50 * 20; frame++) {
		speak_honestly(scene, LIAR, frame);
		pass_time(scene, 20000);
		if (frame % 50 == 0) {
			come(scene, LISTENER);
			come(scene, LIAR);
			assert_false(refuses_clock(scene, LIAR));
		}
	}
	assert_in_range(scene->seen[MEDIA_SLOT_PROGRAM].packets, 50 * 19, 50 * 20);
	assert_in_range(scene->seen[MEDIA_SLOT_PROGRAM].most_behind_us, 0, 25000);
	assert_in_range(scene->seen[MEDIA_SLOT_VOICE].most_behind_us, 0, 25000);
	close_scene(scene);
}

/* The listener makes every assertion. */
static void whatever_a_site_claims_the_slots_go_on(void **state)
{
	(void)state;
	for (uint32_t kind = 0; kind <= 8; kind++) {
		struct scene *scene = open_scene(kind + 7);
		bool refused = false;
		for (uint32_t frame = 1; frame < 50 * 20; frame++) {
			lie(scene, kind, frame);
			pass_time(scene, by_chance(scene, 40000));
			if (frame % 50 == 0) {
				come(scene, LISTENER);
				come(scene, LIAR);
				refused = refused || refuses_clock(scene, LIAR);
			}
		}
		assert_true(scene->seen[MEDIA_SLOT_PROGRAM].any);
		if (!refused && kind != 6) {
			fail_msg("lies of kind %u are believed", kind);
		}
		close_scene(scene);
	}
}

/*
 * At any rate: the traffic to the halls, and the sequence numbers they see, stay below the limit.
 */
static void however_much_a_site_sends_the_halls_get_little(void **state)
{
	(void)state;
	struct scene *scene = open_scene(99);
	enum { SECONDS = 5, A_SECOND = 4000 };
	for (uint32_t i = 0; i < SECONDS * A_SECOND; i++) {
		struct claim claim = {.source = MEDIA_CAMERA,
			.skip = i % 3 == 0 ? (uint16_t)by_chance(scene, 900) : (uint16_t)0,
			.timestamp = i / 8 * 180,
			.keyframe = true,
			.payload = PAYLOAD};
		send_media(scene, LIAR, &claim);
		scene->now_us += second / A_SECOND;
		rly_relay_tick(scene->relay, scene->now_us);
	}
	const struct seen *seen = &scene->seen[MEDIA_SLOT_PROGRAM];
	assert_in_range(seen->bytes, 1, SECONDS * RLY_VIDEO_BYTES + RLY_VIDEO_BURST);
	assert_in_range(seen->packets, 1, (SECONDS + 1) * RLY_VIDEO_PACKETS);
	close_scene(scene);
}

/* Reports this round trip in its report blocks. */
static void report_round_trip(struct scene *scene, uint16_t site, int64_t us)
{
	_Alignas(8) uint8_t data[DATAGRAM];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	struct rtcp_block block = {.ssrc = media_slot_stream(MEDIA_SLOT_PROGRAM),
		.last_sr = ntp_middle(ntp_from_unix_us(wall_us + scene->now_us - us))};
	assert_int_equal(
		rtcp_put_rr(&writer, media_feedback_ssrc(site, MEDIA_SLOT_PROGRAM), &block, 1), 0);
	send_rtcp(scene, site, &writer);
}

static int64_t round_trip_ms(struct scene *scene, uint16_t site)
{
	struct wire_relay_report report;
	assert_int_equal(rly_relay_report(scene->relay, scene->now_us, &report), 0);
	int64_t ms = report.sites[site - 1].round_trip.ms;
	rly_report_finish(&report);
	return ms;
}

static void a_flood_of_feedback_is_not_looked_into(void **state)
{
	(void)state;
	struct scene *scene = open_scene(3);
	report_round_trip(scene, LISTENER, 50000);
	assert_in_range(round_trip_ms(scene, LISTENER), 49, 51);
	for (int i = 0; i < RLY_RTCP_BURST; i++) {
		report_round_trip(scene, LISTENER, 100000);
	}
	report_round_trip(scene, LISTENER, 200000);
	assert_in_range(round_trip_ms(scene, LISTENER), 99, 101);
	/* Others are on time, and this site is again once it has been silent. */
	report_round_trip(scene, HONEST, 200000);
	assert_in_range(round_trip_ms(scene, HONEST), 199, 201);
	pass_time(scene, second / 10);
	report_round_trip(scene, LISTENER, 300000);
	assert_in_range(round_trip_ms(scene, LISTENER), 299, 301);
	close_scene(scene);
}

/* The next speaker is on time as soon as he speaks. */
static void who_follows_a_liar_is_not_bent(void **state)
{
	(void)state;
	struct scene *scene = open_scene(5);
	for (uint32_t frame = 1; frame < 500; frame++) {
		lie(scene, 8, frame);
		pass_time(scene, 20000);
	}
	put_on_air(scene, HONEST);
	for (uint32_t frame = 0; frame < 250; frame++) {
		if (frame == 200) {
			for (int i = 0; i < SLOTS_SEEN; i++) {
				scene->seen[i].most_ahead_us = scene->seen[i].most_behind_us = 0;
			}
		}
		speak_honestly(scene, HONEST, frame);
		pass_time(scene, 20000);
		if (frame % 50 == 0) {
			come(scene, LISTENER);
			come(scene, HONEST);
		}
	}
	assert_in_range(scene->seen[MEDIA_SLOT_PROGRAM].most_ahead_us, 0, 20000);
	assert_in_range(scene->seen[MEDIA_SLOT_PROGRAM].most_behind_us, 0, 50000);
	assert_in_range(scene->seen[MEDIA_SLOT_VOICE].most_ahead_us, 0, RLY_ROUTE_AHEAD_US);
	assert_in_range(scene->seen[MEDIA_SLOT_VOICE].most_behind_us, 0, 50000);
	close_scene(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_honest_site_is_believed),
		cmocka_unit_test(whatever_a_site_claims_the_slots_go_on),
		cmocka_unit_test(however_much_a_site_sends_the_halls_get_little),
		cmocka_unit_test(a_flood_of_feedback_is_not_looked_into),
		cmocka_unit_test(who_follows_a_liar_is_not_bent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
