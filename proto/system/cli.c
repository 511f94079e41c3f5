/* See cli.h. */
#include "proto/system/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/system/cli_private.h"

/* ---- which language ---- */

/* Looked for before anything else, since what comes before it may be wrong. */
static void choose_language(int argc, char **argv)
{
	static const char *const names[] = {"--language", "--lang"};
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		size_t length = strcspn(argv[i], "=");
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			if (strlen(names[j]) != length || memcmp(argv[i], names[j], length) != 0) {
				continue;
			}
			const char *word = argv[i][length] == '=' ? argv[i] + length + 1
					   : i + 1 < argc         ? argv[i + 1]
								  : "";
			language_choose(language_of_word(word));
		}
	}
}

/* ---- which command ---- */

/* How many words of argv, from its second on, are this name; 0: they are not. */
static int words_of(const char *name, int argc, char **argv)
{
	int n = 0;
	for (const char *at = name; *at != '\0';) {
		size_t length = strcspn(at, " ");
		if (++n == argc || strlen(argv[n]) != length || memcmp(argv[n], at, length) != 0) {
			return 0;
		}
		at += length + (at[length] == ' ');
	}
	return n;
}

/* "account", where argv has that and commands begin so. Good as long as argv. */
static const char *group_of(const struct cli *line, int argc, char **argv)
{
	size_t length = argc > 1 ? strlen(argv[1]) : 0;
	for (const struct cli_command *command = line->commands; command->help; command++) {
		if (length > 0 && command->name && strncmp(command->name, argv[1], length) == 0 &&
			command->name[length] == ' ') {
			return argv[1];
		}
	}
	return NULL;
}

static const struct cli_command *command_of(const struct cli *line, const char *name)
{
	const struct cli_command *command = line->commands;
	while (command->help && (!command->name || strcmp(command->name, name) != 0)) {
		command++;
	}
	return command;
}

/* By the name that it had before. Returns how many words that has. */
static int find_former(struct cli_reader *reader, int argc, char **argv)
{
	const struct cli_former *former = reader->line->former;
	int n = 0;
	for (; former && former->name && n == 0; former++) {
		n = words_of(former->name, argc, argv);
		reader->command = n > 0 ? command_of(reader->line, former->now) : reader->command;
	}
	return n;
}

/* Returns how many words it has used. */
static int find_command(struct cli_reader *reader, int argc, char **argv)
{
	const struct cli_command *commands = reader->line->commands;
	reader->command = commands->name ? NULL : commands;
	int n = 0;
	for (const struct cli_command *command = commands; command->help && n == 0; command++) {
		n = command->name ? words_of(command->name, argc, argv) : 0;
		reader->command = n > 0 ? command : reader->command;
	}
	n = n > 0 ? n : find_former(reader, argc, argv);
	reader->group = n == 0 ? group_of(reader->line, argc, argv) : NULL;
	if (reader->group) {
		reader->command = NULL;
		n = 1;
	}
	const char *name = n == 0 ? NULL : reader->group ? reader->group : reader->command->name;
	snprintf(reader->name, sizeof(reader->name), "%s%s%s", reader->line->program,
		name ? " " : "", name ? name : "");
	return n;
}

/* ---- its options ---- */

static size_t know_option(
	struct argp_option *known, size_t n, const struct cli_option *option, int key)
{
	known[n++] = (struct argp_option){.name = option->name,
		.key = key,
		.arg = option->value,
		.doc = help_in(option->help, language_now()),
		.group = 2};
	if (option->former) {
		known[n++] = (struct argp_option){.name = option->former,
			.key = key,
			.arg = option->value,
			.flags = OPTION_HIDDEN};
	}
	return n;
}

static void know_options(struct cli_reader *reader)
{
	const struct cli_option *options = reader->command ? reader->command->options : NULL;
	size_t n = 0;
	for (size_t i = 0; options && options[i].name && i < CLI_OPTIONS_MAX; i++) {
		char letter = options[i].letter;
		n = know_option(
			reader->known, n, &options[i], letter ? letter : CLI_KEY_OPTION + (int)i);
	}
	const struct cli_option language = {.name = "language",
		.former = "lang",
		.value = "LANGUAGE",
		.help = "of what is said: vi or en (default: as the locale, LANG, says)"};
	n = know_option(reader->known, n, &language, CLI_KEY_LANGUAGE);
	reader->known[n++] = (struct argp_option){.name = "help",
		.key = CLI_KEY_HELP,
		.doc = help_in("show this", language_now()),
		.group = 4};
	reader->known[n++] = (struct argp_option){.name = "version",
		.key = CLI_KEY_VERSION,
		.doc = help_in("show which version this is", language_now()),
		.group = 4};
}

/* The place in the table of the option with this key; -1: none has it. */
static int find_option(const struct cli_option *options, int key)
{
	for (int i = 0; options && options[i].name; i++) {
		if (key == (options[i].letter ? options[i].letter : CLI_KEY_OPTION + i)) {
			return i;
		}
	}
	return -1;
}

/* ---- reading ---- */

/* Of a word or an option, with what it is for. */
static _Noreturn void fault_of_named(
	const struct cli_reader *reader, enum text_id text, const char *name, const char *help)
{
	cli_fault(reader, text,
		(const struct text_value[]){{.name = "name", .text = name},
			{.name = "help", .text = help_in(help, language_now())}, {0}});
}

/* "SITE...": one or more. */
static bool is_rest(const struct cli_word *word)
{
	const char *dots = strstr(word->name, "...");
	return dots && dots[3] == '\0';
}

/* A word more than the command has: a command that was put behind an option? */
static _Noreturn void fail_word(const struct cli_reader *reader, const char *text)
{
	for (const struct cli_command *command = reader->line->commands; command->help; command++) {
		if (command->name && strcmp(command->name, text) == 0) {
			cli_fault(reader, TEXT_CLI_WORD_LATE,
				(const struct text_value[]){{.name = "word", .text = text},
					{.name = "program", .text = reader->line->program}, {0}});
		}
	}
	cli_fault_of(reader, TEXT_CLI_WORD_EXTRA, text);
}

static void take_word(const struct cli_reader *reader, char *text, const struct argp_state *state)
{
	if (!reader->command) {
		cli_fault_command(reader, text);
	}
	const struct cli_word *word = reader->command->words;
	unsigned int at = state->arg_num;
	for (; word && word->name && at > 0 && !is_rest(word); at--) {
		word++;
	}
	if (!word || !word->name || at >= CLI_REST_MAX) {
		fail_word(reader, text);
	}
	if (text[0] == '\0') {
		fault_of_named(reader, TEXT_CLI_WORD_EMPTY, word->name, word->help);
	}
	word->text[at] = text;
}

static void check_complete(const struct cli_reader *reader, unsigned int n_words)
{
	if (!reader->command) {
		cli_fault_command(reader, NULL);
	}
	const struct cli_word *word = reader->command->words;
	for (; word && word->name && n_words > 0 && !is_rest(word); n_words--) {
		word++;
	}
	if (word && word->name && n_words == 0 && word->name[0] != '[') {
		fault_of_named(reader, TEXT_CLI_WORD_MISSING, word->name, word->help);
	}
	const struct cli_option *options = reader->command->options;
	for (size_t i = 0; options && options[i].name; i++) {
		if (options[i].needed && !reader->given[i]) {
			char name[CLI_NAME_SIZE];
			snprintf(name, sizeof(name), "--%s %s", options[i].name, options[i].value);
			fault_of_named(reader, TEXT_CLI_WORD_MISSING, name, options[i].help);
		}
	}
}

static error_t take_option(struct cli_reader *reader, int key, const char *text)
{
	const struct cli_option *options = reader->command ? reader->command->options : NULL;
	int i = find_option(options, key);
	if (i < 0) {
		return ARGP_ERR_UNKNOWN;
	}
	cli_value_take(reader, &options[i], text);
	reader->given[i] = true;
	return 0;
}

static error_t take(int key, char *text, struct argp_state *state)
{
	struct cli_reader *reader = state->input;
	switch (key) {
	case CLI_KEY_LANGUAGE:
		cli_value_language(reader, text);
		return 0;
	case CLI_KEY_HELP:
		cli_help_print(reader);
	case CLI_KEY_VERSION:
		cli_version_print(reader);
	case ARGP_KEY_ARG:
		take_word(reader, text, state);
		return 0;
	case ARGP_KEY_END:
		check_complete(reader, state->arg_num);
		return 0;
	case ARGP_KEY_ERROR:
		cli_fault_word(reader, state);
	default:
		return take_option(reader, key, text);
	}
}

/* argp is silent (ARGP_NO_ERRS): getopt's own words for a wrong option would show it as it is. */
const struct cli_command *cli_read(const struct cli *line, int argc, char **argv)
{
	struct cli_reader reader = {.line = line};
	choose_language(argc, argv);
	int used = find_command(&reader, argc, argv);
	know_options(&reader);
	struct argp argp = {.options = reader.known, .parser = take};
	int fault = argp_parse(
		&argp, argc - used, argv + used, ARGP_NO_ERRS | ARGP_NO_HELP, NULL, &reader);
	if (fault != 0) {
		cli_fault_of(&reader, TEXT_CLI_NO_MEMORY, strerror(fault));
	}
	return reader.command;
}
