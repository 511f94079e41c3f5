/* diemcau-coordinator: its command line. What the commands do is in server.h and commands/. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "coordinator/commands/account_commands.h"
#include "coordinator/commands/admin.h"
#include "coordinator/commands/backup_commands.h"
#include "coordinator/commands/display_commands.h"
#include "coordinator/commands/export_command.h"
#include "coordinator/commands/import_command.h"
#include "coordinator/commands/join_address.h"
#include "coordinator/commands/meeting_cli.h"
#include "coordinator/commands/meeting_replay.h"
#include "coordinator/commands/renew_command.h"
#include "coordinator/commands/site_commands.h"
#include "coordinator/commands/verify_command.h"
#include "coordinator/identity/ca.h"
#include "coordinator/server.h"
#include "proto/codec/codec.h"
#include "proto/system/cli.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"

static const char *dir, *name;
static const char *sites[CLI_REST_MAX + 1];
static struct admin_init init = {.operator_name = "operator"};
static struct server_options server = {.listen = {.port = SERVER_PORT}};
static struct server_options replaying = {.listen = {.port = SERVER_REPLAY_PORT}};
static struct meeting_replay_choice replayed;
static long speed; /* 0: not given */
static enum role role = ROLE_OPERATOR;
static enum display_view view;
static bool from_stdin;
static const char *authority_key;
static const char *head;
static const char *office_files[CLI_REST_MAX + 1];
static const char *corrections[CLI_REST_MAX + 1];
static size_t n_corrections;
static struct import_order import = {.files = office_files, .corrections = corrections};

/* ---- values ---- */

static int add(const char **list, size_t *count, const char *text)
{
	if (*count == ADMIN_LIST_MAX) {
		return -ENOSPC;
	}
	list[(*count)++] = text;
	return 0;
}

static int read_address(const char *text)
{
	static char addresses[IDENTITY_ADDRESSES_MAX][JOIN_ADDRESS_SIZE];
	if (init.n_addresses == IDENTITY_ADDRESSES_MAX) {
		return -ENOSPC;
	}
	char *address = addresses[init.n_addresses];
	bool usual;
	int r = join_address_read(text, SERVER_PORT, address, &usual);
	if (r == 0) {
		init.addresses[init.n_addresses++] = address;
	}
	if (usual && r == 0) {
		say_text(stderr, TEXT_INIT_DEFAULT_PORT,
			(const struct text_value[]){{.name = "address", .text = text},
				{.name = "port", .number = SERVER_PORT}, {0}});
	}
	return r;
}

static int read_name(const char *text)
{
	struct ca_names names = {0};
	return ca_name_add(&names, text) ? add(init.names, &init.n_names, text) : -EINVAL;
}

static int read_listen(const char *text)
{
	return bind_address_parse(text, &server.listen);
}

static int read_replay_listen(const char *text)
{
	return bind_address_parse(text, &replaying.listen);
}

static int read_proxy(const char *text)
{
	return forwarded_trust(&server.proxies, text);
}

static int read_correction(const char *text)
{
	if (n_corrections == CLI_REST_MAX) {
		return -ENOSPC;
	}
	corrections[n_corrections++] = text;
	return import_command_corrects(text) ? 0 : -EINVAL;
}

static int read_role(const char *text)
{
	role = (enum role)msg_enum_value(&msg_role, text);
	bool person = role == ROLE_OPERATOR || role == ROLE_TECHNICIAN || role == ROLE_CHAIR ||
		      role == ROLE_VIEWER;
	return person ? 0 : -EINVAL;
}

static int read_view(const char *text)
{
	int value = msg_enum_value(&msg_display_view, text);
	view = value > 0 ? (enum display_view)value : DISPLAY_VIEW_UNSET;
	return value > 0 ? 0 : -EINVAL;
}

/* ---- commands ---- */

static int do_init(void)
{
	if (init.n_addresses == 0) {
		init.addresses[init.n_addresses++] = "wss://127.0.0.1:8443";
		init.only_here = true;
	}
	init.dir = dir;
	return admin_init(&init);
}

static int do_check(void)
{
	return admin_check(init.plan);
}

static int do_export(void)
{
	return export_command(init.plan, name);
}

static int do_import(void)
{
	return import_command(&import);
}

static int do_run(void)
{
	server.dir = dir;
	server.speed = speed ? (uint32_t)speed : 1;
	server.speed_given = speed != 0;
	return server_run(&server);
}

static int do_replay(void)
{
	struct meeting_replay replay;
	int status = meeting_replay_begin(&replayed, &replay);
	if (status != 0) {
		return status;
	}
	replaying.dir = replayed.dir;
	replaying.speed = speed ? (uint32_t)speed : 1;
	replaying.replay = &replay.place;
	status = server_run(&replaying);
	meeting_replay_end(&replay);
	return status;
}

static int do_backup(void)
{
	return backup_command_make(dir, name);
}

static int do_restore(void)
{
	return backup_command_restore(name, dir);
}

static int do_verify(void)
{
	return verify_command(name, head);
}

static int do_account_add(void)
{
	return account_command_add(dir, name, role, from_stdin);
}

static int do_account_passwd(void)
{
	return account_command_passwd(dir, name, from_stdin);
}

static int do_account_remove(void)
{
	return account_command_remove(dir, name);
}

static int do_display_add(void)
{
	return display_command_add(dir, name, view);
}

static int do_display_remove(void)
{
	return display_command_remove(dir, name);
}

static int do_display_list(void)
{
	return display_command_list(dir);
}

static int do_renew(void)
{
	return renew_command(dir, authority_key);
}

static int do_account_list(void)
{
	return account_command_list(dir);
}

static int do_site_add(void)
{
	return site_command_add(dir, sites);
}

static int do_site_remove(void)
{
	return site_command_remove(dir, sites);
}

static int do_site_reissue(void)
{
	return site_command_reissue(dir, sites);
}

static int do_site_list(void)
{
	return site_command_list(dir);
}

/* ---- tables ---- */

static const struct cli_word in_new_dir[] = {
	{"DIR", "the directory to make", &dir}, {NULL, NULL, NULL}};
static const struct cli_word in_dir[] = {
	{"DIR", "the directory that init has made", &dir}, {NULL, NULL, NULL}};
static const struct cli_word of_replay[] = {
	{"DIR", "the directory that init has made", &replayed.dir},
	{"[ID]", "the meeting's id, as meeting list shows it (default: the current one)",
		&replayed.meeting},
	{NULL, NULL, NULL}};
static const struct cli_word in_plan[] = {
	{"PLAN", "the folder of a meeting plan", &init.plan}, {NULL, NULL, NULL}};
static const struct cli_word of_export[] = {{"PLAN", "the folder of a meeting plan", &init.plan},
	{"FILE", "the workbook (.xlsx) to write", &name}, {NULL, NULL, NULL}};
static const struct cli_word of_import[] = {
	{"PLAN", "the folder of a meeting plan, which is made if it is not there", &import.plan},
	{"FILE...", "workbooks (.xlsx), documents (.docx) or CSV, as the office has them",
		office_files},
	{NULL, NULL, NULL}};
static const struct cli_word of_account[] = {{"DIR", "the directory that init has made", &dir},
	{"NAME", "the account's name", &name}, {NULL, NULL, NULL}};
static const struct cli_word of_display[] = {{"DIR", "the directory that init has made", &dir},
	{"NAME", "what people call the screen", &name}, {NULL, NULL, NULL}};
static const struct cli_word of_sites[] = {{"DIR", "the directory that init has made", &dir},
	{"SITE...", "sites by their ids, as the plan has them", sites}, {NULL, NULL, NULL}};

static const struct cli_word of_backup[] = {{"DIR", "the directory that init has made", &dir},
	{"TO", "the folder of the backup, which is made", &name}, {NULL, NULL, NULL}};
static const struct cli_word of_restore[] = {{"FROM", "the folder of a backup", &name},
	{"DIR", "the directory to make", &dir}, {NULL, NULL, NULL}};

static const struct cli_word in_journal[] = {
	{"PATH", "a journal (journal.sqlite), or the folder of a meeting or of its export", &name},
	{NULL, NULL, NULL}};

static const struct cli_option of_init[] = {
	{.name = "plan",
		.letter = 'p',
		.needed = true,
		.value = "PLAN",
		.help = "the folder of the meeting plan",
		.text = &init.plan},
	{.name = "address",
		.letter = 'a',
		.value = "HOST:PORT",
		.help = "where sites find the server, for their join files; may be repeated "
			"(default "
			"127.0.0.1:8443)",
		.read = read_address,
		.wants = "a name or an address, and a port from 1 to 65535 (centre.example:8443, "
			 "192.0.2.1:8443, [2001:db8::1]:8443)"},
	{.name = "name",
		.letter = 'n',
		.value = "HOST",
		.help = "another name or address for the certificate; may be repeated",
		.read = read_name,
		.wants = "a name or an address without a port (centre.example, 192.0.2.1)"},
	{.name = "operator",
		.value = "NAME",
		.help = "the first account (default operator)",
		.text = &init.operator_name},
	{0},
};

static const struct cli_option of_import_options[] = {
	{.name = "apply", .help = "write what is shown into the plan", .flag = &import.apply},
	{.name = "set",
		.value = "CELL=VALUE",
		.help = "have a cell say something else than in the file (B7=07:30, or "
			"SHEET!B7=07:30); "
			"may be repeated",
		.read = read_correction,
		.wants = "a cell and its value (B7=07:30)"},
	{0},
};

static const struct cli_option of_run[] = {
	{.name = "plan",
		.letter = 'p',
		.value = "PLAN",
		.help = "the folder of a plan: the first meeting begins from it; later it is told "
			"where it differs from the meeting's",
		.text = &server.plan},
	{.name = "listen",
		.letter = 'l',
		.value = "ADDR:PORT",
		.help = "where to listen, and nowhere else (default every address, port 8443; "
			"[::]:PORT: every address of both families; 0.0.0.0:PORT: of IPv4; port 0: "
			"any free one, which is printed)",
		.read = read_listen,
		.wants = "an address and a port (192.0.2.1:8443, [2001:db8::1]:8443, name:8443 or "
			 ":8443)"},
	{.name = "plain-http-loopback",
		.help = "HTTP and ws:// without TLS; only when listening on loopback",
		.flag = &server.plain},
	{.name = "trusted-proxy",
		.value = "ADDRESS",
		.help = "a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; "
			"may be repeated",
		.read = read_proxy,
		.wants = "the address of a proxy (192.0.2.1 or 2001:db8::1)"},
	{.name = "open-metrics",
		.help = "/metrics without a session for every program of this machine; never where "
			"a "
			"proxy runs on it",
		.flag = &server.open_metrics},
	{.name = "speed",
		.letter = 's',
		.value = "X",
		.help = "divide planned durations by X, 1 to 1000, where a meeting or rehearsal "
			"begins (default 1)",
		.number = &speed,
		.least = 1,
		.most = SPEED_MAX},
	{.name = "rehearsal",
		.help = "a rehearsal with the plan, or the current meeting's; nothing of it is "
			"left "
			"when it is stopped or closed",
		.flag = &server.rehearsal},
	{0},
};

static const struct cli_option of_replay_options[] = {
	{.name = "speed",
		.letter = 's',
		.value = "X",
		.help = "how many times as fast as it was it goes, 1 to 1000 (default 1)",
		.number = &speed,
		.least = 1,
		.most = SPEED_MAX},
	{.name = "archive",
		.letter = 'a',
		.value = "FILE",
		.help = "the meeting of a file that meeting archive has written, which is not "
			"taken in; the accounts are DIR's",
		.text = &replayed.file},
	{.name = "listen",
		.letter = 'l',
		.value = "ADDR:PORT",
		.help = "where to listen, and nowhere else (default every address, port 8444; port "
			"0: any free one, which is printed)",
		.read = read_replay_listen,
		.wants = "an address and a port (192.0.2.1:8443, [2001:db8::1]:8443, name:8443 or "
			 ":8443)"},
	{.name = "plain-http-loopback",
		.help = "HTTP and ws:// without TLS; only when listening on loopback",
		.flag = &replaying.plain},
	{0},
};

static const struct cli_option of_verify[] = {
	{.name = "head",
		.value = "HASH",
		.help = "a hash that the minutes print: say up to which entry it stands for this "
			"journal",
		.text = &head},
	{0},
};

static const struct cli_option of_renew[] = {
	{.name = "ca-key",
		.value = "FILE",
		.help = "where the authority's key is kept (default DIR/ca.key)",
		.text = &authority_key},
	{0},
};

static const struct cli_option of_password[] = {
	{.name = "password-stdin",
		.help = "read the password from standard input instead of making one",
		.flag = &from_stdin},
	{0},
};

static const struct cli_option of_account_add[] = {
	{.name = "role",
		.letter = 'r',
		.value = "ROLE",
		.help = "operator, technician, chair or viewer (default operator)",
		.read = read_role,
		.wants = "operator, technician, chair or viewer"},
	{.name = "password-stdin",
		.help = "read the password from standard input instead of making one",
		.flag = &from_stdin},
	{0},
};

static const struct cli_option of_display_add[] = {
	{.name = "view",
		.letter = 'v',
		.value = "VIEW",
		.needed = true,
		.help = "hall, speaker, run_sheet or watcher",
		.read = read_view,
		.wants = "hall, speaker, run_sheet or watcher"},
	{0},
};

static const struct cli_command commands[] = {
	{"init", "Make a directory: authority, certificate, join files, first account", in_new_dir,
		of_init, do_init},
	{"check", "Say what is wrong with a plan", in_plan, NULL, do_check},
	{"import", "Take an office's programme and lists (Excel, Word, CSV) into a plan", of_import,
		of_import_options, do_import},
	{"export", "Write a plan's tables as a workbook that an office edits and import takes back",
		of_export, NULL, do_export},
	{"run", "Serve the current meeting, or a rehearsal", in_dir, of_run, do_run},
	{"meeting list", "List the meetings of an installation, the latest first",
		meeting_cli_in_dir, NULL, meeting_cli_list},
	{"meeting show", "Show what a meeting is and when it was held", meeting_cli_of_any, NULL,
		meeting_cli_show},
	{"meeting new", "Begin the next meeting from a plan and make it the current one",
		meeting_cli_in_dir, meeting_cli_new_options, meeting_cli_new},
	{"meeting use", "Make another meeting of the installation the current one",
		meeting_cli_of_one, NULL, meeting_cli_use},
	{"meeting update", "Show what a changed plan asks of the current meeting, and give it",
		meeting_cli_in_dir, meeting_cli_update_options, meeting_cli_update},
	{"meeting preview",
		"Show what an office's file asks of a meeting, as JSON; import_ask is read from "
		"standard input",
		meeting_cli_of_preview, meeting_cli_preview_options, meeting_cli_preview},
	{"meeting export", "Write a meeting's minutes, journal and plan as files for people",
		meeting_cli_of_any, meeting_cli_export_options, meeting_cli_export},
	{"meeting print",
		"Print a paper of a meeting: minutes, invitation, programme, technical record, "
		"notice",
		meeting_cli_of_any, meeting_cli_print_options, meeting_cli_print},
	{"meeting archive", "Write a closed meeting into one file, for years and other machines",
		meeting_cli_of_any, meeting_cli_archive_options, meeting_cli_archive},
	{"meeting add", "Take the meeting of an archive into an installation, to be read",
		meeting_cli_of_file, NULL, meeting_cli_add},
	{"meeting registrations", "Write what sites have registered as a list for an office",
		meeting_cli_of_any, meeting_cli_registrations_options, meeting_cli_registrations},
	{"meeting forget", "Erase who is named in a meeting; its journal and minutes stay",
		meeting_cli_of_any, NULL, meeting_cli_forget},
	{"replay", "Play a closed meeting on the board, at any speed; nothing of it is changed",
		of_replay, of_replay_options, do_replay},
	{"verify", "Say whether a journal is what was written, without its installation",
		in_journal, of_verify, do_verify},
	{"backup", "Copy an installation with all its meetings, also while it runs", of_backup,
		NULL, do_backup},
	{"restore", "Make an installation of a backup, on this machine or another", of_restore,
		NULL, do_restore},
	{"renew", "Renew the server's certificate; join files stay good", in_dir, of_renew,
		do_renew},
	{"account add", "Make an account; prints its password once", of_account, of_account_add,
		do_account_add},
	{"account passwd", "Give an account a new password; prints it once", of_account,
		of_password, do_account_passwd},
	{"account remove", "Remove an account", of_account, NULL, do_account_remove},
	{"account list", "List accounts: since when, last signed in, role", in_dir, NULL,
		do_account_list},
	{"display add", "Make a link by which a screen opens one view; prints its address once",
		of_display, of_display_add, do_display_add},
	{"display remove", "Remove a display link: its screens are closed at once", of_display,
		NULL, do_display_remove},
	{"display list", "List display links: view, since when, when last seen", in_dir, NULL,
		do_display_list},
	{"site add", "Make join files for newcomers, with numbers of their own", of_sites, NULL,
		do_site_add},
	{"site remove", "Revoke the join files of sites: they are cut off at once", of_sites, NULL,
		do_site_remove},
	{"site reissue", "Make join files anew, the relay's too; the old ones are invalid",
		of_sites, NULL, do_site_reissue},
	{"site list", "List sites: number, and what has become of the join file", in_dir, NULL,
		do_site_list},
	{NULL, NULL, NULL, NULL, NULL},
};

static const struct cli_former former[] = {
	{"token rotate", "site reissue"}, {"token revoke", "site remove"}, {NULL, NULL}};

int main(int argc, char **argv)
{
	static const struct cli line = {
		.program = "diemcau-coordinator",
		.help = "The coordinator of a hybrid conference.",
		.commands = commands,
		.former = former,
	};
	memory_guard();
	return cli_read(&line, argc, argv)->run();
}
