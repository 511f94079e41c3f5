/* See trouble.h. gmtime_r and OpenSSL read the clock; nothing here waits. */
#include "proto/link/trouble.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "proto/link/link.h"

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

struct wording {
	const char *vi;
	const char *en;
};

static const struct wording wordings[LINK_TROUBLE_COUNT] = {
	[LINK_TROUBLE_UNSET] = {"Không kết nối được với %s.", "%s cannot be reached."},
	[LINK_NO_SUCH_HOST] = {"Không tra được tên của %s: kiểm tra mạng và DNS.",
		"The name of %s cannot be looked up: check network and DNS."},
	[LINK_NO_ROUTE] = {"Không có đường mạng tới %s: kiểm tra mạng của máy này.",
		"There is no network that leads to %s: check this machine's network."},
	[LINK_NOT_LISTENING] = {"%s từ chối kết nối: trung tâm chưa mở, hoặc sai cổng.",
		"%s refuses the connection: the coordinator is off, or the port is wrong."},
	[LINK_NO_ANSWER] = {"%s không trả lời: tường lửa chặn (TCP), hoặc sai địa chỉ.",
		"%s does not answer: a firewall (TCP), or the wrong address."},
	[LINK_NO_TLS] =
		{"Máy trả lời ở %s không dùng TLS như trung tâm: sai cổng, hoặc có thiết bị "
		 "chặn ở giữa.",
			"What answers at %s does not speak TLS as the centre does: the wrong port, "
			"or a device "
			"in between."},
	[LINK_NO_COORDINATOR] = {"Máy trả lời ở %s không phải là trung tâm.",
		"What answers at %s is no coordinator."},
	[LINK_OTHER_AUTHORITY] =
		{"Chứng thư của %s thuộc hệ thống khác với tệp tham gia, hoặc có kẻ "
		 "chen vào giữa: không tin cậy được.",
			"The certificate of %s is of another installation than the join file, or "
			"somebody is "
			"in between: it is not trusted."},
	[LINK_OTHER_NAME] = {"Chứng thư của %s không cấp cho tên hay địa chỉ này.",
		"The certificate of %s is not for this name or address."},
	[LINK_BAD_CERTIFICATE] = {"Chứng thư của %s không hợp lệ.",
		"The certificate of %s is not trusted."},
};

static const struct wording behind = {"Đồng hồ máy này sai, chậm ít nhất %" PRId64
				      " ngày: máy chỉ %s, chứng thư của %s có hiệu lực "
				      "từ %s. Hãy chỉnh giờ và bật đồng bộ (NTP).",
	"This machine's clock is wrong, at least %" PRId64
	" days behind: it shows %s, the certificate "
	"of %s begins %s. Set it, and switch time synchronisation (NTP) on."};
static const struct wording over = {"Đồng hồ máy này sai, nhanh ít nhất %" PRId64
				    " ngày (máy chỉ %s, chứng thư của %s hết hạn %s); "
				    "nếu giờ đúng thì trung tâm phải cấp lại chứng thư.",
	"This machine's clock is wrong, at least %" PRId64
	" days ahead (it shows %s, the certificate "
	"of %s ended %s); where it is right, the centre needs a new certificate."};
static const struct wording stale = {
	"Tệp tham gia không còn hiệu lực (đã thay hoặc thu hồi): hãy xin trung tâm tệp mới.",
	"The join file is no longer good (a new one was made, or it was revoked): ask the centre "
	"for a "
	"new one."};

static const char *in(const struct wording *wording, enum language language)
{
	return language == LANGUAGE_EN ? wording->en : wording->vi;
}

static void say_date(int64_t unix_s, char text[DATE_SIZE])
{
	struct tm parts;
	time_t at = (time_t)unix_s;
	if (!gmtime_r(&at, &parts) ||
		strftime(text, DATE_SIZE, "%Y-%m-%d %H:%M UTC", &parts) == 0) {
		snprintf(text, DATE_SIZE, "?");
	}
}

/* Formats of the tables above alone. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void link_trouble_sentence(
	const struct link_verdict *verdict, enum language language, char text[LINK_TROUBLE_TEXT])
{
	const struct wording *wording = &wordings[verdict->trouble];
	if (wording->en) {
		snprintf(text, LINK_TROUBLE_TEXT, in(wording, language), verdict->place);
		return;
	}
	char ours[DATE_SIZE], bound[DATE_SIZE];
	int64_t off_s = verdict->bound_s - verdict->clock_s;
	bool is_behind = verdict->trouble == LINK_CLOCK_BEHIND;
	say_date(verdict->clock_s, ours);
	say_date(verdict->bound_s, bound);
	snprintf(text, LINK_TROUBLE_TEXT, in(is_behind ? &behind : &over, language),
		(is_behind ? off_s : -off_s) / DAY_S, ours, verdict->place, bound);
}
#pragma GCC diagnostic pop

void link_notice_sentence(
	const struct link_notice *notice, enum language language, char text[LINK_TROUBLE_TEXT])
{
	if (notice->verdict) {
		link_trouble_sentence(notice->verdict, language, text);
		return;
	}
	bool is_stale = notice->code == REFUSAL_UNAUTHORISED;
	snprintf(text, LINK_TROUBLE_TEXT, "%s", is_stale ? in(&stale, language) : notice->text);
}
