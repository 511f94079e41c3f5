/*
 * Is a text the PEM (RFC 7468) of a certificate? libwebsockets takes any and then trusts nobody,
 * which would look like a foreign server.
 */
#ifndef DIEMCAU_LINK_TRUST_H
#define DIEMCAU_LINK_TRUST_H

#include <stdbool.h>

bool link_trust_check(const char *pem);

#endif
