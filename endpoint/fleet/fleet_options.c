#include "endpoint/fleet/fleet_options.h"

#include <stdint.h>
#include <string.h>

#include "proto/system/cli.h"

enum { DAY_SECONDS = 86400, PERMILLE = 1000, DRIFT_MOST_PPM = 10000, LATE_MOST_MS = 10000 };

static struct fleet_options chosen = {.first_sequence = -1};

static const struct cli_option known[] = {
	{.name = "join-dir",
		.letter = 'j',
		.needed = true,
		.value = "DIR",
		.help = "a folder with one join file per site",
		.text = &chosen.join_dir},
	{.name = "sites",
		.value = "A,B,...",
		.help = "simulate these sites only",
		.text = &chosen.only},
	{.name = "except",
		.value = "A,B,...",
		.help = "simulate all sites but these",
		.text = &chosen.except},
	{.name = "script",
		.value = "FILE",
		.help = "what the sites do beyond obeying, as JSON",
		.text = &chosen.script},
	{.name = "summary",
		.value = "FILE",
		.help = "write what was found there, as one JSON object, instead of printing it",
		.text = &chosen.summary},
	{.name = "for",
		.value = "SECONDS",
		.help = "end after this long (default: when told by a signal)",
		.decimal = &chosen.seconds,
		.most = 30 * DAY_SECONDS},
	{.name = "lose",
		.value = "PERMILLE",
		.help = "lose so many of a thousand packets, each way",
		.number = &chosen.permille,
		.most = PERMILLE},
	{.name = "first-sequence",
		.value = "N",
		.help = "number the packets of every stream from N on, to see them wrap soon "
			"(default: at random below 32768)",
		.number = &chosen.first_sequence,
		.most = UINT16_MAX},
	{.name = "live",
		.help = "steps of a script on standard input, what is received on standard output",
		.flag = &chosen.live},
	{.name = "record-nonces",
		.help = "record key, SSRC and index of all that is sent and received, and tell "
			"whether any sealed two packets",
		.flag = &chosen.record_nonces},
	{.name = "drift",
		.value = "PPM",
		.help = "clocks of sites with even numbers run so much fast, with odd numbers slow",
		.number = &chosen.drift_ppm,
		.least = -DRIFT_MOST_PPM,
		.most = DRIFT_MOST_PPM},
	{.name = "late-video",
		.value = "MS",
		.help = "pictures leave so much later than they are taken",
		.number = &chosen.late_ms,
		.most = LATE_MOST_MS},
	{0},
};

static const struct cli_command commands[] = {
	{.help = "Simulate sites of a conference: real websockets, real SRTP.", .options = known},
	{0},
};

const struct fleet_options *fleet_options_read(int argc, char **argv)
{
	static const struct cli line = {.program = "diemcau-fleet", .commands = commands};
	cli_read(&line, argc, argv);
	if (chosen.only && chosen.except) {
		cli_fail(&line, "--sites and --except do not go together: leave one out");
	}
	return &chosen;
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
