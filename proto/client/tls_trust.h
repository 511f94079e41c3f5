/*
 * Is a text the PEM (RFC 7468) of a certificate? libwebsockets takes any and then trusts nobody,
 * which would look like a foreign server.
 */
#ifndef DIEMCAU_PROTO_CLIENT_TLS_TRUST_H
#define DIEMCAU_PROTO_CLIENT_TLS_TRUST_H

#include <stdbool.h>

bool tls_trust_check(const char *pem);

/*
 * While a server's certificate is verified (store: the library's X509_STORE_CTX): its one fault is
 * that it does not name the host, and it does: an IPv6 address, of which libwebsockets (4.1.6) has
 * cut off all behind the first colon before it asked. Then the fault is taken back.
 */
bool tls_trust_host_matches(void *store, const char *host);

#endif
