/*
 * The sound of the bell: three strokes of a chime, each dying away. Pure.
 *
 * Its lowest partial lies between the tones of two test voices (voice_tone.h), so that it can be
 * told from them.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_BELL_SOUND_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_BELL_SOUND_H

#include <stdint.h>

#include "endpoint/media/common/picture_format.h"

enum {
	EP_BELL_HZ = 880,
	EP_BELL_STROKES = 3,
	EP_BELL_STROKE_MS = 1000, /* from one to the next */
	EP_BELL_MS = EP_BELL_STROKES * EP_BELL_STROKE_MS + 500,
	EP_BELL_FRAMES = EP_BELL_MS * EP_SAMPLE_RATE / 1000,
	EP_BELL_BYTES = EP_BELL_FRAMES * 2 * 2, /* two channels of 16 bits */
};

/* Fills EP_BELL_FRAMES interleaved frames of two equal channels. */
void ep_bell_sound(int16_t *samples);

#endif
