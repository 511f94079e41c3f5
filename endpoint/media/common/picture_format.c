/* The table of sizes. */
#include "endpoint/media/common/picture_format.h"

#include <stddef.h>
#include <string.h>

static const struct ep_format formats[] = {
	{"720p25", {1280, 720, 25, 1500}, {320, 180, 5, 120}},
	{"360p15", {640, 360, 15, 600}, {320, 180, 5, 120}},
	{"1080p25", {1920, 1080, 25, 3000}, {320, 180, 5, 120}},
};

const struct ep_format *ep_format_find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].name, name) == 0) {
			return &formats[i];
		}
	}
	return NULL;
}
