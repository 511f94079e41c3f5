#include "endpoint/media/program/soft_motion.h"

static double clamp(double part)
{
	return part < 0 ? 0 : part > 1 ? 1 : part;
}

double ep_motion_at(const struct ep_motion *motion, int64_t now_ms)
{
	double part = clamp((double)(now_ms - motion->since_ms) / EP_MOTION_MS);
	double smooth = part * part * (3 - 2 * part);
	double to = motion->here ? 1 : 0;
	return motion->from + (to - motion->from) * smooth;
}

static void turn(struct ep_motion *motion, bool here, int64_t at_ms, double from)
{
	motion->from = from;
	motion->here = here;
	motion->since_ms = at_ms;
}

void ep_motion_come(struct ep_motion *motion, int64_t from_ms)
{
	if (!motion->here) {
		turn(motion, true, from_ms, ep_motion_at(motion, from_ms));
	}
}

void ep_motion_go(struct ep_motion *motion, int64_t now_ms)
{
	if (motion->here) {
		turn(motion, false, now_ms, ep_motion_at(motion, now_ms));
	}
}

bool ep_motion_rests(const struct ep_motion *motion, int64_t now_ms)
{
	return now_ms - motion->since_ms >= EP_MOTION_MS;
}
