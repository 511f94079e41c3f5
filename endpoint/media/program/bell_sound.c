/* Partials of a chime, higher ones softer and sooner gone. */
#include "endpoint/media/program/bell_sound.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define TURN 6.28318530717958647692

struct partial {
	double hz;
	double loudness; /* of full scale */
	double fall_s; /* time in which it falls to a third */
};

static const struct partial partials[] = {
	{EP_BELL_HZ, 0.22, 0.45}, {EP_BELL_HZ * 2.0, 0.10, 0.25},
	{EP_BELL_HZ * 2.76, 0.06, 0.12}, /* a bar of metal rings there: no harmonic */
};

enum { ATTACK_MS = 4 }; /* a stroke that began at once would click */

static double stroke(double s)
{
	double sum = 0;
	for (size_t i = 0; i < sizeof(partials) / sizeof(partials[0]); i++) {
		sum += partials[i].loudness * exp(-s / partials[i].fall_s) *
		       sin(TURN * partials[i].hz * s);
	}
	double attack = s * 1000 / ATTACK_MS;
	return attack < 1 ? sum * attack : sum;
}

/* Strokes are added: one is not cut off by the next. */
void ep_bell_sound(int16_t *samples)
{
	memset(samples, 0, EP_BELL_BYTES);
	for (int i = 0; i < EP_BELL_STROKES; i++) {
		int first = i * EP_BELL_STROKE_MS * (EP_SAMPLE_RATE / 1000);

		for (int at = first; at < EP_BELL_FRAMES; at++) {
			double value = stroke((double)(at - first) / EP_SAMPLE_RATE) * INT16_MAX;
			samples[2 * at] = (int16_t)(samples[2 * at] + lrint(value));
			samples[2 * at + 1] = samples[2 * at];
		}
	}
}
