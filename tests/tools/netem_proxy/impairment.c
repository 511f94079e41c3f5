/* Loss, delay, jitter and cuts of one direction of one path. */
#include "tests/tools/netem_proxy/impairment.h"

void impaired_init(struct impaired *path, uint64_t seed)
{
	*path = (struct impaired){.random = seed * 0x9E3779B97F4A7C15u + 1};
	path->rule.burst = 1;
	if (path->random == 0) {
		path->random = 1;
	}
}

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators" (2016). */
static double uniform(struct impaired *path)
{
	path->random ^= path->random >> 12;
	path->random ^= path->random << 25;
	path->random ^= path->random >> 27;
	return (double)((path->random * 0x2545F4914F6CDD1Du) >> 11) / (double)(1ull << 53);
}

/* One step of the chain; independent losses where burst is 1 (then leave = 1 - loss). */
static bool is_lost(struct impaired *path)
{
	double loss = path->rule.loss;
	double leave, enter;

	if (loss <= 0) {
		path->losing = false;
		return false;
	}
	if (loss >= 1) {
		return true;
	}
	if (path->rule.burst <= 1) {
		return uniform(path) < loss;
	}
	leave = 1 / path->rule.burst;
	enter = leave * loss / (1 - loss);
	path->losing = uniform(path) < (path->losing ? 1 - leave : enter);
	return path->losing;
}

bool impaired_pass(struct impaired *path, int64_t now_us, int64_t *ret_leave_us)
{
	int64_t delay = path->rule.delay_us;

	if (path->rule.cut || is_lost(path)) {
		path->lost++;
		return false;
	}
	if (path->rule.jitter_us > 0) {
		delay += (int64_t)((uniform(path) * 2 - 1) * (double)path->rule.jitter_us);
	}
	*ret_leave_us = now_us + (delay > 0 ? delay : 0);
	path->passed++;
	return true;
}
