/*
 * bench-load: everybody who is connected, in one process, for one phase of tests/bench/control.
 *
 * Prints one JSON object: the milliseconds of each round and what the server used.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/bench/rounds.h"
#include "tests/bench/usage.h"

enum { DESCRIPTORS_SPARE = 64, ROUNDS_MAX = 10000, SAMPLE_MAX = 2048, REST_US = 3 * 1000 * 1000 };

struct options {
	unsigned long port;
	const char *ca;
	const char *sites; /* file: site and token, a line each */
	const char *session;
	const char *viewer;
	unsigned long boards;
	unsigned long watchers;
	unsigned long rounds;
	unsigned long gap_ms;
	int server; /* process id */
	const char *keep;
};

enum { KEY_GAP = 0x100, KEY_KEEP };

static const struct argp_option known[] = {
	{"port", 'p', "N", 0, "Of the server, on loopback", 0},
	{"ca", 'c', "FILE", 0, "Authority to trust", 0},
	{"sites", 's', "FILE", 0, "A site and its token in each line", 0},
	{"session", 'o', "TOKEN", 0, "Session of an operator, for the boards", 0},
	{"viewer", 'v', "TOKEN", 0, "Session of a viewer, for the watchers", 0},
	{"boards", 'b', "N", 0, "How many boards", 0},
	{"watchers", 'w', "N", 0, "How many watchers", 0},
	{"rounds", 'r', "N", 0, "How many rounds are measured", 0},
	{"gap", KEY_GAP, "MS", 0, "Rest between two rounds", 0},
	{"server", 'S', "PID", 0, "Whose time and memory to read", 0},
	{"keep", KEY_KEEP, "DIR", 0, "Write what people and sites were told in the last two rounds",
		0},
	{0},
};

static error_t take_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;
	switch (key) {
	case 'p':
		options->port = strtoul(argument, NULL, 10);
		return 0;
	case 'c':
		options->ca = argument;
		return 0;
	case 's':
		options->sites = argument;
		return 0;
	case 'o':
		options->session = argument;
		return 0;
	case 'v':
		options->viewer = argument;
		return 0;
	case 'b':
		options->boards = strtoul(argument, NULL, 10);
		return 0;
	case 'w':
		options->watchers = strtoul(argument, NULL, 10);
		return 0;
	case 'r':
		options->rounds = strtoul(argument, NULL, 10);
		return 0;
	case KEY_GAP:
		options->gap_ms = strtoul(argument, NULL, 10);
		return 0;
	case 'S':
		options->server = (int)strtol(argument, NULL, 10);
		return 0;
	case KEY_KEEP:
		options->keep = argument;
		return 0;
	case ARGP_KEY_END:
		if (!options->ca || !options->sites || !options->session || options->port == 0 ||
			options->boards == 0 || options->rounds > ROUNDS_MAX) {
			argp_error(state, "something is missing");
		}
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

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
	struct participant *all = calloc(SITES + options->boards + options->watchers, sizeof(*all));
	if (!all) {
		ws_clients_fail("memory");
	}
	ret_n[KIND_SITE] = read_sites(options->sites, all, SITES);
	ret_n[KIND_BOARD] = options->boards;
	ret_n[KIND_VIEWER] = options->watchers;
	struct participant *boards = all + ret_n[KIND_SITE];
	add_people(boards, options->boards, KIND_BOARD, options->session);
	add_people(boards + options->boards, options->watchers, KIND_VIEWER,
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
	usage_read(options->server, &empty);
	rounds_rest(rounds, REST_US);
	usage_read(options->server, &quiet);
	for (int i = 0; i < 4; i++) { /* warm, and not counted */
		rounds_play(rounds, &round);
		rounds_rest(rounds, (int64_t)options->gap_ms * 1000);
	}
	usage_read(options->server, &before);
	printf("\"rounds\":[");
	for (unsigned long i = 0; i < options->rounds; i++) {
		rounds_play(rounds, &round);
		print_round(&round, i == 0);
		rounds_rest(rounds, (int64_t)options->gap_ms * 1000);
	}
	usage_read(options->server, &after);
	printf("]");
	print_usage("resting", &empty, &quiet);
	print_usage("telling", &before, &after);
	printf(",\"memory_kb\":%ld", after.memory_kb);
}

int main(int argc, char **argv)
{
	struct options options = {.gap_ms = 50, .rounds = 50};
	argp_parse(&(struct argp){.options = known, .parser = take_option}, argc, argv, 0, NULL,
		&options);
	size_t n[KIND_COUNT];
	struct participant *participants = gather(&options, n);
	allow_descriptors(n[KIND_SITE] + n[KIND_BOARD] + n[KIND_VIEWER]);
	struct usage start, in;
	usage_read(options.server, &start);
	struct rounds rounds;
	rounds_init(&rounds, (uint16_t)options.port, options.ca, participants, n);
	usage_read(options.server, &in);
	printf("{\"peers\":%zu,\"memory_before_kb\":%ld", rounds.clients.n_members,
		start.memory_kb);
	print_usage("coming", &start, &in);
	printf(",");
	measure(&options, &rounds);
	if (options.keep) {
		keep_samples(&options, &rounds);
	}
	printf("}\n");
	rounds_finish(&rounds);
	free(participants);
	return EXIT_SUCCESS;
}
