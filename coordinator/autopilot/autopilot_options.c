#include "coordinator/autopilot/autopilot_options.h"

#include <stdlib.h>

#include "bounds.h"
#include "proto/network/server_url.h"
#include "proto/system/cli.h"

enum { DAY_SECONDS = 86400 };

static struct autopilot_options chosen;

static int read_url(const char *text)
{
	struct server_url url;
	chosen.url = text;
	return server_url_parse(text, &url);
}

static const struct cli_option known[] = {
	{.name = "url",
		.needed = true,
		.value = "URL",
		.help = "the coordinator: https://HOST:PORT",
		.read = read_url,
		.wants = "https://HOST:PORT (http:// on loopback only)"},
	{.name = "ca",
		.value = "FILE",
		.help = "the authority to trust, PEM",
		.text = &chosen.authority},
	{.name = "account",
		.needed = true,
		.value = "NAME",
		.help = "an operator's account",
		.text = &chosen.account},
	{.name = "sites",
		.value = "N",
		.help = "how many sites to wait for (default: all of the plan)",
		.number = &chosen.sites,
		.most = SITES_MAX},
	{.name = "result",
		.value = "FILE",
		.help = "write the result there instead of printing it",
		.text = &chosen.result},
	{.name = "for",
		.value = "SECONDS",
		.help = "give up after this long",
		.decimal = &chosen.seconds,
		.most = 30 * DAY_SECONDS},
	{0},
};

static const struct cli_command commands[] = {
	{.help = "Run a meeting from assembling to closing, as an operator would.",
		.options = known},
	{0},
};

const struct autopilot_options *autopilot_options_read(int argc, char **argv)
{
	static const struct cli line = {
		.program = "diemcau-autopilot",
		.commands = commands,
		.note = "The password is taken from the environment: DIEMCAU_PASSWORD.",
	};
	cli_read(&line, argc, argv);
	chosen.password = getenv("DIEMCAU_PASSWORD");
	if (!chosen.password) {
		cli_fail(&line, "the password is missing: put it in the environment, as "
				"DIEMCAU_PASSWORD");
	}
	return &chosen;
}
