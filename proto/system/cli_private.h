/* One command line while it is read: shared by the files of cli.h. */
#ifndef DIEMCAU_PROTO_SYSTEM_CLI_PRIVATE_H
#define DIEMCAU_PROTO_SYSTEM_CLI_PRIVATE_H

#include <argp.h>
#include <stddef.h>

#include "proto/system/cli.h"
#include "proto/system/language.h"

enum {
	CLI_KEY_HELP = 'h',
	CLI_KEY_VERSION = 'V',
	CLI_KEY_LANGUAGE = 0x80,
	CLI_KEY_OPTION = 0x100, /* and the option's place in its table */
};

struct cli_reader {
	const struct cli *line;
	const char *group; /* the first word of the commands to choose from, or NULL: all */
	const struct cli_command *command; /* NULL: none was named, and there is none without */
	char name[CLI_NAME_SIZE]; /* of program and command, as --help is asked of them */
	bool given[CLI_OPTIONS_MAX];
	/*
	 * An option and its former name, then --language and its own, --help, --version and the
	 * end.
	 */
	struct argp_option known[2 * CLI_OPTIONS_MAX + 5];
};

/* ---- cli_help.c ---- */

/* Does this command stand in the list of those to choose from? */
bool cli_is_listed(const struct cli_reader *reader, const struct cli_command *command);
/* Ends the program. */
_Noreturn void cli_help_print(const struct cli_reader *reader);
_Noreturn void cli_version_print(const struct cli_reader *reader);

/* ---- cli_fault.c ---- */

/* Says what is wrong and where to look, and ends the program. */
_Noreturn void cli_fault(
	const struct cli_reader *reader, enum text_id text, const struct text_value *values);
/* The same of one word, which is {word} there. */
_Noreturn void cli_fault_of(const struct cli_reader *reader, enum text_id text, const char *word);
/* What argp has not understood, where it stopped. */
_Noreturn void cli_fault_word(const struct cli_reader *reader, const struct argp_state *state);
/* No command was named, or none of that name: word is NULL or that name. */
_Noreturn void cli_fault_command(const struct cli_reader *reader, const char *word);

/* ---- cli_value.c ---- */

/* Put a value where the option wants it; ends the program where it is not what it wants. */
void cli_value_take(
	const struct cli_reader *reader, const struct cli_option *option, const char *text);
/* The value of --language. */
void cli_value_language(const struct cli_reader *reader, const char *text);

#endif
