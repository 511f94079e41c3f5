/*
 * True if a text is a PEM certificate (RFC 7468). libwebsockets accepts any text and then trusts no
 * server, which would look like an unknown CA.
 */
#ifndef DIEMCAU_PROTO_CLIENT_TLS_TRUST_H
#define DIEMCAU_PROTO_CLIENT_TLS_TRUST_H

#include <stdbool.h>

bool tls_trust_check(const char *pem);

/*
 * Called while a server's certificate is verified (store: the library's X509_STORE_CTX). True if
 * the only error is a host name mismatch and the certificate does name the host: an IPv6 address,
 * which libwebsockets (4.1.6) truncates at the first colon before the check. The error is then
 * cleared.
 */
bool tls_trust_host_matches(void *store, const char *host);

#endif
