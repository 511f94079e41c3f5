/* Ordering (the first half), checks (the second half). */
#include "endpoint/fleet/slot_receiver.h"

#include <stdlib.h>
#include <string.h>

#include "proto/media/ntp.h"
#include "proto/media/seq.h"

struct slot_held {
	struct slot_held *next;
	int64_t sequence;
	int64_t arrived_us;
	size_t size;
	uint8_t bytes[];
};

static void check_packet(
	struct slot_receiver *slot, const struct rtp_packet *packet, int64_t now_us);
static void check_hole(struct slot_receiver *slot);

static bool is_voice(const struct slot_receiver *slot)
{
	return slot->number >= MEDIA_SLOT_VOICE &&
	       slot->number < MEDIA_SLOT_VOICE + MEDIA_SLOT_VOICES;
}

static uint32_t clock_rate(const struct slot_receiver *slot)
{
	return is_voice(slot) ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

/* ---- ordering ---- */

void slot_receiver_init(struct slot_receiver *slot, uint16_t number, uint16_t own_site,
	struct fleet_slot_stats *stats)
{
	*slot = (struct slot_receiver){.number = number, .own_site = own_site, .stats = stats};
}

static void drop_held(struct slot_receiver *slot)
{
	while (slot->held) {
		struct slot_held *next = slot->held->next;
		free(slot->held);
		slot->held = next;
	}
}

void slot_receiver_finish(struct slot_receiver *slot)
{
	drop_held(slot);
}

static void restart(struct slot_receiver *slot)
{
	drop_held(slot);
	slot->seen = false;
	slot->n_missing = 0;
	slot->depacketizer = (struct h264_depacketizer){0};
	slot->source = 0;
	slot->wrong.since_us = 0;
	slot->own.since_us = 0;
	slot->has_last = false;
	slot->hole = false;
	slot->whole_us = 0;
	slot->delay_us = 0;
	slot->shift_us = 0;
	slot->switched_to = 0;
	slot->reception = (struct rtcp_receive_stats){0};
}

void slot_receiver_join(struct slot_receiver *slot, bool joined)
{
	if (joined != slot->joined) {
		restart(slot);
	}
	slot->joined = joined;
}

void slot_receiver_expect(struct slot_receiver *slot, uint32_t site)
{
	if (site != slot->expected) {
		slot->wrong = (struct slot_fault){0};
	}
	slot->expected = site;
}

static void take(struct slot_receiver *slot, const uint8_t *data, size_t size, int64_t now_us)
{
	slot->next++;
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) == 0) {
		check_packet(slot, &packet, now_us);
	}
}

static void process_held(struct slot_receiver *slot)
{
	while (slot->held && slot->held->sequence <= slot->next) {
		struct slot_held *held = slot->held;
		slot->held = held->next;
		if (held->sequence == slot->next) {
			take(slot, held->bytes, held->size, held->arrived_us);
		}
		free(held);
	}
}

static void hold(struct slot_receiver *slot, const uint8_t *data, size_t size, int64_t sequence,
	int64_t now_us)
{
	struct slot_held **at = &slot->held;
	while (*at && (*at)->sequence < sequence) {
		at = &(*at)->next;
	}
	if (*at && (*at)->sequence == sequence) {
		return;
	}
	struct slot_held *held = malloc(sizeof(*held) + size);
	if (!held) {
		return;
	}
	*held = (struct slot_held){
		.next = *at, .sequence = sequence, .arrived_us = now_us, .size = size};
	memcpy(held->bytes, data, size);
	*at = held;
}

/* The first `count` missing packets are given up: the packets held behind them are processed. */
static void skip_missing(struct slot_receiver *slot, size_t count)
{
	int64_t last = slot->missing[count - 1].sequence;
	slot->stats->unrecovered += count;
	slot->unrecovered += count;
	slot->n_missing -= count;
	memmove(slot->missing, slot->missing + count, slot->n_missing * sizeof(slot->missing[0]));
	while (slot->next <= last) {
		process_held(slot);
		if (slot->next <= last) {
			slot->next++;
			check_hole(slot);
		}
	}
	process_held(slot);
}

static void record_missing(struct slot_receiver *slot, int64_t from, int64_t to, int64_t now_us)
{
	for (int64_t sequence = from; sequence < to; sequence++) {
		if (slot->n_missing == SLOT_MISSING_MAX) {
			skip_missing(slot, 1);
		}
		slot->missing[slot->n_missing++] = (struct slot_missing){.sequence = sequence,
			.since_us = now_us,
			.nack_us = now_us + SLOT_REORDER_US};
	}
}

/* False: it was not missing (a duplicate, or given up). */
static bool record_found(struct slot_receiver *slot, int64_t sequence)
{
	for (size_t i = 0; i < slot->n_missing; i++) {
		if (slot->missing[i].sequence == sequence) {
			slot->n_missing--;
			memmove(&slot->missing[i], &slot->missing[i + 1],
				(slot->n_missing - i) * sizeof(slot->missing[0]));
			slot->stats->findings.recovered++;
			return true;
		}
	}
	return false;
}

static int64_t place(struct slot_receiver *slot, uint16_t wire_sequence)
{
	if (!slot->seen) {
		slot->seen = true;
		slot->next = wire_sequence;
		rtcp_receive_stats_begin(&slot->reception, wire_sequence);
	}
	return seq_extend(slot->reception.newest, wire_sequence);
}

void slot_receiver_packet(
	struct slot_receiver *slot, const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	if (!slot->joined || rtp_parse(data, size, &packet) != 0) {
		return;
	}
	int64_t sequence = place(slot, packet.header.sequence);
	int64_t newest = slot->reception.newest;
	if (sequence > newest + SLOT_SEQUENCE_JUMP || sequence < newest - SLOT_SEQUENCE_JUMP) {
		restart(slot);
		sequence = place(slot, packet.header.sequence);
		newest = slot->reception.newest;
	}
	slot->packets++;
	rtcp_receive_stats_packet(
		&slot->reception, sequence, packet.header.timestamp, clock_rate(slot), now_us);
	if (sequence > newest) {
		record_missing(slot, newest + 1, sequence, now_us);
	} else if (!record_found(slot, sequence)) {
		return;
	}
	if (sequence == slot->next) {
		take(slot, data, size, now_us);
		process_held(slot);
	} else if (sequence > slot->next) {
		hold(slot, data, size, sequence, now_us);
	}
}

static size_t overdue(const struct slot_receiver *slot, int64_t now_us)
{
	size_t count = 0;
	while (count < slot->n_missing &&
		now_us - slot->missing[count].since_us > SLOT_GIVEN_UP_US) {
		count++;
	}
	return count;
}

static void check_source(struct slot_receiver *slot, int64_t now_us);

size_t slot_receiver_tick(
	struct slot_receiver *slot, int64_t now_us, uint16_t *ret_sequences, size_t capacity)
{
	size_t count = 0, late = overdue(slot, now_us);
	if (late > 0) {
		skip_missing(slot, late);
	}
	for (size_t i = 0; i < slot->n_missing && count < capacity; i++) {
		struct slot_missing *missing = &slot->missing[i];
		if (now_us >= missing->nack_us && missing->tries < SLOT_NACK_TRIES) {
			slot->lost += missing->tries == 0;
			missing->tries++;
			missing->nack_us = now_us + SLOT_NACK_INTERVAL_US;
			ret_sequences[count++] = (uint16_t)missing->sequence;
		}
	}
	slot->stats->findings.nacked += count;
	check_source(slot, now_us);
	return count;
}

/* ---- reports ---- */

void slot_receiver_sender_report(
	struct slot_receiver *slot, const struct rtcp_sender_info *report, int64_t now_us)
{
	slot->sr = *report;
	rtcp_receive_stats_report(&slot->reception, report, now_us);
}

void slot_receiver_block(struct slot_receiver *slot, int64_t now_us, struct rtcp_block *ret_block)
{
	uint32_t ssrc = media_ssrc(0, media_slot_stream(slot->number));
	rtcp_receive_stats_block(&slot->reception, ssrc, now_us, ret_block);
}

/* ---- checks ---- */

static void check_hole(struct slot_receiver *slot)
{
	slot->depacketizer = (struct h264_depacketizer){.damaged = true};
	slot->hole = true;
}

static void check_lasting(
	struct slot_fault *fault, bool is_there, int64_t now_us, uint64_t *counter)
{
	if (!is_there) {
		*fault = (struct slot_fault){0};
	} else if (fault->since_us == 0) {
		fault->since_us = now_us;
	} else if (now_us - fault->since_us > SLOT_FAULT_LASTS_US && !fault->reported) {
		fault->reported = true;
		(*counter)++;
	}
}

static void check_source(struct slot_receiver *slot, int64_t now_us)
{
	struct media_findings *findings = &slot->stats->findings;
	bool flows = slot->source != 0 && now_us - slot->arrived_us < SLOT_PAUSE_US;
	bool wrong = slot->expected != 0 && slot->source != slot->expected;
	bool own = is_voice(slot) && slot->source == slot->own_site;
	check_lasting(&slot->wrong, flows && wrong, now_us, &findings->wrong_source);
	check_lasting(&slot->own, flows && own, now_us, &findings->own_voice);
}

/* Checks that the frame follows the one before, where it must. */
static void check_order(struct slot_receiver *slot, const struct media_mark *mark, bool may_jump)
{
	bool same_run = slot->has_last && slot->last.site == mark->site &&
			slot->last.source == mark->source;
	if (same_run) {
		int32_t step = (int32_t)(mark->frame - slot->last.frame);
		if (step <= 0) {
			slot->stats->findings.out_of_order++;
		} else if (step > 1 && !slot->hole && !may_jump) {
			slot->stats->findings.frames_missing++;
		}
	}
	slot->has_last = true;
	slot->last = *mark;
	slot->hole = false;
}

static void time_mark(struct slot_receiver *slot, const struct media_mark *mark, uint32_t timestamp)
{
	const struct fleet_slot_stats *stats = slot->stats;
	int64_t captured = stats->captured_us ? stats->captured_us(stats->user, mark) : 0;
	slot->delay_us = captured != 0 ? slot->arrived_us - captured : 0;
	slot->shift_us = 0;
	if (captured != 0 && slot->reception.last_sr != 0) {
		int32_t ticks = (int32_t)(timestamp - slot->sr.timestamp);
		slot->shift_us = ntp_to_us(slot->sr.ntp) +
				 (int64_t)ticks * 1000000 / clock_rate(slot) - captured;
	}
}

static void check_mark(struct slot_receiver *slot, const struct media_mark *mark, uint32_t sum,
	bool may_jump, uint64_t *counter)
{
	if (mark->site != slot->source) {
		slot->stats->findings.wrong_source++;
	} else if (mark->sum != sum) {
		slot->stats->findings.bad_sum++;
	} else {
		(*counter)++;
	}
	check_order(slot, mark, may_jump);
}

static void check_unmarked(struct slot_receiver *slot, uint64_t *counter)
{
	slot->has_last = false;
	if (slot->stats->is_simulated(slot->stats->user, slot->source)) {
		slot->stats->findings.unstamped++;
	} else {
		(*counter)++;
	}
}

static void check_picture(
	struct slot_receiver *slot, uint32_t timestamp, bool paused, int64_t now_us)
{
	struct h264_depacketizer *depacketizer = &slot->depacketizer;
	slot->whole_us = now_us;
	if (depacketizer->keyframe && slot->switched_to != slot->source) {
		slot->switched_to = slot->source;
		slot->switched_us = now_us;
	}
	if (depacketizer->marked) {
		time_mark(slot, &depacketizer->mark, timestamp);
		check_mark(slot, &depacketizer->mark, depacketizer->sum,
			paused || depacketizer->keyframe, &slot->stats->findings.pictures);
	} else {
		check_unmarked(slot, &slot->stats->findings.pictures);
	}
}

static void check_sound(struct slot_receiver *slot, const struct rtp_packet *packet, bool paused)
{
	slot->whole_us = slot->arrived_us;
	if (slot->source == slot->own_site) {
		slot->has_last = false; /* dropped, as an endpoint does */
		return;
	}
	struct media_mark mark;
	uint32_t sum = 0;
	if (media_mark_read_opus(packet->payload, packet->payload_size, &mark, &sum)) {
		time_mark(slot, &mark, packet->header.timestamp);
		check_mark(slot, &mark, sum, paused, &slot->stats->findings.sounds);
	} else {
		check_unmarked(slot, &slot->stats->findings.sounds);
	}
}

static void check_switch(struct slot_receiver *slot, const struct rtp_packet *packet)
{
	uint32_t source = packet->header.n_csrc > 0 ? packet->header.csrc[0] : 0;
	if (source == slot->source) {
		return;
	}
	/* A slot that has just been joined may start in the middle of a picture. */
	bool joining = slot->source == 0;
	slot->source = source;
	slot->has_last = false;
	slot->depacketizer =
		(struct h264_depacketizer){.damaged = joining && !rtp_starts_keyframe(packet)};
	if (!joining && !slot->hole && !rtp_starts_keyframe(packet)) {
		slot->stats->findings.unclean_switches++;
	}
}

/*
 * A picture that ends without a marker, as before an outage, is none (RFC 6184 5.1): a decoder
 * drops it. Unless a keyframe comes next, it counts as missing.
 */
static void check_cut(struct slot_receiver *slot)
{
	if (slot->depacketizer.has_payload) {
		slot->depacketizer = (struct h264_depacketizer){0};
	}
}

static void check_packet(
	struct slot_receiver *slot, const struct rtp_packet *packet, int64_t now_us)
{
	bool paused = now_us - slot->arrived_us > SLOT_PAUSE_US;
	slot->arrived_us = now_us;
	check_switch(slot, packet);
	check_source(slot, now_us);
	if (is_voice(slot)) {
		check_sound(slot, packet, paused);
		return;
	}
	if (packet->header.timestamp != slot->timestamp) {
		check_cut(slot);
	}
	slot->timestamp = packet->header.timestamp;
	h264_depacketize(&slot->depacketizer, packet->payload, packet->payload_size);
	if (packet->header.marker) {
		if (!slot->depacketizer.damaged) {
			check_picture(slot, packet->header.timestamp, paused, now_us);
		}
		slot->depacketizer = (struct h264_depacketizer){0};
	}
}

bool slot_receiver_wants_keyframe(const struct slot_receiver *slot)
{
	return slot->joined && !is_voice(slot) && slot->switched_to == 0 && slot->seen;
}
