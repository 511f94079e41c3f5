/* What is wrong with a command line, in a sentence: see cli.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/system/cli_private.h"
#include "proto/system/printable.h"

enum { SENTENCE_SIZE = 1024 };

static _Noreturn void fail(const char *name, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

static _Noreturn void fail(const char *name, const char *format, va_list arguments)
{
	char sentence[SENTENCE_SIZE];
	vsnprintf(sentence, sizeof(sentence), format, arguments);
	print_line(stderr, "%s: %s; see %s --help", name, sentence, name);
	exit(EXIT_USAGE);
}

void cli_fault(const struct cli_reader *reader, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fail(reader->name, format, arguments);
}

void cli_fail(const struct cli *line, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fail(line->program, format, arguments);
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

/* Returns where nothing is wrong with this word. */
static void fault_of_long(const struct cli_reader *reader, const char *word)
{
	const char *name = word + 2;
	size_t length = strcspn(name, "=");
	int count;
	const struct argp_option *option = find_long(reader->known, name, length, &count);
	if (!option) {
		cli_fault(reader, "there is no option %s", word);
	}
	if (count > 1) {
		cli_fault(reader, "%s may be several options: write its name in full", word);
	}
	if (option->arg && name[length] == '\0') {
		cli_fault(reader, "--%s wants %s", option->name, option->arg);
	}
	if (!option->arg && name[length] == '=') {
		cli_fault(reader, "--%s takes no value", option->name);
	}
}

static void fault_of_letter(const struct cli_reader *reader, const char *word)
{
	for (const struct argp_option *option = reader->known; option->name || option->key;
		option++) {
		if (option->key == word[1] && option->arg) {
			cli_fault(reader, "--%s wants %s", option->name, option->arg);
		}
		if (option->key == word[1]) {
			return;
		}
	}
	cli_fault(reader, "there is no option %s", word);
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
	cli_fault(reader, "there is no option %s",
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
		cli_fault(reader, "there is no command %.*s: choose from %s", SENTENCE_SIZE / 4,
			word, names);
	}
	cli_fault(reader, "a command is missing: choose from %s", names);
}
