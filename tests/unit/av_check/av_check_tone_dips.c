/* Dips of a test voice are located to one step; other changes are not taken for dips. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/media/common/voice_tone.h"
#include "tests/tools/av_check/av_check.h"
#include "tests/tools/av_check/tone_dips.h"

enum {
	RATE = 48000,
	STEP = RATE * AV_CHECK_STEP_MS / 1000,
	SECONDS = 3,
	LOUD = 6000,
	FOUND_MAX = 16,
};

static int16_t voice[RATE * SECONDS];

struct found {
	unsigned n;
	int64_t ms[FOUND_MAX];
};

static void sing(unsigned hz)
{
	for (size_t i = 0; i < RATE * SECONDS; i++) {
		voice[i] = (int16_t)(LOUD * sin(6.283185307 * hz * (double)i / RATE));
	}
}

static void soften(size_t from_ms, size_t length_ms, unsigned percent)
{
	for (size_t i = from_ms * RATE / 1000; i < (from_ms + length_ms) * RATE / 1000; i++) {
		voice[i] = (int16_t)(voice[i] * (int)percent / 100);
	}
}

static struct found listen(void)
{
	struct dips dips = {0};
	struct found found = {0};
	int64_t began;
	for (size_t i = 0; i + STEP <= RATE * SECONDS; i += STEP) {
		if (dips_step(&dips, voice + i, STEP, (int64_t)(i * 1000 / RATE), &began)) {
			found.ms[found.n++ % FOUND_MAX] = began;
		}
	}
	return found;
}

static void full_seconds_are_found_in_any_voice(void **state)
{
	(void)state;
	for (unsigned site = 1; site <= EP_TONE_COUNT; site++) {
		sing(ep_tone_hz(site));
		ep_tone_dip(voice, RATE * SECONDS, RATE, 1700000000500000);
		struct found found = listen();
		assert_int_equal(found.n, 3);
		for (unsigned i = 0; i < found.n; i++) {
			int64_t due = 500 + 1000 * (int64_t)i;
			assert_in_range(
				found.ms[i], due - AV_CHECK_STEP_MS, due + AV_CHECK_STEP_MS);
		}
	}
}

static void silence_and_other_softness_are_no_dips(void **state)
{
	(void)state;
	sing(440);
	assert_int_equal(listen().n, 0);
	soften(1000, EP_TONE_DIP_MS, 0); /* a gap in the sound */
	soften(1500, 2 * EP_TONE_DIP_MS, 50); /* too long */
	soften(2200, EP_TONE_DIP_MS / 2, 50); /* too short */
	soften(2500, EP_TONE_DIP_MS, 90);
	assert_int_equal(listen().n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_seconds_are_found_in_any_voice),
		cmocka_unit_test(silence_and_other_softness_are_no_dips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
