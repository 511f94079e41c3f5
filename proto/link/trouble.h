/*
 * Why a server cannot be reached, as precisely as it can be known, and as a sentence. What a
 * certificate tells is told by OpenSSL's verdict; the rest by what libwebsockets says.
 */
#ifndef DIEMCAU_LINK_TROUBLE_H
#define DIEMCAU_LINK_TROUBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

enum link_trouble {
	LINK_TROUBLE_UNSET,
	LINK_NO_SUCH_HOST, /* its name cannot be looked up */
	LINK_NO_ROUTE, /* no network leads there */
	LINK_NOT_LISTENING, /* refused */
	LINK_NO_ANSWER, /* nothing came back in time: a firewall, as a rule */
	LINK_NO_TLS, /* whoever answers does not speak it */
	LINK_NO_COORDINATOR, /* TLS is good, but no websocket of ours is there */
	LINK_CLOCK_BEHIND, /* its certificate is not valid yet by our clock */
	LINK_CERTIFICATE_OVER, /* its certificate has ended, or our clock is ahead */
	LINK_OTHER_AUTHORITY, /* another installation, or somebody in between */
	LINK_OTHER_NAME, /* the certificate is not for this host */
	LINK_BAD_CERTIFICATE, /* anything else that is wrong with it */
	LINK_TROUBLE_COUNT
};

enum { LINK_PLACE_MAX = 280, LINK_TROUBLE_TEXT = 512 };

/* What is known of a failed attempt. A plain value. */
struct link_verdict {
	enum link_trouble trouble;
	char place[LINK_PLACE_MAX]; /* "host:port" */
	/* Of CLOCK_BEHIND and CERTIFICATE_OVER, Unix seconds: our clock, and the validity it is
	 * beyond. */
	int64_t clock_s, bound_s;
};

/* By OpenSSL's X509_V_ERR_...; the store's context is a struct x509_store_ctx_st. */
void link_trouble_of_certificate(void *store_context, struct link_verdict *verdict);

/* By the words of libwebsockets ("" or NULL: none). */
enum link_trouble link_trouble_of_text(const char *text);

/* A sentence for people, ended by NUL. */
void link_trouble_sentence(
	const struct link_verdict *verdict, enum language language, char text[LINK_TROUBLE_TEXT]);

struct link_notice;
/*
 * The same of all that on_down is told (link.h): also that the join file is no longer good, and
 * what the server itself said.
 */
void link_notice_sentence(
	const struct link_notice *notice, enum language language, char text[LINK_TROUBLE_TEXT]);

#endif
