#include "coordinator/commands/meeting_cli.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "coordinator/commands/meeting_commands.h"
#include "coordinator/commands/meeting_preview.h"
#include "coordinator/commands/registration_commands.h"
#include "coordinator/minutes/paper_kinds.h"
#include "domain_msg.h"

static const char *dir, *meeting, *plan, *to;
static long speed = 1;
static bool apply, json;
static struct preview_order preview;
static struct print_wanted print = {.kind = PAPER_KIND_MINUTES};

static int read_paper(const char *text)
{
	print.kind = paper_kind_of_name(text);
	return print.kind == PAPER_KIND_UNSET ? -EINVAL : 0;
}

const struct cli_word meeting_cli_in_dir[] = {
	{"DIR", "the directory that init has made", &dir}, {NULL, NULL, NULL}};
const struct cli_word meeting_cli_of_any[] = {{"DIR", "the directory that init has made", &dir},
	{"[ID]", "the meeting's id, as meeting list shows it (default: the current one)", &meeting},
	{NULL, NULL, NULL}};
const struct cli_word meeting_cli_of_one[] = {{"DIR", "the directory that init has made", &dir},
	{"ID", "the meeting's id, as meeting list shows it", &meeting}, {NULL, NULL, NULL}};
const struct cli_word meeting_cli_of_file[] = {{"DIR", "the directory that init has made", &dir},
	{"FILE", "a file that meeting archive has written", &to}, {NULL, NULL, NULL}};

const struct cli_word meeting_cli_of_preview[] = {
	{"FOLDER", "the folder of a meeting, below the directory that init has made",
		&preview.folder},
	{"FILE", "a workbook (.xlsx), a document (.docx) or CSV, as the office has it",
		&preview.file},
	{NULL, NULL, NULL}};

const struct cli_option meeting_cli_new_options[] = {
	{.name = "plan",
		.letter = 'p',
		.needed = true,
		.value = "PLAN",
		.help = "the folder of the meeting plan",
		.text = &plan},
	{.name = "speed",
		.letter = 's',
		.value = "X",
		.help = "divide planned durations by X, 1 to 1000 (default 1)",
		.number = &speed,
		.least = 1,
		.most = SPEED_MAX},
	{0},
};

const struct cli_option meeting_cli_update_options[] = {
	{.name = "plan",
		.letter = 'p',
		.needed = true,
		.value = "PLAN",
		.help = "the folder of the changed plan",
		.text = &plan},
	{.name = "apply",
		.help = "give the commands that are shown, also while the meeting is live",
		.flag = &apply},
	{.name = "json",
		.help = "show the commands as the protocol writes them, for programs",
		.flag = &json},
	{0},
};

const struct cli_option meeting_cli_preview_options[] = {
	{.name = "name",
		.value = "NAME",
		.help = "what the file is called in the answer (default: as it is here)",
		.text = &preview.name},
	{0},
};

const struct cli_option meeting_cli_export_options[] = {
	{.name = "to",
		.letter = 't',
		.needed = true,
		.value = "FOLDER",
		.help = "where to write minutes, journal and plan; made if it is not there",
		.text = &to},
	{0},
};

const struct cli_option meeting_cli_print_options[] = {
	{.name = "to",
		.letter = 't',
		.needed = true,
		.value = "FOLDER",
		.help = "where to write the papers; made if it is not there",
		.text = &to},
	{.name = "paper",
		.value = "PAPER",
		.help = "minutes, invitation, programme, technical-record or notice (default "
			"minutes)",
		.read = read_paper,
		.wants = "minutes, invitation, programme, technical-record or notice"},
	{.name = "site",
		.value = "SITE",
		.help = "the copy of one site, by its id; of the whole meeting when left out",
		.text = &print.site},
	{.name = "each-site", .help = "a copy for each site", .flag = &print.each_site},
	{0},
};

const struct cli_option meeting_cli_archive_options[] = {
	{.name = "to",
		.letter = 't',
		.needed = true,
		.value = "FILE",
		.help = "the file to write; it must not be there yet",
		.text = &to},
	{0},
};

const struct cli_option meeting_cli_registrations_options[] = {
	{.name = "to",
		.letter = 't',
		.needed = true,
		.value = "FILE",
		.help = "the list to write, by its ending: .csv or .xlsx; it must not be there yet",
		.text = &to},
	{0},
};

int meeting_cli_list(void)
{
	return meeting_command_list(dir);
}

int meeting_cli_show(void)
{
	return meeting_command_show(dir, meeting);
}

int meeting_cli_new(void)
{
	return meeting_command_new(dir, plan, (uint32_t)speed);
}

int meeting_cli_use(void)
{
	return meeting_command_use(dir, meeting);
}

int meeting_cli_update(void)
{
	return meeting_command_update(dir, plan, apply, json);
}

int meeting_cli_preview(void)
{
	return meeting_preview(&preview);
}

int meeting_cli_export(void)
{
	return meeting_command_export(dir, meeting, to);
}

int meeting_cli_print(void)
{
	return meeting_command_print(dir, meeting, &print, to);
}

int meeting_cli_archive(void)
{
	return meeting_command_archive(dir, meeting, to);
}

int meeting_cli_registrations(void)
{
	return registration_command_list(dir, meeting, to);
}

int meeting_cli_forget(void)
{
	return registration_command_forget(dir, meeting);
}

int meeting_cli_add(void)
{
	return meeting_command_add(dir, to);
}
