/* Frequencies of test voices, and Goertzel's algorithm to detect them. Pure. */
#include "endpoint/media/common/voice_tone.h"

#include <math.h>

#define TURN 6.28318530717958647692

unsigned ep_tone_hz(unsigned site_number)
{
	return EP_TONE_FIRST_HZ + EP_TONE_STEP_HZ * ((site_number - 1) % EP_TONE_COUNT);
}

void ep_tone_dip(int16_t *samples, size_t n, unsigned rate, int64_t wall_us)
{
	int64_t first = wall_us % 1000000 * rate / 1000000;
	for (size_t i = 0; i < n; i++) {
		int64_t of_second = (first + (int64_t)i) % rate;
		if (of_second * 1000 < (int64_t)EP_TONE_DIP_MS * rate) {
			samples[i] /= 2;
		}
	}
}

double ep_tone_level(const int16_t *samples, size_t n, unsigned rate, unsigned hz)
{
	double coefficient = 2 * cos(TURN * hz / rate);
	double before = 0;
	double last = 0;
	for (size_t i = 0; i < n; i++) {
		double next = samples[i] / 32768.0 + coefficient * last - before;
		before = last;
		last = next;
	}
	double power = last * last + before * before - coefficient * last * before;
	return power > 0 ? 2 * sqrt(power) / (double)n : 0;
}
