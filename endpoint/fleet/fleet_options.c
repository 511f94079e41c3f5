#include "endpoint/fleet/fleet_options.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_SITES = 0x100,
	KEY_EXCEPT,
	KEY_SCRIPT,
	KEY_SUMMARY,
	KEY_FOR,
	KEY_LOSE,
	KEY_FIRST,
	KEY_LIVE,
	KEY_NONCES,
	KEY_DRIFT,
	KEY_LATE
};

static const struct argp_option known[] = {
	{"join-dir", 'j', "DIR", 0, "Folder with one join file per site", 0},
	{"sites", KEY_SITES, "A,B,...", 0, "Simulate these sites only", 0},
	{"except", KEY_EXCEPT, "A,B,...", 0, "Simulate all sites but these", 0},
	{"script", KEY_SCRIPT, "FILE", 0, "What the sites do beyond obeying, as JSON", 0},
	{"summary", KEY_SUMMARY, "FILE", 0, "Write what was found as one JSON object", 0},
	{"for", KEY_FOR, "SECONDS", 0, "End after this long (default: when told by a signal)", 0},
	{"lose", KEY_LOSE, "PERMILLE", 0, "Lose so many of a thousand packets, each way", 0},
	{"first-sequence", KEY_FIRST, "N", 0,
		"Number the packets of every stream from N on, so that they wrap soon (default: at "
		"random "
		"below 32768)",
		0},
	{"live", KEY_LIVE, 0, 0,
		"Steps of a script on standard input, what is received on standard output", 0},
	{"record-nonces", KEY_NONCES, 0, 0,
		"Record key, SSRC and index of all that is sent and received; tell whether any "
		"sealed two packets",
		0},
	{"drift", KEY_DRIFT, "PPM", 0,
		"Clocks of sites with even numbers run so much fast, with odd numbers slow", 0},
	{"late-video", KEY_LATE, "MS", 0, "Pictures leave so much later than they are taken", 0},
	{0},
};

static error_t take_option(int key, char *argument, struct argp_state *state)
{
	struct fleet_options *options = state->input;
	switch (key) {
	case 'j':
		options->join_dir = argument;
		return 0;
	case KEY_SITES:
		options->only = argument;
		return 0;
	case KEY_EXCEPT:
		options->except = argument;
		return 0;
	case KEY_SCRIPT:
		options->script = argument;
		return 0;
	case KEY_SUMMARY:
		options->summary = argument;
		return 0;
	case KEY_FOR:
		options->seconds = strtod(argument, NULL);
		return 0;
	case KEY_LOSE:
		options->permille = (unsigned int)strtoul(argument, NULL, 10);
		return 0;
	case KEY_FIRST:
		options->has_first_sequence = true;
		options->first_sequence = (uint16_t)strtoul(argument, NULL, 10);
		return 0;
	case KEY_LIVE:
		options->live = true;
		return 0;
	case KEY_NONCES:
		options->record_nonces = true;
		return 0;
	case KEY_DRIFT:
		options->drift_ppm = strtol(argument, NULL, 10);
		return 0;
	case KEY_LATE:
		options->late_ms = strtol(argument, NULL, 10);
		return 0;
	case ARGP_KEY_END:
		if (!options->join_dir) {
			argp_error(state, "--join-dir is missing");
		}
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

void fleet_options_parse(int argc, char **argv, struct fleet_options *ret_options)
{
	static const struct argp parser = {.options = known,
		.parser = take_option,
		.doc = "Simulate sites of a conference: real websockets, real SRTP."};
	*ret_options = (struct fleet_options){0};
	argp_parse(&parser, argc, argv, 0, NULL, ret_options);
}

static bool is_listed(const char *list, const char *site)
{
	size_t length = strlen(site);
	for (const char *at = list; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, site, length) == 0 && (at[length] == ',' || at[length] == '\0')) {
			return true;
		}
	}
	return false;
}

bool fleet_options_take(const struct fleet_options *options, const char *site)
{
	if (options->only) {
		return is_listed(options->only, site);
	}
	return !options->except || !is_listed(options->except, site);
}
