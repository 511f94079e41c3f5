/* One stream a site sends: see uplink_source.h. */
#include "coordinator/relay/uplink_source.h"

#include <string.h>

#include "proto/media/ntp.h"
#include "proto/media/seq.h"

static const int64_t us_per_second = 1000000;

static void begin(struct rly_source *source, int64_t sequence)
{
	source->seen = true;
	source->restarted = false;
	source->n_missing = 0;
	rtcp_receive_stats_begin(&source->stats, sequence);
}

static void drop_missing(struct rly_source *source, size_t at)
{
	source->n_missing--;
	memmove(&source->missing[at], &source->missing[at + 1],
		(source->n_missing - at) * sizeof(source->missing[0]));
}

static void record_gap(struct rly_source *source, int64_t from, int64_t to, int64_t now_us)
{
	from = to - from > RLY_MISSING_MAX ? to - RLY_MISSING_MAX : from;
	for (int64_t i = from; i < to; i++) {
		if (source->n_missing == RLY_MISSING_MAX) {
			drop_missing(source, 0);
		}
		source->missing[source->n_missing++] = (struct rly_missing){
			.sequence = i, .since_us = now_us, .nack_us = now_us + RLY_REORDER_US};
	}
}

static void record_repair(struct rly_source *source, int64_t sequence)
{
	for (size_t i = 0; i < source->n_missing; i++) {
		if (source->missing[i].sequence == sequence) {
			source->repaired += source->missing[i].tries > 0;
			drop_missing(source, i);
			return;
		}
	}
}

static void update_clock(struct rly_source *source, const struct rtp_header *header, int64_t now_us)
{
	if (header->has_ntp) {
		source->has_clock = true;
		source->clock_in_packets = true;
		source->clock_ntp_us = ntp_to_us(header->ntp);
		source->clock_timestamp = header->timestamp;
		source->clock_us = now_us;
	}
}

/* False if the number is older than the window. */
static bool record_sequence(
	struct rly_source *source, int64_t sequence, int64_t now_us, struct rly_arrival *arrival)
{
	int64_t newest = source->stats.newest;
	int64_t ahead = sequence - newest;
	bool restarted = source->restarted || ahead < -RLY_SOURCE_WINDOW;
	bool outage = ahead > RLY_OUTAGE_PACKETS ||
		      (ahead > 1 && now_us - source->arrived_us >= RLY_OUTAGE_US);
	if (restarted || outage) {
		/* Far above the old numbering, so that no number of it seems adjacent. */
		int64_t base = (newest / 65536 + 2) * 65536;
		arrival->sequence = restarted ? base + (sequence & 0xFFFF) : sequence;
		begin(source, arrival->sequence);
		arrival->resumed = true;
		arrival->newest = true;
		return true;
	}
	if (ahead > 0) {
		record_gap(source, newest + 1, sequence, now_us);
		arrival->newest = true;
	} else {
		record_repair(source, sequence);
	}
	return sequence >= source->stats.first;
}

bool rly_source_packet(struct rly_source *source, const struct rtp_packet *packet, uint32_t rate,
	int64_t now_us, struct rly_arrival *ret_arrival)
{
	const struct rtp_header *header = &packet->header;
	struct rly_arrival arrival = {.sequence = header->sequence};
	if (!source->seen) {
		begin(source, header->sequence);
		arrival.newest = true;
		arrival.resumed = true;
	} else {
		arrival.sequence = seq_extend(source->stats.newest, header->sequence);
		if (!record_sequence(source, arrival.sequence, now_us, &arrival)) {
			return false;
		}
	}
	rtcp_receive_stats_packet(
		&source->stats, arrival.sequence, header->timestamp, rate, now_us);
	if (arrival.newest) {
		source->arrived_us = now_us;
		update_clock(source, header, now_us);
	}
	*ret_arrival = arrival;
	return true;
}

void rly_source_restart(struct rly_source *source)
{
	source->restarted = source->seen;
	source->has_clock = false;
	source->clock_in_packets = false;
	source->stats.last_sr = 0;
	source->n_missing = 0;
}

void rly_source_report(
	struct rly_source *source, const struct rtcp_sender_info *report, int64_t now_us)
{
	rtcp_receive_stats_report(&source->stats, report, now_us);
	/* Both clocks give the same time; since they differ by rounding, only one is used. */
	if (source->clock_in_packets && now_us - source->clock_us < RLY_OUTAGE_US) {
		return;
	}
	source->has_clock = true;
	source->clock_in_packets = false;
	source->clock_ntp_us = ntp_to_us(report->ntp);
	source->clock_timestamp = report->timestamp;
	source->clock_us = now_us;
}

int64_t rly_source_ntp_us(const struct rly_source *source, uint32_t timestamp, uint32_t rate)
{
	int64_t ticks = timestamp_distance(source->clock_timestamp, timestamp);
	return source->clock_ntp_us + ticks * us_per_second / (int64_t)rate;
}

static void drop_old(struct rly_source *source, int64_t now_us)
{
	while (source->n_missing > 0 && now_us - source->missing[0].since_us > RLY_MISSING_US) {
		drop_missing(source, 0);
	}
}

/* A quarter above the round trip: a packet that arrives just in time is not requested twice. */
static int64_t nack_interval(int64_t round_trip_us)
{
	int64_t us = round_trip_us + round_trip_us / 4;
	us = us > RLY_NACK_AGAIN_US ? us : RLY_NACK_AGAIN_US;
	return us < RLY_NACK_AGAIN_MOST_US ? us : RLY_NACK_AGAIN_MOST_US;
}

size_t rly_source_nack(struct rly_source *source, int64_t round_trip_us, int64_t now_us,
	uint16_t *ret_sequences, size_t capacity)
{
	int64_t again_us = nack_interval(round_trip_us);
	drop_old(source, now_us);
	size_t n = 0;
	for (size_t i = 0; i < source->n_missing && n < capacity; i++) {
		struct rly_missing *missing = &source->missing[i];
		if (missing->tries < RLY_NACK_TRIES && now_us >= missing->nack_us) {
			source->lost += missing->tries == 0;
			missing->tries++;
			missing->nack_us = now_us + again_us;
			ret_sequences[n++] = (uint16_t)((uint64_t)missing->sequence & 0xFFFF);
		}
	}
	return n;
}
