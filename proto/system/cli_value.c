/* Values of options: see cli.h. */
#include <errno.h>
#include <stdlib.h>

#include "proto/system/cli_private.h"

static void take_number(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	errno = 0;
	char *end;
	long number = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || (double)number < option->least ||
		(double)number > option->most) {
		cli_fault(reader, "--%s wants a whole number from %.15g to %.15g, not %s",
			option->name, option->least, option->most, text);
	}
	*option->number = number;
}

/* A NaN is in no range. */
static void take_decimal(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	char *end;
	double number = strtod(text, &end);
	if (end == text || *end != '\0' || !(number >= option->least && number <= option->most)) {
		cli_fault(reader, "--%s wants a number from %.15g to %.15g, not %s", option->name,
			option->least, option->most, text);
	}
	*option->decimal = number;
}

static void take_by(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	int fault = option->read(text);
	if (fault == -ENOSPC) {
		cli_fault(reader, "--%s %s is one --%s too many", option->name, text, option->name);
	}
	if (fault != 0) {
		cli_fault(reader, "--%s wants %s, not %s", option->name, option->wants, text);
	}
}

void cli_value_take(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	if (option->flag) {
		*option->flag = true;
	} else if (text[0] == '\0') {
		cli_fault(reader, "--%s wants %s, not an empty word", option->name, option->value);
	} else if (option->text) {
		*option->text = text;
	} else if (option->number) {
		take_number(reader, option, text);
	} else if (option->decimal) {
		take_decimal(reader, option, text);
	} else {
		take_by(reader, option, text);
	}
}
