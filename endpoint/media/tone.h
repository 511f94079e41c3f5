/*
 * The tone of a test voice: one frequency per site, so that a receiver can prove whom it hears.
 *
 * Frequencies are 40 Hz apart between 300 and 2820 Hz and repeat every 64 sites; windows of 25 ms
 * or more tell neighbours apart, windows of 10 ms tell sound from silence.
 */
#ifndef DIEMCAU_ENDPOINT_TONE_H
#define DIEMCAU_ENDPOINT_TONE_H

#include <stddef.h>
#include <stdint.h>

enum {
	EP_TONE_FIRST_HZ = 300,
	EP_TONE_STEP_HZ = 40,
	EP_TONE_COUNT = 64,
};

/* Frequency in Hz of the site with this number (1..8127). */
unsigned ep_tone_hz(unsigned site_number);

/*
 * Amplitude (0..1 of full scale) of one frequency in a window of mono samples: Goertzel's
 * algorithm. n must not be 0.
 */
double ep_tone_level(const int16_t *samples, size_t n, unsigned rate, unsigned hz);

#endif
