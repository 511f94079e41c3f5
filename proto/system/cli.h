/*
 * A program's command line, by tables: its commands, their words and options, and where each value
 * goes. argp (glibc) reads it. All programs have the same manners:
 *
 *	--help, --version	on standard output, exit status 0
 *	--language		of help and faults, and of all that the program says (language.h)
 *	exit status		0 done; 1 could not, or failed while running;
 *				2 the command line is wrong, and nothing was done
 *	PROGRAM: SENTENCE; see PROGRAM --help
 *				a fault: one line on standard error, what was typed made printable
 *
 * A command comes before its options and words; options and words come in any order.
 * The tables and what they point at outlive the call. Texts point into argv. What tables say is
 * English; proto/words/help.json has it in Vietnamese.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_CLI_H
#define DIEMCAU_PROTO_SYSTEM_CLI_H

#include <stdbool.h>

enum {
	EXIT_USAGE = 2,
	CLI_OPTIONS_MAX = 16, /* of one command: diemcau-fleet has 12 */
	CLI_REST_MAX = 256, /* words of a command that takes more than one */
	CLI_NAME_SIZE = 64, /* "diemcau-coordinator account passwd" */
};

/*
 * Takes the value of an option. 0; -EINVAL: not what the option wants; -ENOSPC: the option stands
 * more often than there is room.
 */
typedef int cli_take(const char *text);

/* Where the value goes: exactly one of flag, text, number, decimal and read is set. */
struct cli_option {
	const char *name; /* without its dashes; NULL: the table ends */
	char letter; /* "-p" for it, or 0 */
	const char *former; /* an earlier name that is still read, not shown; or NULL */
	bool needed;
	const char *value; /* what --help puts for the value, "FILE"; NULL for a flag */
	const char *help;
	bool *flag;
	const char **text; /* anything but "" */
	long *number;
	double *decimal;
	double least, most; /* of number and decimal */
	cli_take *read;
	const char *wants; /* of read, for "--NAME wants ..." */
};

/*
 * A word that a command must have; the last ones may be left out. The last may be one or more,
 * "SITE...": `text` is then an array of CLI_REST_MAX + 1, which NULL ends.
 */
struct cli_word {
	const char *name; /* "DIR", or "[ID]": may be left out; NULL: the table ends */
	const char *help;
	const char **text; /* anything but "" */
};

struct cli_command {
	const char *name; /* "account add"; NULL: what the program does without a command */
	const char *help; /* NULL: the table ends */
	const struct cli_word *words; /* NULL: none */
	const struct cli_option *options; /* NULL: none */
	int (*run)(void); /* for the program's own use: does it, returns the exit status */
};

/* An earlier name of a command, which is still read. */
struct cli_former {
	const char *name; /* NULL: the table ends */
	const char *now;
};

struct cli {
	const char *program; /* "diemcau-relay" */
	const char *help; /* where no command is without a name, or NULL */
	const struct cli_command *commands; /* one without a name at most, and that first */
	const char *note; /* what --help ends with, or NULL */
	const struct cli_former *former; /* or NULL */
};

/*
 * Read the command line: the values are where the tables point, and the command that was asked for
 * is returned. Ends the program where there is nothing to do (--help, --version, a fault).
 */
const struct cli_command *cli_read(const struct cli *line, int argc, char **argv);

/* End the program for a fault that no single word shows, in the manner of the others. */
_Noreturn void cli_fail(const struct cli *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
