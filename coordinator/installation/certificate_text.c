#include "coordinator/installation/certificate_text.h"

#include "coordinator/installation/day_text.h"
#include "proto/system/language.h"
#include "proto/words/text_fill.h"

void certificate_text(
	const struct certificate_verdict *verdict, const char *dir, char *out, size_t size)
{
	static const enum text_id texts[CERTIFICATE_STATE_END] = {
		[CERTIFICATE_STATE_NOT_YET_VALID] = TEXT_CERTIFICATE_NOT_YET_VALID,
		[CERTIFICATE_STATE_ENDS_SOON] = TEXT_CERTIFICATE_ENDS_SOON,
		[CERTIFICATE_STATE_ENDED] = TEXT_CERTIFICATE_ENDED,
		[CERTIFICATE_STATE_AUTHORITY_ENDS_SOON] = TEXT_CERTIFICATE_AUTHORITY_ENDS_SOON,
		[CERTIFICATE_STATE_AUTHORITY_ENDED] = TEXT_CERTIFICATE_AUTHORITY_ENDED,
	};
	char bound[DAY_TEXT_SIZE];
	day_text(verdict->bound, bound);
	text_fill(out, size, texts[verdict->state], language_now(),
		(const struct text_value[]){{.name = "bound", .text = bound},
			{.name = "days", .number = verdict->days}, {.name = "dir", .text = dir},
			{0}});
}
