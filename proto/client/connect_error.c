/* See connect_error.h. gmtime_r and OpenSSL read the clock; nothing here waits. */
#include "proto/client/connect_error.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "proto/client/ws_client.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { DAY_S = 86400 };

static enum connect_error error_of(int error)
{
	switch (error) {
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return CONNECT_CERTIFICATE_NOT_YET_VALID;
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return CONNECT_CERTIFICATE_EXPIRED;
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return CONNECT_NAME_MISMATCH;
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_CERT_SIGNATURE_FAILURE:
		return CONNECT_UNKNOWN_CA;
	default:
		return CONNECT_BAD_CERTIFICATE;
	}
}

/* Seconds from the Unix epoch to an ASN.1 time, or to now for NULL; 0 if it is malformed. */
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

void connect_error_of_certificate(void *store_context, struct connect_failure *failure)
{
	X509_STORE_CTX *context = store_context;
	X509 *certificate = X509_STORE_CTX_get_current_cert(context);
	failure->error = error_of(X509_STORE_CTX_get_error(context));
	if (!certificate) {
		return;
	}
	failure->clock_s = unix_of(NULL);
	failure->bound_s = unix_of(failure->error == CONNECT_CERTIFICATE_NOT_YET_VALID
					   ? X509_get0_notBefore(certificate)
					   : X509_get0_notAfter(certificate));
}

enum connect_error connect_error_of_text(const char *text)
{
	static const struct {
		const char *words;
		enum connect_error error;
	} signs[] = {
		{"cert", CONNECT_BAD_CERTIFICATE},
		{"CERT", CONNECT_BAD_CERTIFICATE},
		{"X509", CONNECT_BAD_CERTIFICATE},
		{"hostname", CONNECT_BAD_CERTIFICATE},
		{"getaddrinfo", CONNECT_NO_SUCH_HOST},
		{"DNS", CONNECT_NO_SUCH_HOST},
		{"dns", CONNECT_NO_SUCH_HOST},
		{"Timed out", CONNECT_TIMEOUT},
		{"timeout", CONNECT_TIMEOUT},
		{"SSL", CONNECT_NO_TLS},
		{"SYSCALL", CONNECT_NO_TLS}, /* closed during the handshake */
		{"onnect", CONNECT_REFUSED},
		{"HS", CONNECT_NO_COORDINATOR},
		{"ws upgrade", CONNECT_NO_COORDINATOR},
	};
	for (size_t i = 0; text && i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strstr(text, signs[i].words)) {
			return signs[i].error;
		}
	}
	return CONNECT_UNSET;
}

/* ---- sentences ---- */

enum { DATE_SIZE = 32 };

static const enum text_id texts[CONNECT_ERROR_COUNT] = {
	[CONNECT_UNSET] = TEXT_LINK_UNREACHABLE,
	[CONNECT_NO_SUCH_HOST] = TEXT_LINK_NO_SUCH_HOST,
	[CONNECT_NO_ROUTE] = TEXT_LINK_NO_ROUTE,
	[CONNECT_REFUSED] = TEXT_LINK_NOT_LISTENING,
	[CONNECT_TIMEOUT] = TEXT_LINK_NO_ANSWER,
	[CONNECT_NO_TLS] = TEXT_LINK_NO_TLS,
	[CONNECT_NO_COORDINATOR] = TEXT_LINK_NO_COORDINATOR,
	[CONNECT_CERTIFICATE_NOT_YET_VALID] = TEXT_LINK_CLOCK_BEHIND,
	[CONNECT_CERTIFICATE_EXPIRED] = TEXT_LINK_CERTIFICATE_OVER,
	[CONNECT_UNKNOWN_CA] = TEXT_LINK_OTHER_AUTHORITY,
	[CONNECT_NAME_MISMATCH] = TEXT_LINK_OTHER_NAME,
	[CONNECT_BAD_CERTIFICATE] = TEXT_LINK_BAD_CERTIFICATE,
};

static void format_date(int64_t unix_s, char text[DATE_SIZE])
{
	time_t at = (time_t)unix_s;
	struct tm parts;
	if (!gmtime_r(&at, &parts) ||
		strftime(text, DATE_SIZE, "%Y-%m-%d %H:%M UTC", &parts) == 0) {
		snprintf(text, DATE_SIZE, "?");
	}
}

void connect_error_sentence(const struct connect_failure *failure, enum language language,
	char text[CONNECT_ERROR_TEXT])
{
	char clock[DATE_SIZE], bound[DATE_SIZE];
	format_date(failure->clock_s, clock);
	format_date(failure->bound_s, bound);
	const struct text_value values[] = {
		{.name = "place", .text = failure->address},
		{.name = "days", .number = llabs(failure->bound_s - failure->clock_s) / DAY_S},
		{.name = "clock", .text = clock},
		{.name = "bound", .text = bound},
		{0},
	};
	text_fill(text, CONNECT_ERROR_TEXT, texts[failure->error], language, values);
}

void ws_client_notice_sentence(const struct ws_client_notice *notice, enum language language,
	char text[CONNECT_ERROR_TEXT])
{
	if (notice->failure) {
		connect_error_sentence(notice->failure, language, text);
	} else if (notice->code == REFUSAL_UNAUTHORISED) {
		text_fill(text, CONNECT_ERROR_TEXT, TEXT_LINK_STALE_JOIN_FILE, language, NULL);
	} else if (notice->code != REFUSAL_UNSET) {
		text_copy(text, CONNECT_ERROR_TEXT, sentence_of_refusal(notice->code, language));
	} else {
		text_copy(text, CONNECT_ERROR_TEXT, notice->text);
	}
}
