/* Values of options: see cli.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "proto/system/cli_private.h"

enum { NUMBER_SIZE = 32 };

static _Noreturn void fault_of_range(const struct cli_reader *reader,
	const struct cli_option *option, enum text_id text, const char *word)
{
	char least[NUMBER_SIZE], most[NUMBER_SIZE];
	snprintf(least, sizeof(least), "%.15g", option->least);
	snprintf(most, sizeof(most), "%.15g", option->most);
	cli_fault(reader, text,
		(const struct text_value[]){{.name = "name", .text = option->name},
			{.name = "least", .text = least}, {.name = "most", .text = most},
			{.name = "word", .text = word}, {0}});
}

static _Noreturn void fault_of_value(const struct cli_reader *reader,
	const struct cli_option *option, enum text_id text, const char *word)
{
	const char *wants = option->wants ? help_in(option->wants, language_now()) : "";
	cli_fault(reader, text,
		(const struct text_value[]){{.name = "name", .text = option->name},
			{.name = "wants", .text = wants}, {.name = "word", .text = word}, {0}});
}

static void take_number(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	errno = 0;
	char *end;
	long number = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || (double)number < option->least ||
		(double)number > option->most) {
		fault_of_range(reader, option, TEXT_CLI_WHOLE_NUMBER, text);
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
		fault_of_range(reader, option, TEXT_CLI_DECIMAL, text);
	}
	*option->decimal = number;
}

static void take_by(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	int fault = option->read(text);
	if (fault == -ENOSPC) {
		fault_of_value(reader, option, TEXT_CLI_OPTION_EXTRA, text);
	}
	if (fault != 0) {
		fault_of_value(reader, option, TEXT_CLI_OPTION_VALUE, text);
	}
}

void cli_value_take(
	const struct cli_reader *reader, const struct cli_option *option, const char *text)
{
	if (option->flag) {
		*option->flag = true;
	} else if (text[0] == '\0') {
		fault_of_value(reader, option, TEXT_CLI_OPTION_EMPTY, option->value);
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

void cli_value_language(const struct cli_reader *reader, const char *text)
{
	static const struct cli_option option = {
		.name = "language", .value = "LANGUAGE", .wants = "vi or en"};
	if (text[0] == '\0') {
		fault_of_value(reader, &option, TEXT_CLI_OPTION_EMPTY, option.value);
	}
	if (language_of_word(text) == LANGUAGE_UNSET) {
		fault_of_value(reader, &option, TEXT_CLI_OPTION_VALUE, text);
	}
}
