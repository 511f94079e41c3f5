#include "coordinator/installation/day_text.h"

#include <stdbool.h>
#include <time.h>

#include "text_copy.h"

static bool read_clock(struct stamp at, struct tm *ret_parts)
{
	time_t seconds = (time_t)(at.ms / 1000);
	return at.ms != 0 && localtime_r(&seconds, ret_parts);
}

void day_text(struct stamp at, char ret[DAY_TEXT_SIZE])
{
	struct tm parts;
	if (!read_clock(at, &parts) || strftime(ret, DAY_TEXT_SIZE, "%Y-%m-%d", &parts) == 0) {
		text_copy(ret, DAY_TEXT_SIZE, "-");
	}
}

void day_and_time_text(struct stamp at, char ret[DAY_TEXT_SIZE])
{
	struct tm parts;
	if (!read_clock(at, &parts) ||
		strftime(ret, DAY_TEXT_SIZE, "%Y-%m-%d %H:%M", &parts) == 0) {
		text_copy(ret, DAY_TEXT_SIZE, "-");
	}
}
