/* Access to the site page: pure checks of a request's headers and path. */
#ifndef DIEMCAU_ENDPOINT_PANEL_GUARD_H
#define DIEMCAU_ENDPOINT_PANEL_GUARD_H

#include <stdbool.h>
#include <stdint.h>

/* Host must be this loopback address or localhost with our own port. */
bool guard_host(const char *host, uint16_t port);

/* Origin of a websocket: the page itself, so http:// and an allowed host. "" is not allowed. */
bool guard_origin(const char *origin, uint16_t port);

/*
 * The rest of a path "/SECRET/REST" after the slash ("" for the page itself), NULL if the secret is
 * wrong. Constant time with respect to the secret.
 */
const char *guard_path(const char *path, const char *secret);

#endif
