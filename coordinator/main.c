/*
 * diemcau-coordinator: the command line.
 *
 *	init DIR --plan PLAN	make a directory: authority, certificate, join files, first account
 *	check PLAN		say what is wrong with a plan
 *	account, token		change who may join; a running coordinator notices
 *	run DIR --plan PLAN	serve the meeting; goes on with one that is running
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/admin.h"
#include "coordinator/server.h"
#include "proto/codec/codec.h"
#include "proto/system/memory.h"
#include "proto/system/printable.h"

const char *argp_program_version = "diemcau-coordinator " DIEMCAU_VERSION;

enum option_key {
	OPTION_PLAN = 'p',
	OPTION_NAME = 'n',
	OPTION_ADDRESS = 'a',
	OPTION_LISTEN = 'l',
	OPTION_SPEED = 's',
	OPTION_ROLE = 'r',
	OPTION_OPERATOR = 0x100,
	OPTION_PLAIN,
	OPTION_REHEARSAL,
	OPTION_STDIN,
	OPTION_LANGUAGE,
	OPTION_TRUSTED_PROXY,
	OPTION_OPEN_METRICS,
};

enum { WORDS_MAX = 4, SPEED_MOST = 1000, SHOWN_SIZE = 256 };

static const struct argp_option command_options[] = {
	{"plan", OPTION_PLAN, "PLAN", 0, "init, run: folder of the meeting plan", 1},
	{"address", OPTION_ADDRESS, "HOST:PORT", 0,
		"init: where peers find the server; goes into join files; may be repeated "
		"(default 127.0.0.1:8443)",
		1},
	{"name", OPTION_NAME, "HOST", 0,
		"init: another name or address for the certificate; may be repeated", 1},
	{"operator", OPTION_OPERATOR, "NAME", 0, "init: the first account (default operator)", 1},
	{"listen", OPTION_LISTEN, "ADDR:PORT", 0,
		"run: where to listen, and nowhere else (default every address, port 8443; [::]: "
		"every "
		"address of both families; 0.0.0.0: of IPv4; port 0: any free one, printed)",
		2},
	{"plain-http-loopback", OPTION_PLAIN, NULL, 0,
		"run: HTTP and ws:// without TLS; only when listening on loopback", 2},
	{"trusted-proxy", OPTION_TRUSTED_PROXY, "ADDRESS", 0,
		"run: a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; "
		"may be repeated",
		2},
	{"open-metrics", OPTION_OPEN_METRICS, NULL, 0,
		"run: /metrics without a session for every program of this machine; never where a "
		"proxy runs on it",
		2},
	{"speed", OPTION_SPEED, "X", 0, "run: divide planned durations by X (1 to 1000)", 2},
	{"rehearsal", OPTION_REHEARSAL, NULL, 0,
		"run: a rehearsal on a copy of the plan, thrown away afterwards", 2},
	{"role", OPTION_ROLE, "ROLE", 0,
		"account add: operator, technician, chair or viewer (default operator)", 3},
	{"password-stdin", OPTION_STDIN, NULL, 0,
		"account: read the password from standard input instead of making one", 3},
	{"lang", OPTION_LANGUAGE, "vi|en", 0, "check: language of the sentences (default vi)", 4},
	{0},
};

static const char usage[] = "init DIR --plan PLAN\n"
			    "check PLAN\n"
			    "account add|passwd|remove DIR NAME\n"
			    "token rotate|revoke DIR SITE\n"
			    "run DIR --plan PLAN";

struct arguments {
	const char *words[WORDS_MAX];
	size_t n_words;
	struct admin_init init;
	struct server_options run;
	enum role role;
	bool from_stdin;
	enum language language;
};

/* For a sentence: a word of the command line may have been pasted from anywhere. Good until the
 * next call. */
static const char *shown(const char *word)
{
	static char form[SHOWN_SIZE];
	printable(form, sizeof(form), word);
	return form;
}

static void add(const char **list, size_t *count, const char *text, struct argp_state *state)
{
	if (*count == ADMIN_LIST_MAX) {
		argp_error(state, "too many: %s", shown(text));
		return;
	}
	list[(*count)++] = text;
}

static long number(const char *text, long most, struct argp_state *state)
{
	char *end;
	long value = strtol(text, &end, 10);
	if (end == text || *end != '\0' || value < 0 || value > most) {
		argp_error(state, "not a number from 0 to %ld: %s", most, shown(text));
	}
	return value;
}

static void set_listen(struct arguments *arguments, const char *text, struct argp_state *state)
{
	if (bind_address_parse(text, &arguments->run.listen) < 0) {
		argp_error(state,
			"not ADDR:PORT: %s (192.0.2.1:8443, [2001:db8::1]:8443, name:8443 or "
			":8443)",
			shown(text));
	}
}

static void set_role(struct arguments *arguments, const char *text, struct argp_state *state)
{
	arguments->role = (enum role)msg_enum_value(&msg_role, text);
	if (arguments->role == ROLE_UNSET) {
		argp_error(state, "no role: %s", shown(text));
	}
}

static void trust(struct arguments *arguments, const char *text, struct argp_state *state)
{
	int fault = forwarded_trust(&arguments->run.proxies, text);
	if (fault < 0) {
		argp_error(state, "%s: %s",
			fault == -ENOSPC ? "too many proxies" : "not the address of a proxy",
			shown(text));
	}
}

static error_t parse_run(int key, char *text, struct argp_state *state)
{
	struct arguments *arguments = state->input;
	switch (key) {
	case OPTION_LISTEN:
		set_listen(arguments, text, state);
		return 0;
	case OPTION_PLAIN:
		arguments->run.plain = true;
		return 0;
	case OPTION_SPEED:
		arguments->run.speed = (uint32_t)number(text, SPEED_MOST, state);
		return 0;
	case OPTION_TRUSTED_PROXY:
		trust(arguments, text, state);
		return 0;
	case OPTION_OPEN_METRICS:
		arguments->run.open_metrics = true;
		return 0;
	case OPTION_REHEARSAL:
		arguments->run.rehearsal = true;
		return 0;
	case ARGP_KEY_ARG:
		if (arguments->n_words == WORDS_MAX) {
			argp_usage(state);
		}
		arguments->words[arguments->n_words++] = text;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse(int key, char *text, struct argp_state *state)
{
	struct arguments *arguments = state->input;
	switch (key) {
	case OPTION_PLAN:
		arguments->run.plan = arguments->init.plan = text;
		return 0;
	case OPTION_NAME:
		add(arguments->init.names, &arguments->init.n_names, text, state);
		return 0;
	case OPTION_ADDRESS:
		add(arguments->init.addresses, &arguments->init.n_addresses, text, state);
		return 0;
	case OPTION_OPERATOR:
		arguments->init.operator_name = text;
		return 0;
	case OPTION_ROLE:
		set_role(arguments, text, state);
		return 0;
	case OPTION_STDIN:
		arguments->from_stdin = true;
		return 0;
	case OPTION_LANGUAGE:
		arguments->language = strcmp(text, "en") == 0 ? LANGUAGE_EN : LANGUAGE_VI;
		return 0;
	default:
		return parse_run(key, text, state);
	}
}

static bool is(const struct arguments *arguments, size_t index, const char *word)
{
	return arguments->n_words > index && strcmp(arguments->words[index], word) == 0;
}

static int do_run(struct arguments *arguments)
{
	arguments->run.dir = arguments->words[1];
	return server_run(&arguments->run);
}

static int do_init(struct arguments *arguments)
{
	if (arguments->init.n_addresses == 0) {
		arguments->init.addresses[arguments->init.n_addresses++] = "127.0.0.1:8443";
	}
	arguments->init.dir = arguments->words[1];
	return admin_init(&arguments->init);
}

static int do_account(const struct arguments *arguments)
{
	const char *dir = arguments->words[2], *name = arguments->words[3];
	if (is(arguments, 1, "add")) {
		return admin_account_add(dir, name, arguments->role, arguments->from_stdin);
	}
	if (is(arguments, 1, "passwd")) {
		return admin_account_passwd(dir, name, arguments->from_stdin);
	}
	return is(arguments, 1, "remove") ? admin_account_remove(dir, name) : -1;
}

static int do_token(const struct arguments *arguments)
{
	const char *dir = arguments->words[2], *site = arguments->words[3];
	if (is(arguments, 1, "rotate")) {
		return admin_token_rotate(dir, site);
	}
	return is(arguments, 1, "revoke") ? admin_token_revoke(dir, site) : -1;
}

/* The exit status, or -1 for words that make no command. */
static int dispatch(struct arguments *arguments)
{
	bool planned = arguments->run.plan != NULL;
	switch (arguments->n_words) {
	case 2:
		if (is(arguments, 0, "init") && planned) {
			return do_init(arguments);
		}
		if (is(arguments, 0, "run") && planned) {
			return do_run(arguments);
		}
		return is(arguments, 0, "check")
			       ? admin_check(arguments->words[1], arguments->language)
			       : -1;
	case 4:
		if (is(arguments, 0, "account")) {
			return do_account(arguments);
		}
		return is(arguments, 0, "token") ? do_token(arguments) : -1;
	default:
		return -1;
	}
}

int main(int argc, char **argv)
{
	static const struct argp parser = {
		.options = command_options,
		.parser = parse,
		.args_doc = usage,
		.doc = "The coordinator of a hybrid conference.",
	};
	struct arguments arguments = {
		.run = {.listen = {.port = SERVER_PORT}, .speed = 1},
		.init = {.operator_name = "operator"},
		.role = ROLE_OPERATOR,
		.language = LANGUAGE_VI,
	};
	memory_guard();
	argp_parse(&parser, argc, argv, 0, NULL, &arguments);
	int status = dispatch(&arguments);
	if (status < 0) {
		argp_help(&parser, stderr, ARGP_HELP_STD_USAGE, argv[0]);
		return EXIT_FAILURE;
	}
	return status;
}
