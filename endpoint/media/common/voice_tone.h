/*
 * The tone of a test voice: one frequency per site, so that a receiver can identify the site it
 * hears.
 *
 * Frequencies are 40 Hz apart between 300 and 2820 Hz and repeat every 64 sites; windows of 25 ms
 * or more separate neighbours, windows of 10 ms separate sound from silence. A dip at each full
 * second of the wall clock tells when a sound was generated, as the clock of a test picture's stamp
 * does.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_VOICE_TONE_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_VOICE_TONE_H

#include <stddef.h>
#include <stdint.h>

enum {
	EP_TONE_FIRST_HZ = 300,
	EP_TONE_STEP_HZ = 40,
	EP_TONE_COUNT = 64,
	EP_TONE_DIP_MS = 100,
};

/* Frequency in Hz of the site with this number (1..8127). */
unsigned ep_tone_hz(unsigned site_number);

/*
 * Halves those of n mono samples that are in the first EP_TONE_DIP_MS of a second of the wall
 * clock. wall_us: Unix time of the first sample.
 */
void ep_tone_dip(int16_t *samples, size_t n, unsigned rate, int64_t wall_us);

/*
 * Amplitude (0..1 of full scale) of one frequency in a window of mono samples: Goertzel's
 * algorithm. n must not be 0.
 */
double ep_tone_level(const int16_t *samples, size_t n, unsigned rate, unsigned hz);

#endif
