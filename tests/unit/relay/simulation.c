/* A conference in virtual time: see simulation.h. */
#include "tests/unit/relay/simulation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "tests/unit/relay/playout.h"

enum {
	STEP_US = 1000,
	TICK_US = 5000,
	PICTURE_US = 40000,
	SOUND_US = 20000,
	KEYFRAME_EVERY = 25,
	REPORT_US = 1000000,
	PATH_US = 20000, /* one way; plus a random delay up to the same */
	JITTER_US = 15000,
	FLIGHT_MAX = 4096,
	DATAGRAM = 256,
	KEYFRAME_NAL = 0x67,
	OTHER_NAL = 0x41,
	RELAY = 0 /* a datagram's destination; otherwise a site */
};

static const char instance[] = "0123456789abcdef0123456789abcdef"; /* of the relay */
static const int64_t begun_us = 1000000; /* the relay's clock at true time 0 */
static const int64_t wall_us = 1790000000000000; /* Unix time at true time 0 */

struct datagram {
	int64_t due_us;
	uint16_t from, to;
	size_t size;
	_Alignas(8) uint8_t data[DATAGRAM];
};

struct stream {
	uint64_t frames;
	uint16_t sequence;
	uint32_t timestamp; /* of the latest */
	int64_t taken_us;
};

struct site {
	struct simulation_clock clock;
	struct media_key key;
	struct media_sender *sender;
	struct stream camera, voice;
	int64_t report_us;
	struct playout playout;
};

struct simulation {
	struct rly_relay *relay;
	int64_t now_us;
	uint32_t chance;
	uint32_t on_air;
	uint64_t version;
	struct site sites[SIMULATION_SITES + 1];
	size_t n_flight;
	struct datagram flight[FLIGHT_MAX];
};

/* ---- clocks and paths ---- */

static int64_t run_wrong(int64_t us, int64_t ppm)
{
	return us + us * ppm / 1000000;
}

/* The same random numbers in every run. */
static int64_t by_chance(struct simulation *simulation, int64_t most)
{
	simulation->chance = simulation->chance * 1664525U + 1013904223U;
	return (int64_t)(simulation->chance >> 8) % (most + 1);
}

static void fly(struct simulation *simulation, uint16_t from, uint16_t to, const void *data,
	size_t size, int64_t after_us)
{
	assert_true(simulation->n_flight < FLIGHT_MAX && size <= DATAGRAM);
	struct datagram *datagram = &simulation->flight[simulation->n_flight++];
	datagram->due_us =
		simulation->now_us + after_us + PATH_US + by_chance(simulation, JITTER_US);
	datagram->from = from;
	datagram->to = to;
	datagram->size = size;
	memcpy(datagram->data, data, size);
}

static struct rly_address address_of(uint16_t site)
{
	return (struct rly_address){.bytes = {2, 0, (uint8_t)site}, .size = 16};
}

static bool send_one(void *user, const struct rly_address *to, const void *data, size_t size)
{
	fly(user, RELAY, to->bytes[2], data, size, 0);
	return true;
}

static size_t fan(void *user, const struct rly_gso_batch *batch,
	struct rly_receiver *const *receivers, size_t n_receivers)
{
	for (size_t i = 0; i < n_receivers; i++) {
		for (size_t k = 0; k < batch->n_packets; k++) {
			send_one(user, &receivers[i]->address, batch->packets[k].iov_base,
				batch->packets[k].iov_len);
		}
	}
	return batch->n_packets * n_receivers;
}

/* ---- sites that send ---- */

static void send_frame(struct simulation *simulation, uint16_t number, enum media_source source,
	struct stream *stream)
{
	struct site *site = &simulation->sites[number];
	bool picture = source == MEDIA_CAMERA;
	_Alignas(8) uint8_t data[DATAGRAM];
	int64_t taken_us = stream->taken_us;
	struct rtp_header header = {.marker = true,
		.payload_type = picture ? MEDIA_PT_H264 : MEDIA_PT_OPUS,
		.sequence = stream->sequence++,
		.timestamp = stream->timestamp,
		.ssrc = media_uplink_stream(number, source),
		.has_ntp = !site->clock.by_reports,
		.ntp = ntp_from_us(wall_us + run_wrong(taken_us, site->clock.wall_ppm))};
	size_t size = 0;
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), 0);
	data[size++] = stream->frames % KEYFRAME_EVERY == 0 ? KEYFRAME_NAL : OTHER_NAL;
	memcpy(data + size, &taken_us, sizeof(taken_us));
	size += sizeof(taken_us);
	assert_int_equal(media_sender_rtp(site->sender, data, &size, sizeof(data)), 0);
	fly(simulation, number, RELAY, data, size, picture ? site->clock.picture_late_us : 0);
}

/* Frames have the length of the site's own media clock. */
static void send_due(struct simulation *simulation, uint16_t number, enum media_source source,
	struct stream *stream)
{
	const struct simulation_clock *clock = &simulation->sites[number].clock;
	bool picture = source == MEDIA_CAMERA;
	int64_t length_us = picture ? PICTURE_US : SOUND_US;
	uint64_t rate = picture ? MEDIA_RATE_VIDEO : MEDIA_RATE_AUDIO;
	int64_t media_us = (int64_t)stream->frames * length_us;
	int64_t due_us = media_us * 1000000 / (1000000 + clock->media_ppm);
	if (due_us <= simulation->now_us) {
		stream->taken_us = due_us;
		stream->timestamp = 0xFFF00000U + (uint32_t)((uint64_t)media_us * rate / 1000000U);
		send_frame(simulation, number, source, stream);
		stream->frames++;
	}
}

static void send_rtcp(struct simulation *simulation, uint16_t number, struct rtcp_writer *writer)
{
	size_t size = writer->size;
	assert_int_equal(
		media_sender_rtcp(simulation->sites[number].sender, writer->data, &size, DATAGRAM),
		0);
	fly(simulation, number, RELAY, writer->data, size, 0);
}

static void send_report(struct simulation *simulation, uint16_t number, enum media_source source,
	const struct stream *stream)
{
	_Alignas(8) uint8_t data[DATAGRAM];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	const struct simulation_clock *clock = &simulation->sites[number].clock;
	struct rtcp_sender_info info = {
		.ntp = ntp_from_us(wall_us + run_wrong(stream->taken_us, clock->wall_ppm)),
		.timestamp = stream->timestamp};
	uint16_t ssrc = media_uplink_stream(number, source);
	assert_int_equal(rtcp_put_sr(&writer, ssrc, &info, NULL, 0), 0);
	send_rtcp(simulation, number, &writer);
}

static void send_all(struct simulation *simulation, uint16_t number)
{
	struct site *site = &simulation->sites[number];
	if (simulation->now_us >= site->report_us) {
		_Alignas(8) uint8_t data[DATAGRAM];
		struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
		site->report_us += REPORT_US;
		assert_int_equal(rtcp_put_keepalive(&writer, number), 0);
		send_rtcp(simulation, number, &writer);
		if (site->camera.frames > 0) {
			send_report(simulation, number, MEDIA_CAMERA, &site->camera);
			send_report(simulation, number, MEDIA_VOICE, &site->voice);
		}
	}
	send_due(simulation, number, MEDIA_CAMERA, &site->camera);
	send_due(simulation, number, MEDIA_VOICE, &site->voice);
}

/* ---- time ---- */

static void answer_challenge(struct simulation *simulation, uint16_t number)
{
	_Alignas(8) uint8_t data[DATAGRAM];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	struct playout *playout = &simulation->sites[number].playout;
	if (playout->challenge) {
		assert_int_equal(rtcp_put_path_response(&writer,
					 media_feedback_ssrc(number, MEDIA_SLOT_NONE),
					 MEDIA_RELAY_STREAM, playout->challenge),
			0);
		send_rtcp(simulation, number, &writer);
		playout->challenge = 0;
	}
}

static void arrive(struct simulation *simulation, struct datagram *datagram)
{
	if (datagram->to == RELAY) {
		struct rly_address from = address_of(datagram->from);
		rly_relay_datagram(simulation->relay, &from, datagram->data, datagram->size,
			begun_us + simulation->now_us);
	} else {
		playout_take(&simulation->sites[datagram->to].playout, datagram->data,
			datagram->size, simulation->now_us);
		answer_challenge(simulation, datagram->to);
	}
}

static void deliver(struct simulation *simulation)
{
	for (size_t i = 0; i < simulation->n_flight;) {
		if (simulation->flight[i].due_us > simulation->now_us) {
			i++;
			continue;
		}
		struct datagram due = simulation->flight[i];
		simulation->flight[i] = simulation->flight[--simulation->n_flight];
		arrive(simulation, &due);
	}
}

void simulation_run(struct simulation *simulation, int64_t span_us)
{
	for (int64_t end_us = simulation->now_us + span_us; simulation->now_us < end_us;) {
		simulation->now_us += STEP_US;
		for (uint16_t i = 1; i <= SIMULATION_SITES; i++) {
			send_all(simulation, i);
		}
		deliver(simulation);
		if (simulation->now_us % TICK_US == 0) {
			rly_relay_tick(simulation->relay, begun_us + simulation->now_us);
		}
	}
}

/* ---- control ---- */

void simulation_take(struct simulation *simulation, uint32_t on_air)
{
	struct wire_relay_site sites[SIMULATION_SITES] = {0};
	for (uint32_t i = 0; i < SIMULATION_SITES; i++) {
		sites[i].number = i + 1;
		sites[i].has_key = true;
		media_key_to_text(&simulation->sites[i + 1].key, sites[i].key);
		sites[i].n_receive = 2;
		sites[i].receive[0] = SLOT_PROGRAM;
		sites[i].receive[1] = SLOT_VOICE0;
		simulation->sites[i + 1].playout.judged_from_us =
			simulation->now_us + SIMULATION_SETTLED_US;
	}
	struct wire_relay_desired desired = {.version = ++simulation->version,
		.has_instance = true,
		.slots = {{SLOT_PROGRAM, on_air, SOURCE_NAME_CAMERA},
			{SLOT_VOICE0, on_air, SOURCE_NAME_CAMERA}},
		.n_slots = 2,
		.sites = sites,
		.n_sites = SIMULATION_SITES};
	memcpy(desired.instance, instance, sizeof(instance));
	assert_int_equal(
		rly_relay_set_desired(simulation->relay, &desired, begun_us + simulation->now_us),
		0);
}

static void create_site(struct site *site, const struct simulation_clock *clock,
	const struct media_key *group, uint16_t number)
{
	site->clock = *clock;
	site->report_us = number * 7919;
	assert_int_equal(media_key_make(&site->key), 0);
	assert_int_equal(media_sender_create(&site->key, &site->sender), 0);
	playout_init(&site->playout, group, clock->wall_ppm);
}

struct simulation *simulation_create(const struct simulation_clock clocks[SIMULATION_SITES])
{
	struct simulation *simulation = calloc(1, sizeof(*simulation));
	assert_non_null(simulation);
	struct rly_config config = {.egress = {simulation, fan, send_one},
		.cname = "rehearsal",
		.instance = instance,
		.wall_offset_us = wall_us - begun_us};
	assert_int_equal(rly_relay_create(&config, &simulation->relay), 0);
	struct wire_relay_report report;
	assert_int_equal(rly_relay_report(simulation->relay, begun_us, &report), 0);
	struct media_key group;
	assert_int_equal(media_key_from_text(report.group_key, &group), 0);
	rly_report_finish(&report);
	for (uint16_t i = 1; i <= SIMULATION_SITES; i++) {
		create_site(&simulation->sites[i], &clocks[i - 1], &group, i);
	}
	return simulation;
}

void simulation_destroy(struct simulation *simulation)
{
	for (int i = 1; i <= SIMULATION_SITES; i++) {
		media_sender_destroy(simulation->sites[i].sender);
		playout_finish(&simulation->sites[i].playout);
	}
	rly_relay_destroy(simulation->relay);
	free(simulation);
}

const struct simulation_heard *simulation_heard(const struct simulation *simulation, uint32_t site)
{
	return &simulation->sites[site].playout.heard;
}
