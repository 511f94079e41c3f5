/*
 * What comes and goes softly: how far it has come at an instant. Pure; times are milliseconds of
 * any one clock. All bytes zero is away.
 *
 * What is to be shown is replaced only while it is away, so nobody sees one text turn into another.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_SOFT_MOTION_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_SOFT_MOTION_H

#include <stdbool.h>
#include <stdint.h>

enum {
	EP_MOTION_MS = 320, /* to come, and to go */
};

struct ep_motion {
	bool here; /* on its way in, or all the way */
	int64_t since_ms; /* of the last turn */
	double from; /* how far it had come then */
};

/* 0: away; 1: all here. Slow at both ends. */
double ep_motion_at(const struct ep_motion *motion, int64_t now_ms);

/* From this instant on it comes; it may lie ahead. */
void ep_motion_come(struct ep_motion *motion, int64_t from_ms);
void ep_motion_go(struct ep_motion *motion, int64_t now_ms);

/* Nothing moves any more. */
bool ep_motion_rests(const struct ep_motion *motion, int64_t now_ms);

#endif
