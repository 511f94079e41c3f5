#include "tests/tools/av_check/tone_dips.h"

#include "endpoint/media/common/voice_tone.h"

enum {
	SOFT_MAX_PERCENT = 75, /* of the loud level: a dip halves the level */
	SOFT_MIN_PERCENT = 30, /* less is silence */
	SLACK_MS = 20,
	FORGOTTEN_PER_STEP = 400, /* the 400th part: a loud moment decays within seconds */
};

static int peak_of(const int16_t *samples, size_t n)
{
	int peak = 0;
	for (size_t i = 0; i < n; i++) {
		int level = samples[i] < 0 ? -samples[i] : samples[i];
		peak = level > peak ? level : peak;
	}
	return peak;
}

static bool is_dip(int64_t length_ms)
{
	return length_ms >= EP_TONE_DIP_MS - SLACK_MS && length_ms <= EP_TONE_DIP_MS + SLACK_MS;
}

bool dips_step(struct dips *dips, const int16_t *samples, size_t n, int64_t ms, int64_t *ret_ms)
{
	int peak = peak_of(samples, n);
	bool was_soft = dips->soft;
	dips->soft = peak * 100 > dips->loud * SOFT_MIN_PERCENT &&
		     peak * 100 < dips->loud * SOFT_MAX_PERCENT;
	dips->loud -= dips->loud / FORGOTTEN_PER_STEP;
	dips->loud = peak > dips->loud ? peak : dips->loud;
	if (dips->soft && !was_soft) {
		dips->soft_since_ms = ms;
	}
	*ret_ms = dips->soft_since_ms;
	return was_soft && !dips->soft && is_dip(ms - dips->soft_since_ms);
}
