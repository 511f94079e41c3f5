/* Datagrams of a simulated site: sending, and the losses the script wants. */
#ifndef DIEMCAU_ENDPOINT_FLEET_SITE_SOCKET_H
#define DIEMCAU_ENDPOINT_FLEET_SITE_SOCKET_H

#include "endpoint/fleet/site_media.h"

/* True if the next datagram, in or out, is lost. */
bool site_socket_is_lost(const struct site_media *media);

/* user is the struct site_media. */
void site_socket_send(void *user, const uint8_t *datagram, size_t size);

#endif
