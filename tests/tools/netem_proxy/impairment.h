/*
 * Impairments of one direction of one path: pure, time is an argument.
 *
 * Loss is a two-state chain (Gilbert): `loss` is the long-run share of packets lost, `burst` the
 * mean number lost in a row (1: losses are independent). Delay is fixed, jitter is uniform in
 * +-jitter around it and so reorders. The generator is seeded, so a run can be repeated.
 */
#ifndef DIEMCAU_TESTS_TOOLS_NETEM_PROXY_IMPAIRMENT_H
#define DIEMCAU_TESTS_TOOLS_NETEM_PROXY_IMPAIRMENT_H

#include <stdbool.h>
#include <stdint.h>

struct impairment {
	double loss; /* 0..1 */
	double burst; /* >= 1, packets */
	int64_t delay_us;
	int64_t jitter_us;
	int64_t late_us; /* extra delay of pictures; added by the caller, which knows the packet
			  * type */
	bool cut; /* nothing passes */
};

struct impaired {
	struct impairment rule;
	uint64_t random; /* state of the generator, never 0 */
	bool losing; /* in a run of losses */
	uint64_t passed;
	uint64_t lost;
};

void impaired_init(struct impaired *path, uint64_t seed);

/* Whether a packet that arrives at now_us passes, and if so when it leaves. Counts it. */
bool impaired_pass(struct impaired *path, int64_t now_us, int64_t *ret_leave_us);

#endif
