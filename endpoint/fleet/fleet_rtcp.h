/* RTCP of a simulated site, both ways: a part of site_media.c in a file of its own. */
#ifndef DIEMCAU_ENDPOINT_FLEET_FLEET_RTCP_H
#define DIEMCAU_ENDPOINT_FLEET_FLEET_RTCP_H

#include "endpoint/fleet/site_media.h"

/* A decrypted compound. */
void fleet_rtcp_take(struct site_media *media, const uint8_t *data, size_t size, int64_t now_us);

/* Sends keepalive and reports that are due, NACKs and keyframe requests that are needed. */
void fleet_rtcp_tick(struct site_media *media, int64_t now_us);

#endif
