#include "coordinator/identity/certificate_validity.h"

#include <errno.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include "coordinator/identity/certificate_file.h"

enum { DAY_S = 86400, MS = 1000 };

static const int64_t day_ms = (int64_t)DAY_S * MS;

static struct stamp stamp_of(const ASN1_TIME *at)
{
	int days = 0, rest = 0;
	struct stamp stamp = {0};
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	if (epoch && ASN1_TIME_diff(&days, &rest, epoch, at)) {
		stamp.ms = ((int64_t)days * DAY_S + rest) * MS;
	}
	ASN1_TIME_free(epoch);
	return stamp;
}

static int read_one(const char *dir, const char *name, struct validity *ret)
{
	X509 *certificate = certificate_file_read(dir, name);
	if (!certificate) {
		return -EIO;
	}
	ret->from = stamp_of(X509_get0_notBefore(certificate));
	ret->until = stamp_of(X509_get0_notAfter(certificate));
	X509_free(certificate);
	return 0;
}

int certificate_validity_read(const char *dir, struct certificate_validity *ret)
{
	int r = read_one(dir, "server.pem", &ret->server);
	return r < 0 ? r : read_one(dir, "ca.pem", &ret->authority);
}

static bool ends_within(struct stamp until, struct stamp now, int64_t days)
{
	return until.ms - now.ms < days * day_ms;
}

struct certificate_verdict certificate_judge(
	const struct certificate_validity *validity, struct stamp now)
{
	const struct validity *server = &validity->server, *authority = &validity->authority;
	struct stamp from = server->from.ms > authority->from.ms ? server->from : authority->from;
	struct certificate_verdict verdict = {
		.state = CERTIFICATE_STATE_VALID, .bound = server->until};
	if (now.ms < from.ms) {
		verdict.state = CERTIFICATE_STATE_NOT_YET_VALID;
		verdict.bound = from;
	} else if (ends_within(authority->until, now, 0)) {
		verdict.state = CERTIFICATE_STATE_AUTHORITY_ENDED;
		verdict.bound = authority->until;
	} else if (ends_within(server->until, now, 0)) {
		verdict.state = CERTIFICATE_STATE_ENDED;
	} else if (ends_within(server->until, now, CERTIFICATE_WARNING_DAYS) &&
		   server->until.ms < authority->until.ms) {
		verdict.state = CERTIFICATE_STATE_ENDS_SOON;
	} else if (ends_within(authority->until, now, CERTIFICATE_AUTHORITY_WARNING_DAYS)) {
		verdict.state = CERTIFICATE_STATE_AUTHORITY_ENDS_SOON;
		verdict.bound = authority->until;
	}
	verdict.days = llabs(verdict.bound.ms - now.ms) / day_ms;
	return verdict;
}
