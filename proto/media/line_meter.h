/*
 * One way of a line between two moments, from counters that go on: bit rate, loss, jitter. Pure.
 */
#ifndef DIEMCAU_PROTO_MEDIA_LINE_METER_H
#define DIEMCAU_PROTO_MEDIA_LINE_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "domain_msg.h"

/* Totals at one moment. */
struct line_reading {
	uint64_t bytes; /* datagrams, without UDP and IP */
	uint64_t expected; /* packets that were sent to be received */
	int64_t lost; /* of them, before any repair; duplicates make it smaller */
	uint32_t jitter_ms; /* now */
};

/* False where no packet was expected in between, or no time has passed: nothing was measured. */
bool line_meter_way(const struct line_reading *first, const struct line_reading *last,
	int64_t span_ms, struct line_way *ret);

#endif
