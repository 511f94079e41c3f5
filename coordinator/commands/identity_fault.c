#include "coordinator/commands/identity_fault.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/identity/identity.h"
#include "proto/system/language.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"

static const char program[] = "diemcau-coordinator";

static const char *explain(int refusal)
{
	static const enum text_id texts[IDENTITY_REFUSAL_COUNT] = {
		[IDENTITY_UNKNOWN] = TEXT_IDENTITY_UNKNOWN,
		[IDENTITY_EXISTS] = TEXT_IDENTITY_EXISTS,
		[IDENTITY_BAD_NAME] = TEXT_IDENTITY_BAD_NAME,
		[IDENTITY_BAD_ROLE] = TEXT_IDENTITY_BAD_ROLE,
		[IDENTITY_WEAK_PASSWORD] = TEXT_IDENTITY_WEAK_PASSWORD,
		[IDENTITY_LAST_OPERATOR] = TEXT_IDENTITY_LAST_OPERATOR,
		[IDENTITY_FULL] = TEXT_IDENTITY_FULL,
		[IDENTITY_OPEN_FOLDER] = TEXT_IDENTITY_OPEN_FOLDER,
		[IDENTITY_BAD_DISPLAY_NAME] = TEXT_IDENTITY_BAD_DISPLAY_NAME,
		[IDENTITY_BAD_ADDRESS] = TEXT_IDENTITY_BAD_ADDRESS,
	};
	return text_of(texts[refusal], language_now());
}

static void tell(enum text_id text, const char *what)
{
	say_fault(program, text, (const struct text_value[]){{.name = "what", .text = what}, {0}});
}

int identity_fault(const char *what, int status)
{
	if (status > 0) {
		say_fault(program, TEXT_IDENTITY_REFUSED,
			(const struct text_value[]){{.name = "what", .text = what},
				{.name = "word", .text = identity_refusal_name(status)},
				{.name = "reason", .text = explain(status)}, {0}});
	} else if (status == -EEXIST) {
		tell(TEXT_IDENTITY_INSTALLED, what);
	} else if (status == -ENOENT) {
		tell(TEXT_IDENTITY_NOT_INSTALLED, what);
	} else if (status == -EBADMSG) {
		tell(TEXT_IDENTITY_FILE_DAMAGED, what);
	} else {
		say_errno(program, what, -status);
	}
	return EXIT_FAILURE;
}
