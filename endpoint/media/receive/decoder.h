/*
 * The elements that decode a slot's packets, in order, to pictures or sound. Their input is
 * untrusted: a site on air may send any bitstream.
 *
 * A picture larger than the largest a site may send (picture_format.h) is refused before decoding:
 * a parameter set of forty bytes may claim 16384 x 16384, and a few of those exhaust the memory.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_DECODER_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_DECODER_H

enum {
	EP_DECODER_WIDTH_MAX = 1920,
	EP_DECODER_HEIGHT_MAX = 1088, /* 1080 in whole macroblocks, as some cameras send it */
};

/*
 * gst-launch descriptions, from application/x-rtp to raw I420 or S16LE, 48000 Hz, stereo; the
 * depayloader of pictures is named "depay". Static.
 */
extern const char ep_decoder_picture[];
extern const char ep_decoder_voice[];

/* The input caps: payload types and clock rates of docs/media.md. Static. */
extern const char ep_decoder_picture_caps[];
extern const char ep_decoder_voice_caps[];

#endif
