/*
 * bench-load: everybody who is connected, in one process, for one phase of tests/bench/control.
 *
 * Prints one JSON object: the milliseconds of each round and what the server used.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "proto/system/cli.h"
#include "tests/bench/rounds.h"
#include "tests/bench/usage.h"

enum {
	DESCRIPTORS_SPARE = 64,
	ROUNDS_MAX = 10000,
	PEOPLE_MAX = 8192,
	GAP_MOST_MS = 60 * 1000,
	SAMPLE_MAX = 2048,
	REST_US = 3 * 1000 * 1000,
};

struct options {
	long port;
	const char *ca;
	const char *sites; /* file: site and token, a line each */
	const char *session;
	const char *viewer;
	long boards;
	long watchers;
	long rounds;
	long gap_ms;
	long server; /* process id; 0: none */
	const char *keep;
};

static struct options chosen = {.gap_ms = 50, .rounds = 50};

static const struct cli_option known[] = {
	{.name = "port",
		.needed = true,
		.value = "N",
		.help = "of the server, on loopback",
		.number = &chosen.port,
		.least = 1,
		.most = UINT16_MAX},
	{.name = "ca",
		.needed = true,
		.value = "FILE",
		.help = "the authority to trust",
		.text = &chosen.ca},
	{.name = "sites",
		.needed = true,
		.value = "FILE",
		.help = "a site and its token in each line",
		.text = &chosen.sites},
	{.name = "session",
		.needed = true,
		.value = "TOKEN",
		.help = "session of an operator, for the boards",
		.text = &chosen.session},
	{.name = "viewer",
		.value = "TOKEN",
		.help = "session of a viewer, for the watchers",
		.text = &chosen.viewer},
	{.name = "boards",
		.needed = true,
		.value = "N",
		.help = "how many boards",
		.number = &chosen.boards,
		.least = 1,
		.most = PEOPLE_MAX},
	{.name = "watchers",
		.value = "N",
		.help = "how many watchers (default 0)",
		.number = &chosen.watchers,
		.most = PEOPLE_MAX},
	{.name = "rounds",
		.value = "N",
		.help = "how many rounds are measured (default 50)",
		.number = &chosen.rounds,
		.most = ROUNDS_MAX},
	{.name = "gap",
		.value = "MS",
		.help = "rest between two rounds (default 50)",
		.number = &chosen.gap_ms,
		.most = GAP_MOST_MS},
	{.name = "server",
		.value = "PID",
		.help = "whose time and memory to read",
		.number = &chosen.server,
		.least = 1,
		.most = INT32_MAX},
	{.name = "keep",
		.value = "DIR",
		.help = "write there what people and sites were told in the last two rounds",
		.text = &chosen.keep},
	{0},
};

static const struct cli_command commands[] = {
	{.help = "Be everybody who is connected, and measure when each is told.", .options = known},
	{0},
};

static const struct cli line = {.program = "bench-load", .commands = commands};

/* ---- who is there ---- */

static size_t read_sites(const char *path, struct participant *ret, size_t max)
{
	FILE *file = fopen(path, "re");
	size_t n = 0;
	if (!file) {
		ws_clients_fail(path);
	}
	while (n < max && fscanf(file, "%63s %63s", ret[n].site, ret[n].token) == 2) {
		ret[n++].kind = KIND_SITE;
	}
	fclose(file);
	return n;
}

static void add_people(struct participant *ret, size_t n, enum bench_kind kind, const char *session)
{
	for (size_t i = 0; i < n; i++) {
		ret[i].kind = kind;
		snprintf(ret[i].token, sizeof(ret[i].token), "%s", session);
	}
}

static struct participant *gather(const struct options *options, size_t ret_n[KIND_COUNT])
{
	enum { SITES = 8192 };
	size_t boards = (size_t)options->boards, watchers = (size_t)options->watchers;
	struct participant *all = calloc(SITES + boards + watchers, sizeof(*all));
	if (!all) {
		ws_clients_fail("memory");
	}
	ret_n[KIND_SITE] = read_sites(options->sites, all, SITES);
	ret_n[KIND_BOARD] = boards;
	ret_n[KIND_VIEWER] = watchers;
	struct participant *people = all + ret_n[KIND_SITE];
	add_people(people, boards, KIND_BOARD, options->session);
	add_people(people + boards, watchers, KIND_VIEWER,
		options->viewer ? options->viewer : options->session);
	return all;
}

static void allow_descriptors(size_t n)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < n + DESCRIPTORS_SPARE) {
		limit.rlim_cur = n + DESCRIPTORS_SPARE;
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0) {
			ws_clients_fail("descriptors");
		}
	}
}

/* ---- what comes out ---- */

static void keep_heard(const struct options *options, const struct rounds *rounds, const char *who,
	size_t participant)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s.%ld", options->keep, who, rounds->number % 2);
	FILE *file = fopen(path, "we");
	const struct participant *one = &rounds->participants[participant];
	if (!file || fwrite(one->heard, 1, one->n_heard, file) != one->n_heard ||
		fclose(file) != 0) {
		ws_clients_fail(path);
	}
}

/* The last site, and the last person: a watcher where there are any. */
static void keep_samples(const struct options *options, struct rounds *rounds)
{
	size_t site = rounds->n[KIND_SITE] - 1, person = rounds->clients.n_members - 1;
	struct round round;
	rounds_listen(rounds, site);
	rounds_listen(rounds, person);
	for (int i = 0; i < 2; i++) {
		rounds_play(rounds, &round);
		if (rounds->participants[person].n_heard > SAMPLE_MAX) {
			i--; /* a forecast has come with it: not what the reference is to send */
			rounds_play(rounds, &round);
			continue;
		}
		keep_heard(options, rounds, "site", site);
		keep_heard(options, rounds, "person", person);
		rounds_rest(rounds, 100 * 1000);
	}
}

static void print_round(const struct round *round, bool first)
{
	printf("%s{\"sites\":%.3f,\"boards\":%.3f,\"watchers\":%.3f,\"everybody\":%.3f,"
	       "\"converged\":%.3f,\"accepted\":%.3f}",
		first ? "" : ",", round->told[KIND_SITE], round->told[KIND_BOARD],
		round->told[KIND_VIEWER], round->everybody, round->converged, round->accepted);
}

static void print_usage(const char *name, const struct usage *before, const struct usage *after)
{
	printf(",\"%s\":{\"cpu_ms\":%.3f,\"wall_ms\":%.3f}", name,
		(double)(after->cpu_ns - before->cpu_ns) / 1e6,
		(double)(after->at_us - before->at_us) / 1e3);
}

static void measure(const struct options *options, struct rounds *rounds)
{
	struct usage empty, quiet, before, after;
	struct round round;
	usage_read((int)options->server, &empty);
	rounds_rest(rounds, REST_US);
	usage_read((int)options->server, &quiet);
	for (int i = 0; i < 4; i++) { /* warm, and not counted */
		rounds_play(rounds, &round);
		rounds_rest(rounds, options->gap_ms * INT64_C(1000));
	}
	usage_read((int)options->server, &before);
	printf("\"rounds\":[");
	for (long i = 0; i < options->rounds; i++) {
		rounds_play(rounds, &round);
		print_round(&round, i == 0);
		rounds_rest(rounds, options->gap_ms * INT64_C(1000));
	}
	usage_read((int)options->server, &after);
	printf("]");
	print_usage("resting", &empty, &quiet);
	print_usage("telling", &before, &after);
	printf(",\"memory_kb\":%ld", after.memory_kb);
}

int main(int argc, char **argv)
{
	cli_read(&line, argc, argv);
	size_t n[KIND_COUNT];
	struct participant *participants = gather(&chosen, n);
	allow_descriptors(n[KIND_SITE] + n[KIND_BOARD] + n[KIND_VIEWER]);
	struct usage start, in;
	usage_read((int)chosen.server, &start);
	struct rounds rounds;
	rounds_init(&rounds, (uint16_t)chosen.port, chosen.ca, participants, n);
	usage_read((int)chosen.server, &in);
	printf("{\"peers\":%zu,\"memory_before_kb\":%ld", rounds.clients.n_members,
		start.memory_kb);
	print_usage("coming", &start, &in);
	printf(",");
	measure(&chosen, &rounds);
	if (chosen.keep) {
		keep_samples(&chosen, &rounds);
	}
	printf("}\n");
	rounds_finish(&rounds);
	free(participants);
	return EXIT_SUCCESS;
}
