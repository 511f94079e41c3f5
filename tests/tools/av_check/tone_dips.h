/*
 * Detects the dips of a test voice: levels by steps; a soft interval of a dip's length between loud
 * ones. Pure.
 */
#ifndef DIEMCAU_TESTS_TOOLS_AV_CHECK_TONE_DIPS_H
#define DIEMCAU_TESTS_TOOLS_AV_CHECK_TONE_DIPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with all bytes zero. */
struct dips {
	int loud; /* peak outside dips */
	int64_t soft_since_ms;
	bool soft;
};

/*
 * Mono samples of one step, which starts at ms. True if a dip has just ended: it started at
 * *ret_ms.
 */
bool dips_step(struct dips *dips, const int16_t *samples, size_t n, int64_t ms, int64_t *ret_ms);

#endif
