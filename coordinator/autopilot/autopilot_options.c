#include "coordinator/autopilot/autopilot_options.h"

#include <argp.h>
#include <stdlib.h>

enum { KEY_URL = 0x100, KEY_CA, KEY_ACCOUNT, KEY_SITES, KEY_RESULT, KEY_FOR };

static const struct argp_option known[] = {
	{"url", KEY_URL, "URL", 0, "The coordinator: https://HOST:PORT", 0},
	{"ca", KEY_CA, "FILE", 0, "The authority to trust, PEM", 0},
	{"account", KEY_ACCOUNT, "NAME", 0, "An operator's account", 0},
	{"sites", KEY_SITES, "N", 0, "How many sites to wait for (default: all of the plan)", 0},
	{"result", KEY_RESULT, "FILE", 0, "Write the result there instead of printing it", 0},
	{"for", KEY_FOR, "SECONDS", 0, "Give up after this long", 0},
	{0},
};

static error_t finish_options(struct autopilot_options *options, struct argp_state *state)
{
	options->password = getenv("DIEMCAU_PASSWORD");
	if (!options->url || !options->account || !options->password) {
		argp_error(state, "--url, --account and DIEMCAU_PASSWORD are needed");
	}
	return 0;
}

static error_t take_option(int key, char *argument, struct argp_state *state)
{
	struct autopilot_options *options = state->input;
	switch (key) {
	case KEY_URL:
		options->url = argument;
		return 0;
	case KEY_CA:
		options->authority = argument;
		return 0;
	case KEY_ACCOUNT:
		options->account = argument;
		return 0;
	case KEY_SITES:
		options->sites = strtoul(argument, NULL, 10);
		return 0;
	case KEY_RESULT:
		options->result = argument;
		return 0;
	case KEY_FOR:
		options->seconds = strtod(argument, NULL);
		return 0;
	case ARGP_KEY_END:
		return finish_options(options, state);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

void autopilot_options_parse(int argc, char **argv, struct autopilot_options *ret_options)
{
	static const struct argp parser = {.options = known,
		.parser = take_option,
		.doc = "Run a meeting from assembling to closing, as an operator would.\v"
		       "The password is taken from the environment: DIEMCAU_PASSWORD."};
	*ret_options = (struct autopilot_options){0};
	argp_parse(&parser, argc, argv, 0, NULL, ret_options);
}
