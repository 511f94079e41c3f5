#include "coordinator/view/lectern_view.h"

#include <string.h>

#include "coordinator/meeting/lectern.h"
#include "text_copy.h"

void lectern_view(const struct meeting *meeting, struct wire_lectern_view *ret)
{
	const char *text = mtg_lectern_text(meeting);

	memset(ret, 0, sizeof(*ret));
	ret->dark = mtg_lectern_is_dark(meeting);
	ret->has_text = text[0] != '\0';
	TEXT_COPY(ret->text, text);
}
