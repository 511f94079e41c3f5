/*
 * The media of simulated sites: clips encoded at build time (make_clip.py) and linked into the
 * program.
 *
 * An item of a picture clip is an access unit: NAL units, each preceded by its length (3 bytes,
 * big-endian). Item 0 is the only keyframe, so a clip may restart at any frame. An item of the
 * voice clip is an Opus packet of 20 ms; a thumbnail is a JPEG.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_CLIP_H
#define DIEMCAU_ENDPOINT_FLEET_CLIP_H

#include <stddef.h>
#include <stdint.h>

struct clip {
	const uint8_t *bytes;
	const uint32_t *ends; /* of each item */
	uint32_t count;
};

extern const struct clip clip_camera, clip_preview, clip_content, clip_voice, clip_thumbnails;

static inline const uint8_t *clip_item(const struct clip *clip, uint32_t index, size_t *ret_size)
{
	uint32_t start = index ? clip->ends[index - 1] : 0;
	*ret_size = clip->ends[index] - start;
	return clip->bytes + start;
}

/* The next NAL unit of an access unit; *at starts at 0. NULL after the last. */
const uint8_t *clip_nal(const uint8_t *unit, size_t unit_size, size_t *at, size_t *ret_size);

#endif
