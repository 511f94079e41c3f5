/*
 * diemcau-fleet: many simulated sites in one process. One loop: the links' inbox, one UDP socket
 * per site, a timer of ten milliseconds, signals.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "endpoint/fleet/fleet_options.h"
#include "endpoint/fleet/fleet_site.h"
#include "endpoint/fleet/live_control.h"
#include "endpoint/fleet/script.h"
#include "proto/codec/codec.h"
#include "proto/media/ssrc.h"
#include "proto/system/memory.h"
#include "proto/system/printable.h"

enum { BEAT_US = 10000, EVENTS = 64, PATH_SIZE = 1024, FD_RESERVE = 64 };

struct fleet_program {
	const struct fleet_options *options;
	struct fleet fleet;
	struct join *joins;
	struct fleet_site *sites;
	size_t n_sites;
	bool simulated[MEDIA_SITE_MAX + 1];
	struct script_run *script;
	struct live_control *live;
	int timer, signals;
	int64_t start_us;
	bool over;
};

static int report_error(const char *what, int fault)
{
	print_line(stderr, "diemcau-fleet: %s%s%s", what, fault ? ": " : "",
		fault ? strerror(-fault) : "");
	return fault ? fault : -EINVAL;
}

/* ---- join files ---- */

static bool is_join_file(const char *name)
{
	size_t length = strlen(name);
	return length > 5 && name[0] != '.' && strcmp(name + length - 5, ".json") == 0;
}

static int add_join(struct fleet_program *program, const char *path)
{
	struct join *grown =
		realloc(program->joins, (program->n_sites + 1) * sizeof(*program->joins));
	if (!grown) {
		return -ENOMEM;
	}
	program->joins = grown;
	struct join *join = &program->joins[program->n_sites];
	char fault[JOIN_FILE_FAULT_SIZE];
	int r = join_file_load(path, join, fault);
	if (r < 0) {
		report_error(fault, 0);
		return r;
	}
	if (join->role == ROLE_SITE && join->number <= MEDIA_SITE_MAX &&
		fleet_options_take(program->options, join->site)) {
		program->simulated[join->number] = true;
		program->n_sites++;
	}
	return 0;
}

static int read_joins(struct fleet_program *program)
{
	DIR *folder = opendir(program->options->join_dir);
	if (!folder) {
		return report_error(program->options->join_dir, -errno);
	}
	int r = 0;
	for (struct dirent *entry = readdir(folder); entry && r == 0; entry = readdir(folder)) {
		char path[PATH_SIZE];
		snprintf(path, sizeof(path), "%s/%s", program->options->join_dir, entry->d_name);
		if (is_join_file(entry->d_name)) {
			r = add_join(program, path);
		}
	}
	closedir(folder);
	return r == 0 && program->n_sites == 0 ? report_error("no site to simulate", 0) : r;
}

/* ---- starting ---- */

static int watch(struct fleet_program *program, int fd, void *tag)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = tag};
	return epoll_ctl(program->fleet.epoll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

static int start_loop(struct fleet_program *program)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	program->fleet.epoll = epoll_create1(EPOLL_CLOEXEC);
	program->signals = signalfd(-1, &ends, SFD_CLOEXEC);
	program->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	struct itimerspec on_timer = {{0, BEAT_US * 1000}, {0, BEAT_US * 1000}};
	if (program->fleet.epoll < 0 || program->signals < 0 || program->timer < 0 ||
		timerfd_settime(program->timer, 0, &on_timer, NULL) < 0) {
		return -errno;
	}
	int r = watch(program, program->signals, &program->signals);
	return r < 0 ? r : watch(program, program->timer, &program->timer);
}

static bool is_simulated(void *user, uint32_t site)
{
	const struct fleet_program *program = user;
	return site <= MEDIA_SITE_MAX && program->simulated[site];
}

static int64_t captured_us(void *user, const struct media_mark *mark)
{
	const struct fleet_program *program = user;
	for (size_t i = 0; i < program->n_sites && mark->source < SITE_MEDIA_PLAIN_SOURCES; i++) {
		if (program->sites[i].media.number == mark->site) {
			return clip_sender_captured(
				&program->sites[i].media.senders[mark->source], mark->frame);
		}
	}
	return 0;
}

static void raise_descriptor_limit(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static void print_lost(const char *site, const struct ws_client_notice *notice)
{
	print_line(stderr, "%lld ms: %s: %s: %s", (long long)(ws_client_clock_us() / 1000), site,
		ws_client_reason_name(notice->reason), notice->text);
}

static void number_streams(struct fleet_site *site, uint16_t first)
{
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		site->media.senders[i].sequence = first;
	}
}

/* The options that make a site differ from a good one. */
static void set_up(struct fleet_site *site, const struct fleet_options *options)
{
	site->media.permille = (unsigned int)options->permille;
	if (options->first_sequence >= 0) {
		number_streams(site, (uint16_t)options->first_sequence);
	}
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		struct clip_sender *clip_sender = &site->media.senders[i];
		clip_sender->ppm =
			site->media.number % 2 ? -options->drift_ppm : options->drift_ppm;
		clip_sender->late_us = i == MEDIA_VOICE ? 0 : options->late_ms * 1000;
	}
}

static int start_sites(struct fleet_program *program)
{
	struct ws_client_hub_config config = {
		.ca = program->joins[0].ca, .links_max = program->n_sites + FD_RESERVE};
	program->fleet.media.slots.is_simulated = is_simulated;
	program->fleet.media.slots.captured_us = captured_us;
	program->fleet.media.slots.user = program;
	program->fleet.lost = print_lost;
	int r = program->options->record_nonces ? nonce_audit_create(&program->fleet.media.nonces)
						: 0;
	r = r < 0 ? r : ws_client_hub_create(&config, &program->fleet.hub);
	if (r == 0) {
		r = watch(program, ws_client_hub_fd(program->fleet.hub), &program->fleet.hub);
	}
	program->sites = calloc(program->n_sites, sizeof(*program->sites));
	if (!program->sites) {
		r = -ENOMEM;
	}
	for (size_t i = 0; i < program->n_sites && r == 0; i++) {
		r = fleet_site_init(&program->sites[i], &program->fleet, &program->joins[i]);
		set_up(&program->sites[i], program->options);
	}
	return r;
}

static int start_script(struct fleet_program *program)
{
	char fault[SCRIPT_FAULT_SIZE];
	if (program->options->script &&
		script_load(program->options->script, &program->script, fault) < 0) {
		return report_error(fault, 0);
	}
	return 0;
}

static int start_live(struct fleet_program *program)
{
	int r = program->options->live ? live_control_create(&program->live) : 0;
	return program->live ? watch(program, STDIN_FILENO, program->live) : r;
}

/* ---- running ---- */

static int64_t wall_less_monotonic_us(void)
{
	struct timespec wall;
	clock_gettime(CLOCK_REALTIME, &wall);
	return (int64_t)wall.tv_sec * 1000000 + wall.tv_nsec / 1000 - ws_client_clock_us();
}

static void on_timer(struct fleet_program *program)
{
	uint64_t expirations;
	ssize_t got = read(program->timer, &expirations, sizeof(expirations));
	(void)got;
	int64_t now_us = ws_client_clock_us(), wall_us = wall_less_monotonic_us();
	for (size_t i = 0; i < program->n_sites; i++) {
		fleet_site_tick(&program->sites[i], now_us, wall_us);
	}
	int64_t elapsed_us = now_us - program->start_us;
	if (program->script) {
		script_tick(program->script, elapsed_us / 1000, program->sites, program->n_sites);
	}
	if (program->live) {
		live_control_tick(program->live, program->sites, program->n_sites, now_us);
	}
	if (program->options->seconds > 0 &&
		(double)elapsed_us >= program->options->seconds * 1000000) {
		program->over = true;
	}
}

static void handle(struct fleet_program *program, void *tag)
{
	if (tag == &program->signals) {
		program->over = true;
	} else if (tag == &program->timer) {
		on_timer(program);
	} else if (tag == program->live) {
		program->over = !live_control_readable(program->live, ws_client_clock_us());
	} else if (tag == &program->fleet.hub) {
		ws_client_hub_dispatch(program->fleet.hub);
	} else {
		site_media_readable(tag, ws_client_clock_us());
	}
}

static void run(struct fleet_program *program)
{
	struct epoll_event events[EVENTS];
	program->start_us = ws_client_clock_us();
	while (!program->over) {
		int count = epoll_wait(program->fleet.epoll, events, EVENTS, -1);
		for (int i = 0; i < count; i++) {
			handle(program, events[i].data.ptr);
		}
	}
}

/* ---- ending ---- */

static struct fleet_summary sum_up(struct fleet_program *program)
{
	struct fleet *fleet = &program->fleet;
	struct fleet_summary summary = {.sites = program->n_sites,
		.media = fleet->media.totals,
		.findings = fleet->media.slots.findings,
		.reconnections = fleet->reconnections,
		.commands_refused = fleet->commands_refused,
		.acknowledged = fleet->acknowledged,
		.voted = fleet->voted};
	summary.media.unrecovered = fleet->media.slots.unrecovered;
	for (size_t i = 0; i < program->n_sites; i++) {
		summary.sites_online += fleet_site_is_online(&program->sites[i]);
	}
	summary.has_floor_switch_ms = fleet->switches.count > 0;
	distribution_quantiles(&fleet->switches, &summary.floor_switch_ms);
	summary.has_lip_sync_ms = fleet->media.lip_sync.count > 0;
	distribution_quantiles(&fleet->media.lip_sync, &summary.lip_sync_ms);
	summary.has_delay_ms = fleet->media.delay.count > 0;
	distribution_quantiles(&fleet->media.delay, &summary.delay_ms);
	summary.has_moved_ms = fleet->media.moved.count > 0;
	distribution_quantiles(&fleet->media.moved, &summary.moved_ms);
	if (fleet->media.nonces) {
		summary.has_nonces = true;
		summary.nonces = nonce_audit_findings(fleet->media.nonces);
	}
	return summary;
}

static int write_summary(struct fleet_program *program)
{
	struct fleet_summary summary = sum_up(program);
	char *json = NULL;
	size_t size = 0;
	int r = msg_encode(&msg_fleet_summary, &summary, &json, &size);
	if (r < 0) {
		return report_error("summary", r);
	}
	FILE *file = program->options->summary ? fopen(program->options->summary, "w") : stdout;
	if (!file || fprintf(file, "%s\n", json) < 0) {
		r = report_error(program->options->summary, -errno);
	}
	if (file && file != stdout) {
		fclose(file);
	}
	msg_free(json);
	return r;
}

static void finish(struct fleet_program *program)
{
	for (size_t i = 0; program->sites && i < program->n_sites; i++) {
		if (program->sites[i].link) {
			fleet_site_finish(&program->sites[i]);
		}
	}
	ws_client_hub_destroy(program->fleet.hub);
	script_destroy(program->script);
	live_control_destroy(program->live);
	distribution_finish(&program->fleet.switches);
	distribution_finish(&program->fleet.media.lip_sync);
	distribution_finish(&program->fleet.media.delay);
	distribution_finish(&program->fleet.media.moved);
	nonce_audit_destroy(program->fleet.media.nonces);
	free(program->sites);
	free(program->joins);
}

int main(int argc, char **argv)
{
	static struct fleet_program program;
	memory_guard();
	program.options = fleet_options_read(argc, argv);
	srand((unsigned int)ws_client_clock_us());
	raise_descriptor_limit();
	int r = read_joins(&program);
	if (r == 0) {
		r = start_script(&program);
	}
	if (r == 0) {
		r = start_loop(&program);
		if (r == 0) {
			r = start_sites(&program);
		}
		if (r == 0) {
			r = start_live(&program);
		}
		if (r < 0) {
			report_error("start", r);
		}
	}
	if (r == 0) {
		run(&program);
		r = write_summary(&program);
	}
	finish(&program);
	return r == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
