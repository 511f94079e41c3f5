/* What is wrong with a command line, in a sentence: see cli.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/system/cli_private.h"
#include "proto/system/printable.h"
#include "text_copy.h"

enum { SENTENCE_SIZE = 2048 };

static _Noreturn void end(const char *name, const char *sentence)
{
	char line[PRINTABLE_LINE_MAX];
	text_fill(line, sizeof(line), TEXT_CLI_FAULT, language_now(),
		(const struct text_value[]){{.name = "program", .text = name},
			{.name = "sentence", .text = sentence}, {0}});
	print_line(stderr, "%s", line);
	exit(EXIT_USAGE);
}

void cli_fault(const struct cli_reader *reader, enum text_id text, const struct text_value *values)
{
	char sentence[SENTENCE_SIZE];
	text_fill(sentence, sizeof(sentence), text, language_now(), values);
	end(reader->name, sentence);
}

void cli_fault_of(const struct cli_reader *reader, enum text_id text, const char *word)
{
	cli_fault(reader, text, (const struct text_value[]){{.name = "word", .text = word}, {0}});
}

void cli_fail(const struct cli *line, const char *format, ...)
{
	char sentence[SENTENCE_SIZE];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(sentence, sizeof(sentence), help_in(format, language_now()), arguments);
	va_end(arguments);
	end(line->program, sentence);
}

/* The option whose name begins so; *ret_count is how many do, 1 where one is named so exactly. */
static const struct argp_option *find_long(
	const struct argp_option *known, const char *name, size_t length, int *ret_count)
{
	const struct argp_option *found = NULL;
	*ret_count = 0;
	for (; known->name || known->key; known++) {
		if (!known->name || strncmp(known->name, name, length) != 0) {
			continue;
		}
		found = known;
		if (known->name[length] == '\0') {
			*ret_count = 1;
			return found;
		}
		(*ret_count)++;
	}
	return found;
}

static _Noreturn void fault_without_value(
	const struct cli_reader *reader, const struct argp_option *option)
{
	cli_fault(reader, TEXT_CLI_OPTION_WANTS,
		(const struct text_value[]){{.name = "name", .text = option->name},
			{.name = "value", .text = option->arg}, {0}});
}

/* Returns where nothing is wrong with this word. */
static void fault_of_long(const struct cli_reader *reader, const char *word)
{
	const char *name = word + 2;
	size_t length = strcspn(name, "=");
	int count;
	const struct argp_option *option = find_long(reader->known, name, length, &count);
	if (!option) {
		cli_fault_of(reader, TEXT_CLI_OPTION_UNKNOWN, word);
	}
	if (count > 1) {
		cli_fault_of(reader, TEXT_CLI_OPTION_AMBIGUOUS, word);
	}
	if (option->arg && name[length] == '\0') {
		fault_without_value(reader, option);
	}
	if (!option->arg && name[length] == '=') {
		cli_fault_of(reader, TEXT_CLI_OPTION_NO_VALUE, option->name);
	}
}

static void fault_of_letter(const struct cli_reader *reader, const char *word)
{
	for (const struct argp_option *option = reader->known; option->name || option->key;
		option++) {
		if (option->key == word[1] && option->arg) {
			fault_without_value(reader, option);
		}
		if (option->key == word[1]) {
			return;
		}
	}
	cli_fault_of(reader, TEXT_CLI_OPTION_UNKNOWN, word);
}

/*
 * A word that getopt has done with stands before state->next; of several letters in one word, which
 * begins there, it was one of these.
 */
void cli_fault_word(const struct cli_reader *reader, const struct argp_state *state)
{
	const char *word = state->argv[state->next - 1];
	if (strncmp(word, "--", 2) == 0) {
		fault_of_long(reader, word);
	} else if (word[0] == '-' && state->next > 1) {
		fault_of_letter(reader, word);
	}
	cli_fault_of(reader, TEXT_CLI_OPTION_UNKNOWN,
		state->next < state->argc ? state->argv[state->next] : word);
}

void cli_fault_command(const struct cli_reader *reader, const char *word)
{
	char names[SENTENCE_SIZE / 2] = "";
	size_t used = 0;
	for (const struct cli_command *command = reader->line->commands; command->help; command++) {
		if (cli_is_listed(reader, command) && used < sizeof(names)) {
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
				used > 0 ? ", " : "", command->name);
		}
	}
	if (word) {
		char shown[SENTENCE_SIZE / 4];
		text_copy(shown, sizeof(shown), word);
		cli_fault(reader, TEXT_CLI_COMMAND_UNKNOWN,
			(const struct text_value[]){{.name = "word", .text = shown},
				{.name = "names", .text = names}, {0}});
	}
	cli_fault(reader, TEXT_CLI_COMMAND_MISSING,
		(const struct text_value[]){{.name = "names", .text = names}, {0}});
}
