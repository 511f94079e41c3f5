/* One slot: see slot_route.h. */
#include "coordinator/relay/slot_route.h"

#include <string.h>

#include "proto/media/seq.h"

enum {
	/* How fast a wrong timestamp catches up, in thousandths of the frame's own duration. */
	CATCH_UP_PICTURE = 50,
	CATCH_UP_VOICE = 5,
	MILLION = 1000000,
	SWITCH_STEPS_PER_SECOND = 1000 /* a switch advances time by at least a millisecond */
};

void rly_route_init(struct rly_route *route, uint32_t rate, int64_t first_sequence)
{
	memset(route, 0, sizeof(*route));
	route->rate = rate;
	route->picture = rate == 90000;
	route->newest_out = first_sequence - 1;
}

/* Ends the present run; its gaps may still be filled. */
static void end_run(struct rly_route *route)
{
	if (route->run.stream) {
		route->previous = route->run;
		route->run = (struct rly_route_segment){0};
	}
}

void rly_route_set(struct rly_route *route, uint16_t stream)
{
	if (route->desired == stream) {
		return;
	}
	route->desired = stream;
	route->awaits_keyframe = stream != 0 && stream != route->run.stream;
	/* A removed microphone is not heard for one packet more. */
	if (stream == 0 || (!route->picture && route->awaits_keyframe)) {
		end_run(route);
	}
}

bool rly_route_matches(const struct rly_route *route, uint16_t stream)
{
	return stream == route->desired || stream == route->run.stream ||
	       stream == route->previous.stream;
}

uint16_t rly_route_wants_keyframe(const struct rly_route *route)
{
	return route->awaits_keyframe && route->picture ? route->desired : 0;
}

static bool find_frame(const struct rly_route_segment *run, uint32_t timestamp, uint32_t *ret_out)
{
	uint32_t n = run->n_frames < RLY_ROUTE_FRAMES ? run->n_frames : RLY_ROUTE_FRAMES;
	for (uint32_t back = 1; back <= n; back++) {
		uint32_t at = (run->n_frames - back) % RLY_ROUTE_FRAMES;
		if (run->frame_in[at] == timestamp) {
			*ret_out = run->frame_out[at];
			return true;
		}
	}
	return false;
}

static void record_frame(struct rly_route_segment *run, uint32_t in, uint32_t out)
{
	uint32_t at = run->n_frames % RLY_ROUTE_FRAMES;
	run->frame_in[at] = in;
	run->frame_out[at] = out;
	run->n_frames++;
}

/*
 * Within a run the timestamp follows the source's own steps and drifts towards the time axis by a
 * small part of each: no frame gets two timestamps, and no decoder sees a jump.
 */
static uint32_t follow(
	const struct rly_route_segment *run, const struct rly_route_input *packet, int64_t catch_up)
{
	int32_t step = timestamp_distance(run->newest_in_timestamp, packet->timestamp);
	uint32_t expected = run->newest_timestamp + (uint32_t)step;
	if (!packet->mapped || step <= 0) {
		return expected;
	}
	int32_t allowed = (int32_t)(step * catch_up / 1000 + 1);
	int32_t distance = timestamp_distance(expected, packet->axis);
	int32_t drift = distance > allowed ? allowed : distance < -allowed ? -allowed : distance;
	return expected + (uint32_t)drift;
}

static bool is_near(const struct rly_route *route, uint32_t timestamp, uint32_t arrived)
{
	const int64_t rate = route->rate;
	int64_t ahead = timestamp_distance(arrived, timestamp);
	return ahead * MILLION <= rate * RLY_ROUTE_AHEAD_US &&
	       ahead * MILLION >= -rate * RLY_ROUTE_BEHIND_US;
}

/*
 * The first packet of a frame: at the source's time as far as possible, otherwise at its arrival.
 */
static uint32_t place_frame(struct rly_route *route, struct rly_route_segment *run,
	const struct rly_route_input *packet, bool *ret_odd)
{
	bool newest = packet->arrival.newest;
	bool is_newer = timestamp_distance(run->newest_in_timestamp, packet->timestamp) > 0;
	uint32_t out = follow(run, packet, route->picture ? CATCH_UP_PICTURE : CATCH_UP_VOICE);
	if ((newest && !is_newer) || !is_near(route, out, packet->arrived)) {
		*ret_odd = true;
		out = packet->arrived;
	}
	int32_t advance = timestamp_distance(run->newest_timestamp, out);
	if (newest && advance <= 0) {
		out = run->newest_timestamp + 1;
	} else if (!newest && advance > 0) {
		out = run->newest_timestamp;
	}
	if (newest) {
		run->newest_in_timestamp = packet->timestamp;
		run->newest_timestamp = out;
	}
	record_frame(run, packet->timestamp, out);
	return out;
}

/* A frame once sent is not sent again: at least not in order. */
static uint32_t timestamp_of(struct rly_route *route, struct rly_route_segment *run,
	const struct rly_route_input *packet, bool *ret_odd)
{
	uint32_t out;
	if (!find_frame(run, packet->timestamp, &out)) {
		return place_frame(route, run, packet, ret_odd);
	}
	if (packet->arrival.newest && timestamp_distance(run->newest_timestamp, out) < 0) {
		*ret_odd = true;
		return run->newest_timestamp;
	}
	return out;
}

/* The start time of a new run: never before the newest time sent. */
static uint32_t begins_at(const struct rly_route *route, const struct rly_route_input *packet)
{
	uint32_t least = route->newest_timestamp + route->rate / SWITCH_STEPS_PER_SECOND;
	bool early = route->started && timestamp_distance(least, packet->axis) < 0;
	return early ? least : packet->axis;
}

static void begin_run(struct rly_route *route, const struct rly_route_input *packet)
{
	uint32_t begins = begins_at(route, packet);
	end_run(route);
	struct rly_route_segment *run = &route->run;
	run->stream = packet->stream;
	run->first_in = packet->arrival.sequence;
	run->newest_in = packet->arrival.sequence;
	run->shift = route->newest_out + 1 - packet->arrival.sequence;
	run->newest_in_timestamp = packet->timestamp;
	run->newest_timestamp = begins;
	record_frame(run, packet->timestamp, run->newest_timestamp);
	route->awaits_keyframe = false;
	route->started = true;
	route->switches++;
}

/* A new numbering of the source on the slot starts a new run; of the desired source, a switch. */
static void handle_resumed(struct rly_route *route, uint16_t stream)
{
	if (stream == route->run.stream) {
		end_run(route);
	}
	if (stream == route->desired) {
		route->awaits_keyframe = true;
	}
}

/* The run of a packet: the present one, or the previous one if the packet fills a gap there. */
static struct rly_route_segment *run_of(struct rly_route *route, uint16_t stream, int64_t in)
{
	struct rly_route_segment *run = &route->run;
	struct rly_route_segment *previous = &route->previous;
	if (stream == run->stream && in >= run->first_in) {
		return run;
	}
	return stream == previous->stream && in >= previous->first_in && in <= previous->newest_in
		       ? previous
		       : NULL;
}

bool rly_route_forward(struct rly_route *route, const struct rly_route_input *packet,
	struct rly_route_output *ret_passed)
{
	int64_t in = packet->arrival.sequence;
	if (packet->arrival.resumed) {
		handle_resumed(route, packet->stream);
	}
	/* A late key frame cannot start a run: the rest of its frame has been dropped. */
	bool switched = route->awaits_keyframe && packet->stream == route->desired &&
			packet->arrival.newest && packet->keyframe &&
			is_near(route, begins_at(route, packet), packet->arrived);
	if (switched) {
		begin_run(route, packet);
	}
	struct rly_route_segment *run = run_of(route, packet->stream, in);
	if (!run) {
		return false;
	}
	run->newest_in = in > run->newest_in ? in : run->newest_in;
	ret_passed->sequence = in + run->shift;
	ret_passed->odd = false;
	ret_passed->timestamp = timestamp_of(route, run, packet, &ret_passed->odd);
	ret_passed->switched = switched;
	if (ret_passed->sequence > route->newest_out) {
		route->newest_out = ret_passed->sequence;
		route->newest_timestamp = ret_passed->timestamp;
	}
	return true;
}
