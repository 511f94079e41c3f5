/*
 * Where a test voice dips: level by steps, and between the loud a soft stretch of the length of a
 * dip. Pure.
 */
#ifndef DIEMCAU_TESTS_TOOLS_AV_CHECK_TONE_DIPS_H
#define DIEMCAU_TESTS_TOOLS_AV_CHECK_TONE_DIPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed is ready. */
struct dips {
	int loud; /* peak of what is not a dip */
	int64_t soft_since_ms;
	bool soft;
};

/* Mono samples of one step, which begins at ms. True where a dip has just ended: it began at
 * *ret_ms. */
bool dips_step(struct dips *dips, const int16_t *samples, size_t n, int64_t ms, int64_t *ret_ms);

#endif
