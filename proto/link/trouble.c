/* See trouble.h. gmtime_r and OpenSSL read the clock; nothing here waits. */
#include "proto/link/trouble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "proto/link/link.h"
#include "proto/words/text_fill.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

enum { DAY_S = 86400 };

static enum link_trouble trouble_of(int error)
{
	switch (error) {
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return LINK_CLOCK_BEHIND;
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return LINK_CERTIFICATE_OVER;
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return LINK_OTHER_NAME;
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_CERT_SIGNATURE_FAILURE:
		return LINK_OTHER_AUTHORITY;
	default:
		return LINK_BAD_CERTIFICATE;
	}
}

/* Seconds from the Unix epoch to an ASN.1 time, or to now for NULL; 0 where it is none. */
static int64_t unix_of(const ASN1_TIME *at)
{
	int64_t seconds = 0;
	int days = 0, rest = 0;
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	if (epoch && ASN1_TIME_diff(&days, &rest, epoch, at)) {
		seconds = (int64_t)days * DAY_S + rest;
	}
	ASN1_TIME_free(epoch);
	return seconds;
}

void link_trouble_of_certificate(void *store_context, struct link_verdict *verdict)
{
	X509_STORE_CTX *context = store_context;
	X509 *certificate = X509_STORE_CTX_get_current_cert(context);
	verdict->trouble = trouble_of(X509_STORE_CTX_get_error(context));
	if (!certificate) {
		return;
	}
	verdict->clock_s = unix_of(NULL);
	verdict->bound_s =
		unix_of(verdict->trouble == LINK_CLOCK_BEHIND ? X509_get0_notBefore(certificate)
							      : X509_get0_notAfter(certificate));
}

enum link_trouble link_trouble_of_text(const char *text)
{
	static const struct {
		const char *words;
		enum link_trouble trouble;
	} signs[] = {
		{"cert", LINK_BAD_CERTIFICATE},
		{"CERT", LINK_BAD_CERTIFICATE},
		{"X509", LINK_BAD_CERTIFICATE},
		{"hostname", LINK_BAD_CERTIFICATE},
		{"getaddrinfo", LINK_NO_SUCH_HOST},
		{"DNS", LINK_NO_SUCH_HOST},
		{"dns", LINK_NO_SUCH_HOST},
		{"Timed out", LINK_NO_ANSWER},
		{"timeout", LINK_NO_ANSWER},
		{"SSL", LINK_NO_TLS},
		{"SYSCALL", LINK_NO_TLS}, /* hung up in mid-handshake */
		{"onnect", LINK_NOT_LISTENING},
		{"HS", LINK_NO_COORDINATOR},
		{"ws upgrade", LINK_NO_COORDINATOR},
	};
	for (size_t i = 0; text && i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strstr(text, signs[i].words)) {
			return signs[i].trouble;
		}
	}
	return LINK_TROUBLE_UNSET;
}

/* ---- sentences ---- */

enum { DATE_SIZE = 32 };

static const enum text_id texts[LINK_TROUBLE_COUNT] = {
	[LINK_TROUBLE_UNSET] = TEXT_LINK_UNREACHABLE,
	[LINK_NO_SUCH_HOST] = TEXT_LINK_NO_SUCH_HOST,
	[LINK_NO_ROUTE] = TEXT_LINK_NO_ROUTE,
	[LINK_NOT_LISTENING] = TEXT_LINK_NOT_LISTENING,
	[LINK_NO_ANSWER] = TEXT_LINK_NO_ANSWER,
	[LINK_NO_TLS] = TEXT_LINK_NO_TLS,
	[LINK_NO_COORDINATOR] = TEXT_LINK_NO_COORDINATOR,
	[LINK_CLOCK_BEHIND] = TEXT_LINK_CLOCK_BEHIND,
	[LINK_CERTIFICATE_OVER] = TEXT_LINK_CERTIFICATE_OVER,
	[LINK_OTHER_AUTHORITY] = TEXT_LINK_OTHER_AUTHORITY,
	[LINK_OTHER_NAME] = TEXT_LINK_OTHER_NAME,
	[LINK_BAD_CERTIFICATE] = TEXT_LINK_BAD_CERTIFICATE,
};

static void say_date(int64_t unix_s, char text[DATE_SIZE])
{
	struct tm parts;
	time_t at = (time_t)unix_s;
	if (!gmtime_r(&at, &parts) ||
		strftime(text, DATE_SIZE, "%Y-%m-%d %H:%M UTC", &parts) == 0) {
		snprintf(text, DATE_SIZE, "?");
	}
}

void link_trouble_sentence(
	const struct link_verdict *verdict, enum language language, char text[LINK_TROUBLE_TEXT])
{
	char clock[DATE_SIZE], bound[DATE_SIZE];
	say_date(verdict->clock_s, clock);
	say_date(verdict->bound_s, bound);
	const struct text_value values[] = {
		{.name = "place", .text = verdict->place},
		{.name = "days", .number = llabs(verdict->bound_s - verdict->clock_s) / DAY_S},
		{.name = "clock", .text = clock},
		{.name = "bound", .text = bound},
		{0},
	};
	text_fill(text, LINK_TROUBLE_TEXT, texts[verdict->trouble], language, values);
}

void link_notice_sentence(
	const struct link_notice *notice, enum language language, char text[LINK_TROUBLE_TEXT])
{
	if (notice->verdict) {
		link_trouble_sentence(notice->verdict, language, text);
	} else if (notice->code == REFUSAL_UNAUTHORISED) {
		text_fill(text, LINK_TROUBLE_TEXT, TEXT_LINK_STALE_JOIN_FILE, language, NULL);
	} else {
		snprintf(text, LINK_TROUBLE_TEXT, "%s", notice->text);
	}
}
