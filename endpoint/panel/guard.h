/*
 * Who may speak to the site page: pure checks of what a request says of itself.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_GUARD_H
#define DIEMCAU_ENDPOINT_PANEL_GUARD_H

#include <stdbool.h>

/* Host must be this loopback address or localhost with our own port. */
bool guard_host(const char *host, unsigned port);

/* Origin of a websocket: the page itself, so http:// and an allowed host. "" is not allowed. */
bool guard_origin(const char *origin, unsigned port);

/*
 * A path "/SECRET/REST": the rest behind the slash ("" for the page itself), NULL where the secret
 * is another. Takes the same time wherever the secrets differ.
 */
const char *guard_path(const char *path, const char *secret);

#endif
