/*
 * Why a server cannot be reached, as precisely as known, and as a sentence. Certificate errors come
 * from OpenSSL's verification result; the others from libwebsockets' messages.
 */
#ifndef DIEMCAU_PROTO_CLIENT_CONNECT_ERROR_H
#define DIEMCAU_PROTO_CLIENT_CONNECT_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum connect_error {
	CONNECT_UNSET,
	CONNECT_NO_SUCH_HOST, /* its name does not resolve */
	CONNECT_NO_ROUTE, /* no route to it */
	CONNECT_REFUSED, /* refused */
	CONNECT_TIMEOUT, /* no answer in time: usually a firewall */
	CONNECT_NO_TLS, /* the peer does not speak TLS */
	CONNECT_NO_COORDINATOR, /* TLS works, but there is no websocket of ours */
	CONNECT_CERTIFICATE_NOT_YET_VALID, /* its certificate is not valid yet by our clock */
	CONNECT_CERTIFICATE_EXPIRED, /* its certificate has expired, or our clock is ahead */
	CONNECT_UNKNOWN_CA, /* another installation, or an interceptor */
	CONNECT_NAME_MISMATCH, /* the certificate is not for this host */
	CONNECT_BAD_CERTIFICATE, /* any other fault of the certificate */
	CONNECT_ERROR_COUNT
};

enum { CONNECT_ADDRESS_MAX = 280, CONNECT_ERROR_TEXT = 512 };

/* The known facts of a failed attempt. A plain value. */
struct connect_failure {
	enum connect_error error;
	char address[CONNECT_ADDRESS_MAX]; /* "host:port" */
	/*
	 * With CERTIFICATE_NOT_YET_VALID and CERTIFICATE_EXPIRED, Unix seconds: our clock, and the
	 * exceeded end of the validity.
	 */
	int64_t clock_s, bound_s;
};

/* From OpenSSL's X509_V_ERR_...; the store's context is a struct x509_store_ctx_st. */
void connect_error_of_certificate(void *store_context, struct connect_failure *failure);

/* From a message of libwebsockets ("" or NULL: none). */
enum connect_error connect_error_of_text(const char *text);

/* A sentence for people, NUL-terminated. */
void connect_error_sentence(const struct connect_failure *failure, enum language language,
	char text[CONNECT_ERROR_TEXT]);

struct ws_client_notice;
/*
 * The same for every notice of on_down (ws_client.h): also for a join file that is no longer valid,
 * and for the server's own words.
 */
void ws_client_notice_sentence(const struct ws_client_notice *notice, enum language language,
	char text[CONNECT_ERROR_TEXT]);

#endif
