/* RTCP of a simulated site, both ways: inside of media.c, in a file of its own. */
#ifndef DIEMCAU_FLEET_FEEDBACK_H
#define DIEMCAU_FLEET_FEEDBACK_H

#include "tests/fleet/media.h"

/* A decrypted compound. */
void feedback_take(struct site_media *media, const uint8_t *data, size_t size, int64_t now_us);

/* Keepalive and reports when due, repairs and keyframes when wanted. */
void feedback_tick(struct site_media *media, int64_t now_us);

/* media.c: a datagram out. */
void media_send(void *user, const uint8_t *datagram, size_t size);

#endif
