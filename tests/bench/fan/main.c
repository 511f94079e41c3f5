/*
 * diemcau-bench-fan: what one packet copy costs the core that sends it: ours, or a server's that
 * runs already. One run, one JSON line.
 * tests/bench/relay runs it over and over and makes the table.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "proto/system/cli.h"
#include "tests/bench/fan/fan.h"

static const char *const names[] = {[FAN_RELAY] = "relay",
	[FAN_GSO] = "gso",
	[FAN_SENDMMSG] = "sendmmsg",
	[FAN_OTHER] = "other"};

struct result {
	uint64_t packets; /* each to every receiver */
	int64_t cpu_ns;
	int64_t wall_ns;
	uint64_t arrived;
};

static struct fan_options chosen = {.seconds = 3, .measured_cpu = -1, .other_cpu = -1};
static long receivers = 63;

static int read_what(const char *text)
{
	for (int i = FAN_RELAY; i <= FAN_OTHER; i++) {
		if (strcmp(names[i], text) == 0) {
			chosen.what = (enum fan_what)i;
			return 0;
		}
	}
	return -EINVAL;
}

static int read_cpus(const char *text)
{
	char more;
	int n = sscanf(text, "%d,%d%c", &chosen.measured_cpu, &chosen.other_cpu, &more);
	return n == 2 ? 0 : -EINVAL;
}

static int read_server(const char *text)
{
	char more;
	int n = sscanf(text, "%d,%hu,%hu%c", &chosen.process, &chosen.uplink_port,
		&chosen.sink_port, &more);
	return n == 3 && chosen.process > 0 ? 0 : -EINVAL;
}

static const struct cli_option known[] = {
	{.name = "what",
		.needed = true,
		.value = "WHAT",
		.help = "relay, gso, sendmmsg or other",
		.read = read_what,
		.wants = "relay, gso, sendmmsg or other"},
	{.name = "receivers",
		.value = "N",
		.help = "how many are sent a copy (default 63)",
		.number = &receivers,
		.least = 1,
		.most = FAN_RECEIVERS_MAX},
	{.name = "megabits",
		.value = "X",
		.help = "of the uplink; 0 (default) is saturation",
		.decimal = &chosen.megabits,
		.most = 100000},
	{.name = "seconds",
		.value = "S",
		.help = "how long is measured (default 3)",
		.decimal = &chosen.seconds,
		.least = 0.1,
		.most = 3600},
	{.name = "cpus",
		.value = "MEASURED,OTHER",
		.help = "which cores both processes are bound to; negative: any",
		.read = read_cpus,
		.wants = "two numbers of cores (0,1)"},
	{.name = "server",
		.value = "PROCESS,UPLINK,SINK",
		.help = "with other: its process, its port for the uplink, where it sends copies",
		.read = read_server,
		.wants = "a process and two ports (4711,5004,5006)"},
	{0},
};

static void read_command_line(int argc, char **argv)
{
	static const struct cli_command commands[] = {
		{.help = "Measure what one packet copy costs the core that sends it.",
			.options = known},
		{0},
	};
	static const struct cli line = {.program = "diemcau-bench-fan", .commands = commands};
	cli_read(&line, argc, argv);
	if ((chosen.what == FAN_OTHER) != (chosen.process > 0)) {
		cli_fail(&line, "--server goes with --what other, and --what other with --server");
	}
	chosen.receivers = (size_t)receivers;
}

static void pin(int cpu)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	if (cpu >= 0) {
		CPU_SET((unsigned)cpu, &set);
		sched_setaffinity(0, sizeof set, &set);
	}
}

static int64_t cpu_ns_of(pid_t process)
{
	clockid_t clock;
	struct timespec used = {0, 0};
	if (clock_getcpuclockid(process, &clock) == 0) {
		clock_gettime(clock, &used);
	}
	return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

static pid_t start_measured(
	const struct fan_options *options, struct fan_shared *shared, uint16_t sink_port)
{
	if (options->what == FAN_OTHER) {
		pin(options->other_cpu);
		return options->process;
	}
	pid_t process = fork();
	if (process == 0) {
		pin(options->measured_cpu);
		if (options->what == FAN_RELAY) {
			fan_run_relay(options, shared);
		} else {
			fan_run_bare(options, shared, sink_port);
		}
		_exit(0);
	}
	pin(options->other_cpu);
	while (!atomic_load(&shared->ready)) {
		nanosleep(&(struct timespec){0, 10000000}, NULL);
	}
	return process;
}

static struct result measure_bare(const struct fan_options *options, struct fan_shared *shared,
	const struct fan_sink *sink, pid_t process)
{
	uint64_t arrived = fan_sink_count(sink);
	uint64_t packets = atomic_load(&shared->rounds);
	int64_t cpu_ns = cpu_ns_of(process);
	int64_t wall_ns = fan_clock_ns();
	int64_t end_ns = wall_ns + (int64_t)(options->seconds * 1e9);
	while (fan_clock_ns() < end_ns) {
		atomic_store(&shared->arrived, fan_sink_count(sink));
		nanosleep(&(struct timespec){0, FAN_PAUSE_NS}, NULL);
	}
	return (struct result){atomic_load(&shared->rounds) - packets, cpu_ns_of(process) - cpu_ns,
		fan_clock_ns() - wall_ns, fan_sink_count(sink) - arrived};
}

static struct result measure_relay(const struct fan_options *options,
	const struct fan_shared *shared, struct fan_sink *sink, pid_t process)
{
	struct fan_uplink *uplink = fan_uplink_create(options, shared, sink);
	if (!fan_uplink_begin(uplink)) {
		fputs("diemcau-bench-fan: nothing arrives\n", stderr);
		exit(1);
	}
	uint64_t arrived = fan_sink_count(sink);
	uint64_t forwarded = fan_sink_forwarded(sink);
	int64_t cpu_ns = cpu_ns_of(process);
	int64_t wall_ns = fan_clock_ns();
	struct result result = {.packets = fan_uplink_run(uplink, options->seconds)};
	if (options->what == FAN_OTHER) {
		result.packets = fan_sink_forwarded(sink) - forwarded; /* it may have lost some */
	}
	result.cpu_ns = cpu_ns_of(process) - cpu_ns;
	result.wall_ns = fan_clock_ns() - wall_ns;
	result.arrived = fan_sink_count(sink) - arrived;
	fan_uplink_destroy(uplink);
	return result;
}

static void print(
	const struct fan_options *options, const struct result *result, const struct fan_sink *sink)
{
	double copies = (double)result->packets * (double)options->receivers;
	printf("{\"what\":\"%s\",\"receivers\":%zu,\"megabits\":%g,\"copies_per_second\":%.0f,"
	       "\"ns_per_copy\":%.1f,\"cpu\":%.3f,\"arrived\":%.4f,\"delay_ms\":{\"median\":%.2f,"
	       "\"p99\":%.2f}}\n",
		names[options->what], options->receivers, options->megabits,
		copies * 1e9 / (double)result->wall_ns, (double)result->cpu_ns / copies,
		(double)result->cpu_ns / (double)result->wall_ns, (double)result->arrived / copies,
		fan_sink_delay_ms(sink, 0.5), fan_sink_delay_ms(sink, 0.99));
}

int main(int argc, char **argv)
{
	read_command_line(argc, argv);
	struct fan_shared *shared = mmap(
		NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		return 1;
	}
	struct fan_sink *sink = fan_sink_start(chosen.sink_port);
	pid_t process = start_measured(&chosen, shared, fan_sink_port(sink));
	bool bare = chosen.what == FAN_GSO || chosen.what == FAN_SENDMMSG;
	struct result result = bare ? measure_bare(&chosen, shared, sink, process)
				    : measure_relay(&chosen, shared, sink, process);
	atomic_store(&shared->stop, true);
	print(&chosen, &result, sink);
	fflush(stdout);
	if (chosen.what != FAN_OTHER) {
		waitpid(process, NULL, 0);
	}
	fan_sink_stop(sink);
	return 0;
}
