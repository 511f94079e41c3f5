#include "tests/bench/usage.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>

#include "tests/bench/ws_clients.h"

static int64_t thread_time(int process, const char *thread)
{
	char path[320];
	int64_t ns = 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%s/schedstat", process, thread);
	FILE *file = fopen(path, "re");
	if (!file) {
		return 0; /* it has just ended */
	}
	if (fscanf(file, "%" SCNd64, &ns) != 1) {
		ns = 0;
	}
	fclose(file);
	return ns;
}

static int64_t all_threads_time(int process)
{
	char path[64];
	int64_t ns = 0;
	snprintf(path, sizeof(path), "/proc/%d/task", process);
	DIR *threads = opendir(path);
	if (!threads) {
		ws_clients_fail(path);
	}
	for (struct dirent *at = readdir(threads); at; at = readdir(threads)) {
		ns += at->d_name[0] != '.' ? thread_time(process, at->d_name) : 0;
	}
	closedir(threads);
	return ns;
}

static long resident_kb(int process)
{
	char path[64], line[256];
	long kb = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", process);
	FILE *file = fopen(path, "re");
	if (!file) {
		ws_clients_fail(path);
	}
	while (fgets(line, sizeof(line), file) && sscanf(line, "VmRSS: %ld", &kb) != 1) {
	}
	fclose(file);
	return kb;
}

void usage_read(int process, struct usage *ret_usage)
{
	*ret_usage = (struct usage){
		.at_us = ws_clients_now(),
		.cpu_ns = all_threads_time(process),
		.memory_kb = resident_kb(process),
	};
}
