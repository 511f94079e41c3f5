/* --help and --version: see cli.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/system/cli_private.h"
#include "text_copy.h"

enum { HELP_SIZE = 4096, USAGE_SIZE = 256, LISTED_MAX = 64, LISTED_SIZE = 64 };

/* What argp_help is given. Words and commands stand beside options, as texts of their own. */
struct help {
	struct argp_option options[2 * CLI_OPTIONS_MAX + LISTED_MAX + 4];
	char names[LISTED_MAX][LISTED_SIZE];
	size_t n_options, n_names;
	char usage[USAGE_SIZE];
	char about[HELP_SIZE];
};

bool cli_is_listed(const struct cli_reader *reader, const struct cli_command *command)
{
	size_t length = reader->group ? strlen(reader->group) : 0;
	return command->name &&
	       (!reader->group || (strncmp(command->name, reader->group, length) == 0 &&
					  command->name[length] == ' '));
}

/* Add to the line that says what must stand there. */
static void add_usage(struct help *help, const char *dashes, const char *name, const char *value)
{
	size_t used = strlen(help->usage);
	snprintf(help->usage + used, sizeof(help->usage) - used, "%s%s%s%s%s", used > 0 ? " " : "",
		dashes, name, value ? " " : "", value ? value : "");
}

static void add_text(struct help *help, const char *name, const char *text, int group)
{
	if (help->n_names < LISTED_MAX) {
		char *kept = help->names[help->n_names++];
		text_copy(kept, LISTED_SIZE, name);
		help->options[help->n_options++] = (struct argp_option){.name = kept,
			.flags = OPTION_DOC | OPTION_NO_USAGE,
			.doc = text,
			.group = group};
	}
}

static void add_words(struct help *help, const struct cli_command *command)
{
	for (const struct cli_word *word = command->words; word && word->name; word++) {
		add_usage(help, "", word->name, NULL);
		add_text(help, word->name, help_in(word->help, language_now()), 1);
	}
	for (const struct cli_option *option = command->options; option && option->name; option++) {
		if (option->needed) {
			add_usage(help, "--", option->name, option->value);
		}
	}
}

/* "account add DIR NAME" */
static void add_command(struct help *help, const struct cli_command *command)
{
	char name[LISTED_SIZE];
	size_t used = (size_t)snprintf(name, sizeof(name), "%s", command->name);
	for (const struct cli_word *word = command->words;
		word && word->name && used < sizeof(name); word++) {
		used += (size_t)snprintf(name + used, sizeof(name) - used, " %s", word->name);
	}
	add_text(help, name, help_in(command->help, language_now()), 3);
}

static void add_options(struct help *help, const struct cli_reader *reader)
{
	for (const struct argp_option *option = reader->known; option->name || option->key;
		option++) {
		help->options[help->n_options++] = *option;
	}
}

static bool lists_commands(const struct cli_reader *reader)
{
	return !reader->command || !reader->command->name;
}

static void write_about(struct help *help, const struct cli_reader *reader, bool lists)
{
	const char *note = reader->line->note && !reader->group ? reader->line->note : "";
	const char *text = reader->command ? reader->command->help : reader->line->help;
	enum language language = language_now();
	snprintf(help->about, sizeof(help->about), "%s%s%s%s%s", help_in(text, language),
		lists || note[0] ? "\v" : "", help_in(note, language),
		lists && note[0] ? "\n\n" : "", lists ? text_of(TEXT_CLI_OWN_HELP, language) : "");
}

/* Standard output may be a full disk. */
static _Noreturn void end(void)
{
	exit(fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/*
 * argp counts bytes, of which Vietnamese has some 14 for 10 letters: the right margin is as much
 * further away, in bytes.
 */
static const char *format_of_help(void)
{
	return language_now() == LANGUAGE_VI ? "no-dup-args-note,rmargin=98" : "no-dup-args-note";
}

/* What argp itself says is English: its first line is ours. */
static void print_help(const struct argp *argp, char *name)
{
	static const char begin[] = "Usage: ", options[] = " [OPTION...]";
	char *text = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&text, &size);
	if (!memory) {
		return;
	}
	setenv("ARGP_HELP_FMT", format_of_help(), 1); /* the same for everybody */
	argp_help(argp, memory, ARGP_HELP_SHORT_USAGE | ARGP_HELP_DOC | ARGP_HELP_LONG, name);
	fclose(memory);
	const char *rest =
		text && strncmp(text, begin, strlen(begin)) == 0 ? strstr(text, options) : NULL;
	if (rest) {
		const char *word = text + strlen(begin);
		printf("%s: %.*s [%s...]%s", text_of(TEXT_CLI_USAGE, language_now()),
			(int)(rest - word), word, text_of(TEXT_CLI_OPTIONS, language_now()),
			rest + strlen(options));
	}
	free(text);
}

void cli_help_print(const struct cli_reader *reader)
{
	struct help help = {.usage = ""};
	if (reader->command) {
		add_words(&help, reader->command);
	} else {
		add_usage(&help, "", "COMMAND", "...");
	}
	add_options(&help, reader);
	size_t before = help.n_names;
	for (const struct cli_command *command = reader->line->commands;
		command->help && lists_commands(reader); command++) {
		if (cli_is_listed(reader, command)) {
			add_command(&help, command);
		}
	}
	write_about(&help, reader, help.n_names > before);
	char name[CLI_NAME_SIZE];
	TEXT_COPY(name, reader->name);
	struct argp argp = {.options = help.options,
		.args_doc = help.usage[0] ? help.usage : NULL,
		.doc = help.about};
	print_help(&argp, name);
	end();
}

void cli_version_print(const struct cli_reader *reader)
{
	printf("%s %s\n", reader->line->program, DIEMCAU_VERSION);
	end();
}
