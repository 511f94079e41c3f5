/*
 * Why a server cannot be reached, as precisely as it can be known, and as a sentence. What a
 * certificate tells is told by OpenSSL's verdict; the rest by what libwebsockets says.
 */
#ifndef DIEMCAU_PROTO_CLIENT_CONNECT_ERROR_H
#define DIEMCAU_PROTO_CLIENT_CONNECT_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum connect_error {
	CONNECT_UNSET,
	CONNECT_NO_SUCH_HOST, /* its name cannot be looked up */
	CONNECT_NO_ROUTE, /* no network leads there */
	CONNECT_REFUSED, /* refused */
	CONNECT_TIMEOUT, /* nothing came back in time: a firewall, as a rule */
	CONNECT_NO_TLS, /* whoever answers does not speak it */
	CONNECT_NO_COORDINATOR, /* TLS is good, but no websocket of ours is there */
	CONNECT_CERTIFICATE_NOT_YET_VALID, /* its certificate is not valid yet by our clock */
	CONNECT_CERTIFICATE_EXPIRED, /* its certificate has ended, or our clock is ahead */
	CONNECT_UNKNOWN_CA, /* another installation, or somebody in between */
	CONNECT_NAME_MISMATCH, /* the certificate is not for this host */
	CONNECT_BAD_CERTIFICATE, /* anything else that is wrong with it */
	CONNECT_ERROR_COUNT
};

enum { CONNECT_ADDRESS_MAX = 280, CONNECT_ERROR_TEXT = 512 };

/* What is known of a failed attempt. A plain value. */
struct connect_failure {
	enum connect_error trouble;
	char place[CONNECT_ADDRESS_MAX]; /* "host:port" */
	/* Of CLOCK_BEHIND and CERTIFICATE_OVER, Unix seconds: our clock, and the validity it is
	 * beyond. */
	int64_t clock_s, bound_s;
};

/* By OpenSSL's X509_V_ERR_...; the store's context is a struct x509_store_ctx_st. */
void connect_error_of_certificate(void *store_context, struct connect_failure *verdict);

/* By the words of libwebsockets ("" or NULL: none). */
enum connect_error connect_error_of_text(const char *text);

/* A sentence for people, ended by NUL. */
void connect_error_sentence(const struct connect_failure *verdict, enum language language,
	char text[CONNECT_ERROR_TEXT]);

struct ws_client_notice;
/*
 * The same of all that on_down is told (ws_client.h): also that the join file is no longer good,
 * and what the server itself said.
 */
void ws_client_notice_sentence(const struct ws_client_notice *notice, enum language language,
	char text[CONNECT_ERROR_TEXT]);

#endif
