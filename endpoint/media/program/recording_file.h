/* Where a recording goes: never over an earlier one, and not on a disk that is full. */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_RECORDING_FILE_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_RECORDING_FILE_H

#include <stdint.h>

enum {
	EP_RECORDING_LOW_MIB = 512, /* less room is told: about 40 minutes of a recording */
	EP_RECORDING_NEEDED_MIB = 64, /* a recording that was stopped goes on with so much */
};

/* `path` if nothing is there, else the first free one of NAME-2.EXT, NAME-3.EXT … For g_free. */
char *ep_recording_path(const char *path);

/* Room for this file in MiB; INT64_MAX where that cannot be known. */
int64_t ep_recording_room(const char *path);

#endif
