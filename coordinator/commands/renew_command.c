#include "coordinator/commands/renew_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/commands/identity_fault.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/ca.h"
#include "coordinator/identity/certificate_validity.h"
#include "coordinator/identity/identity.h"
#include "coordinator/installation/certificate_text.h"
#include "coordinator/installation/day_text.h"
#include "proto/system/language.h"
#include "proto/system/printable.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"

static const char program[] = "diemcau-coordinator";

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

static struct stamp wall(void)
{
	struct clock_reading reading;
	clock_read(&reading);
	return reading.wall;
}

static int tell_fault(const char *dir, const char *key, int fault)
{
	const struct text_value values[] = {
		{.name = "key", .text = key}, {.name = "dir", .text = dir}, {0}};
	switch (fault) {
	case -ENOENT:
		say_fault(program, TEXT_RENEW_NO_KEY, values);
		break;
	case -ENOKEY:
		say_fault(program, TEXT_RENEW_NOT_A_KEY, values);
		break;
	case -EKEYREJECTED:
		say_fault(program, TEXT_RENEW_OTHER_KEY, values);
		break;
	default:
		say_errno(program, dir, -fault);
	}
	return EXIT_FAILURE;
}

/* What no new certificate of the server mends, as a sentence. */
static bool is_beyond_renewal(const char *dir, const struct certificate_verdict *verdict)
{
	char sentence[PRINTABLE_LINE_MAX];
	if (verdict->state != CERTIFICATE_STATE_AUTHORITY_ENDED &&
		verdict->state != CERTIFICATE_STATE_NOT_YET_VALID) {
		return false;
	}
	certificate_text(verdict, dir, sentence, sizeof(sentence));
	print_line(stderr, "%s: %s", program, sentence);
	return true;
}

static void tell_done(const char *dir)
{
	struct certificate_validity validity = {0};
	char until[DAY_TEXT_SIZE];
	certificate_validity_read(dir, &validity);
	day_text(validity.server.until, until);
	say_text(stdout, TEXT_RENEW_DONE,
		(const struct text_value[]){{.name = "until", .text = until}, {0}});
	say_text(stdout, TEXT_RENEW_NEXT, NULL);
}

int renew_command(const char *dir, const char *authority_key)
{
	struct identity_registry *lock cleanup(identity_destroy) = NULL;
	int r = identity_edit(dir, &lock);
	if (r != 0) {
		return identity_fault(dir, r);
	}
	char path[ATOMIC_FILE_PATH_MAX];
	atomic_file_path(path, dir, "ca.key");
	const char *key = authority_key ? authority_key : path;
	r = ca_renew(dir, key, wall());
	if (r < 0) {
		return tell_fault(dir, key, r);
	}
	tell_done(dir);
	struct certificate_validity validity;
	if (certificate_validity_read(dir, &validity) < 0) {
		return EXIT_FAILURE;
	}
	struct certificate_verdict verdict = certificate_judge(&validity, wall());
	return is_beyond_renewal(dir, &verdict) ? EXIT_FAILURE : EXIT_SUCCESS;
}
